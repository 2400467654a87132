using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Which of the recorded states of interactions count, and what of them shows interest.</summary>
internal static class LadderInteractions
{
    /// <summary>Gives the states that count by what was known at a moment, in the order of time; retracted things are left out.</summary>
    internal static List<Interaction> Effective(IReadOnlyList<Interaction> interactions, CustomerId customer, Instant knownAt, string name)
    {
        HashSet<InteractionId> own = [.. interactions.Where(state => state.Customer == customer).Select(state => state.Original)];
        if (interactions.FirstOrDefault(state => !own.Contains(state.Original)) is { } other)
        {
            throw new ArgumentException($"{other} is none of customer {customer}. Give each customer what happened to them.", name);
        }

        List<Interaction> effective = [.. EffectiveInteractions.Of(interactions, knownAt, customer)];
        effective.Sort(static (left, right) => left.At.CompareTo(right.At) is not 0 and int order ? order : IdText.CompareUtf8(left.Id.ToString(), right.Id.ToString()));
        return effective;
    }

    /// <summary>Whether an interaction shows interest on the side of the customer: not what the company sent, noted or passed on, and no machine's answer to it.</summary>
    internal static bool ShowsInterest(Interaction interaction) => interaction.Detail switch
    {
        CampaignResponseDetail response => response.Response is ResponseKind.Clicked or ResponseKind.Replied or ResponseKind.Accepted,
        VisitDetail or OpportunityDetail => interaction.Direction != Direction.Outbound,
        EnquiryDetail or QuotationDetail or OrderDetail or UsageDetail or ServiceCaseDetail or ComplaintDetail or ReturnDetail => true,
        _ => false,
    };
}
