using System.Globalization;

namespace Crm.Core.Pyramids;

/// <summary>A claim about customer pyramids, held against a base.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ClaimCheck
{
    /// <summary>Gets the claim.</summary>
    public required CurryClaim Claim { get; init; }

    /// <summary>Gets the claim in words, as it was read.</summary>
    public required string Says { get; init; }

    /// <summary>Gets the least that the claim says, as a fraction.</summary>
    public required double ClaimedLow { get; init; }

    /// <summary>Gets the most that the claim says, as a fraction; infinite where there is no most.</summary>
    public required double ClaimedHigh { get; init; }

    /// <summary>Gets what it is in this base, as a fraction; null where it is not known.</summary>
    public required double? Value { get; init; }

    /// <summary>Gets the lower end of its interval; null where there is none.</summary>
    public required double? Low { get; init; }

    /// <summary>Gets the upper end of its interval; null where there is none.</summary>
    public required double? High { get; init; }

    /// <summary>Gets why there is no answer, or what goes with it, in words; null where nothing does.</summary>
    public required string? Note { get; init; }

    /// <summary>Gets whether the claim holds.</summary>
    public ClaimVerdict Verdict => Low is not { } low || High is not { } high ? ClaimVerdict.CannotTell
        : low >= ClaimedLow && high <= ClaimedHigh ? ClaimVerdict.Holds
        : high < ClaimedLow || low > ClaimedHigh ? ClaimVerdict.DoesNotHold : ClaimVerdict.CannotTell;

    /// <summary>Gives the verdict in words: "holds", "does not hold", "cannot tell".</summary>
    /// <returns>The words, in English.</returns>
    public string VerdictInWords() => Verdict switch { ClaimVerdict.Holds => "holds", ClaimVerdict.DoesNotHold => "does not hold", _ => "cannot tell" };

    /// <summary>Gives the claim, the figure with its interval, and the verdict.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
        string figure = Value is not { } value ? "not known" : Low is { } low && High is { } high ? $"{Percent(value)} % ({Percent(low)} to {Percent(high)})" : $"{Percent(value)} %";
        return $"{Says} Here: {figure}; {VerdictInWords()}.{(Note is null ? "" : " " + Note)}";
    }
}
