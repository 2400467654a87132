using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>How to read a file of transactions.</summary>
internal sealed record TransactionFormat
{
    internal required string CustomerColumn { get; init; }

    internal required string DateColumn { get; init; }

    internal required string AmountColumn { get; init; }

    /// <summary>Gets whether the user named the amount column, so that a file without it is at fault.</summary>
    internal bool NeedsAmount { get; init; }

    internal string? DateFormat { get; init; }

    /// <summary>Gets the first day that a date may be; null for the day after the zero of Unix clocks.</summary>
    internal LocalDate? NotBefore { get; init; }

    /// <summary>Gets the last day that a date may be; null for tomorrow, since the file may count days in a zone that is ahead.</summary>
    internal LocalDate? NotAfter { get; init; }

    /// <summary>Gets whether amounts have a decimal comma, 12,50, instead of a point.</summary>
    internal bool HasDecimalComma { get; init; }

    /// <summary>Gets whether rows at fault are left out and counted, instead of ending the work.</summary>
    internal bool SkipsBadRows { get; init; }

    /// <summary>Gets whether rows that repeat an earlier one in every field are left out.</summary>
    internal bool DropsDuplicates { get; init; }

    internal TimeUnit Unit { get; init; } = TimeUnit.Week;

    internal DateTimeZone? Zone { get; init; }

    internal Currency? Currency { get; init; }

    /// <summary>Gets the zone of a file that names none, where the user names none either.</summary>
    internal DateTimeZone ZoneUnlessNamed { get; init; } = DateTimeZone.Utc;

    /// <summary>Gets the currency of a file that names none, where the user names none either.</summary>
    internal Currency CurrencyUnlessNamed { get; init; } = Core.Currency.None;

    /// <summary>Gets whether a digest of the content is taken.</summary>
    internal bool WithDigest { get; init; }

    /// <summary>Gets whether the file may have no purchases: a day on which nobody bought.</summary>
    internal bool MayBeEmpty { get; init; }

    /// <summary>Gets where the rows are kept one by one, with product and channel; null where nobody asks about them.</summary>
    internal TransactionEvents? Events { get; init; }

    /// <summary>Gets the customers whose rows are kept; null for all. The others' rows are looked at all the same.</summary>
    internal IReadOnlySet<CustomerId>? Only { get; init; }
}
