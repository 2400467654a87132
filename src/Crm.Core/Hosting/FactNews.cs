using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Tells what is news of a customer from what a source says every night.</summary>
/// <remarks>
/// A fact that says since when it is true is news once. Of one that does not, a property is news if it is not what the same source said last,
/// whatever became of that here: what somebody has ended or retracted is not brought back by a source that has not heard of it. A decision or event is news if it
/// is not what holds already, whoever said so.
/// </remarks>
internal static class FactNews
{
    /// <summary>Adds a fact, dated by the clock here, where it is news.</summary>
    internal static Customer Add(Customer customer, CustomerFact fact, Instant now)
    {
        CustomerFact dated = fact with { Dates = fact.Dates with { RecordedAt = now } };
        CustomerFact? last = dated.Dates.ValidFrom is not null ? SaidOfThatTime(customer, dated)
            : dated.BeginsWhenRecorded ? Holding(customer, dated)
            : customer.Facts.LastOrDefault(other => other.Dates.Source == dated.Dates.Source && SlotOf(other).Equals(SlotOf(dated)));
        if (last is null || !IsSameValue(last, dated))
        {
            return customer.With(dated);
        }

        Instant? until = dated.Dates.ValidUntil;
        if (last.Dates.ValidUntil == until || (until is null && !dated.BeginsWhenRecorded))
        {
            return customer;
        }

        // The source says now that what it said has an end.
        Instant? from = last.BeginsWhenRecorded ? last.Dates.EffectiveFrom : last.Dates.ValidFrom;
        return until is { } end && last.Dates is { RetractedAt: null, ValidUntil: null } && !(end < from) ? customer.End(last, end, now) : customer.With(dated);
    }

    private static CustomerFact? SaidOfThatTime(Customer customer, CustomerFact fact) => customer.Facts.LastOrDefault(other =>
        other.Dates.Source == fact.Dates.Source && other.Dates.ValidFrom == fact.Dates.ValidFrom && IsSameValue(other, fact));

    private static CustomerFact? Holding(Customer customer, CustomerFact fact) => customer.Facts
        .Where(other => other.Dates.RetractedAt is null && other.Dates.EffectiveFrom <= fact.Dates.RecordedAt && SlotOf(other).Equals(SlotOf(fact)))
        .OrderBy(other => other.Dates.EffectiveFrom)
        .LastOrDefault();

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
