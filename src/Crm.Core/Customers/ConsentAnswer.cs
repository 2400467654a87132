using NodaTime;

namespace Crm.Core.Customers;

/// <summary>Whether a purpose is consented to through a channel, and the record that says so.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="IsGiven">Whether it is. What nobody has decided is not.</param>
/// <param name="DecidedBy">The record that decides; null where there is none.</param>
/// <param name="ExpiredAt">When a consent that was given ran out; null where none did.</param>
public sealed record ConsentAnswer(bool IsGiven, ConsentRecord? DecidedBy, Instant? ExpiredAt)
{
    /// <summary>Gives the answer in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => DecidedBy is null
        ? "not given: nobody has asked"
        : ExpiredAt is { } expired ? FormattableString.Invariant($"not given: it ran out at {expired}")
        : FormattableString.Invariant($"{(IsGiven ? "given" : "refused")} at {DecidedBy.Dates.EffectiveFrom}, by {DecidedBy.Dates.Source}");

    /// <summary>Of all channels: what holds in general, unless one channel says no.</summary>
    internal static ConsentAnswer OfAll(IReadOnlyCollection<ConsentRecord> records, ConsentPurpose purpose, AsOf asOf)
    {
        ConsentAnswer general = Of(records, purpose, Channel.None, asOf);
        return general.IsGiven
            ? records.Where(record => record.Purpose == purpose).Select(record => Of(records, purpose, record.Channel, asOf)).FirstOrDefault(answer => !answer.IsGiven) ?? general
            : general;
    }

    internal static ConsentAnswer Of(IEnumerable<ConsentRecord> records, ConsentPurpose purpose, Channel channel, AsOf asOf)
    {
        ConsentRecord? latest = null;
        foreach (ConsentRecord record in records)
        {
            if (record.IsAbout(purpose, channel) && record.Dates.IsKnown(asOf) && record.Dates.EffectiveFrom <= asOf.TrueAt && IsAfter(record, latest))
            {
                latest = record;
            }
        }

        Instant? expired = latest is { Decision: ConsentDecision.Given, Dates.ValidUntil: { } until } && until <= asOf.TrueAt ? until : null;
        return new(latest?.Decision == ConsentDecision.Given && expired is null, latest, expired);
    }

    // Of two decisions of one moment the stricter holds, whichever was recorded last.
    private static bool IsAfter(ConsentRecord record, ConsentRecord? latest) => latest is null
        || record.Dates.EffectiveFrom > latest.Dates.EffectiveFrom
        || (record.Dates.EffectiveFrom == latest.Dates.EffectiveFrom && record.Decision == ConsentDecision.Refused);
}
