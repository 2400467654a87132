using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Tells what is news of a customer from what a source says every night.</summary>
/// <remarks>
/// A fact is news if it is not what the same source said last of the same thing and the same time, whatever became of that here: what somebody has ended,
/// retracted or withdrawn is not brought back by a source that has not heard of it. A refusal is news whenever it is not what holds.
/// </remarks>
internal static class FactNews
{
    /// <summary>Adds what is news of a delivery, dated by the clock here.</summary>
    internal static Customer Add(Customer customer, IReadOnlyList<CustomerFact> facts, Instant now)
    {
        // Of a thing a delivery says two things of, both stand, and both are compared.
        var times = facts.GroupBy(TimeAndSlotOf).ToDictionary(group => group.Key, group => group.Select(fact => fact with { Dates = group.First().Dates }).Distinct().Count());
        foreach (CustomerFact fact in facts)
        {
            customer = Add(customer, fact with { Dates = fact.Dates with { RecordedAt = now } }, times[TimeAndSlotOf(fact)]);
        }

        return customer;
    }

    private static Customer Add(Customer customer, CustomerFact fact, int compared)
    {
        object slot = TimeAndSlotOf(fact);
        CustomerFact? said = customer.Facts.Where(other => TimeAndSlotOf(other).Equals(slot)).TakeLast(compared).LastOrDefault(other => IsSameValue(other, fact));
        if (said is null || (fact is ConsentRecord { Decision: ConsentDecision.Refused } refusal && !IsRefused(customer, refusal)))
        {
            return customer.With(fact);
        }

        // A consent that ran out is renewed by another end, not by the same words once more.
        Instant? until = fact.Dates.ValidUntil;
        if (said.Dates.ValidUntil == until || (until is null && !fact.BeginsWhenRecorded))
        {
            return customer;
        }

        // The source says now that what it said has an end.
        Instant? from = said.BeginsWhenRecorded ? said.Dates.EffectiveFrom : said.Dates.ValidFrom;
        if (said.Dates.RetractedAt is not null && customer.Facts.Any(other => other.Dates.Source == fact.Dates.Source
            && SlotOf(other).Equals(SlotOf(fact)) && IsSameValue(other, fact) && other.Dates.ValidFrom == from && other.Dates.ValidUntil == until))
        {
            return customer; // it was ended so
        }

        return until is { } end && said.Dates is { RetractedAt: null, ValidUntil: null } && !(end < from) ? customer.End(said, end, fact.Dates.RecordedAt) : customer.With(fact);
    }

    private static bool IsRefused(Customer customer, ConsentRecord refusal) =>
        ConsentAnswer.Of(customer.Facts.OfType<ConsentRecord>(), refusal.Purpose, refusal.Channel, new(refusal.Dates.EffectiveFrom, refusal.Dates.RecordedAt))
            .DecidedBy is { Decision: ConsentDecision.Refused } decided
        && decided.Dates.EffectiveFrom >= (refusal.Dates.ValidFrom ?? Instant.MinValue);

    private static object TimeAndSlotOf(CustomerFact fact) => (fact.Dates.Source, fact.Dates.ValidFrom, SlotOf(fact));

    private static bool IsSameValue(CustomerFact left, CustomerFact right) => left == right with { Dates = left.Dates };

    /// <summary>What a later statement takes the place of an earlier one in; of what there may be several of, the whole.</summary>
    private static object SlotOf(CustomerFact fact) => fact switch
    {
        CustomerName => typeof(CustomerName),
        AccountOwner => typeof(AccountOwner),
        StageReached => typeof(StageReached),
        ResellerStatus => typeof(ResellerStatus),
        AttributeFact attribute => attribute.Attribute,
        ConsentRecord consent => (consent.Purpose, consent.Channel),
        ContactPoint point => (point.Kind, point.Text),
        Membership membership => (membership.Programme, membership.Number),
        Relation relation => (relation.To, relation.Kind),
        AccountMove move => (move.System, move.Account),
        _ => fact with { Dates = default(FactDates) with { Source = fact.Dates.Source } },
    };
}
