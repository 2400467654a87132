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

    internal TimeUnit Unit { get; init; } = TimeUnit.Week;

    internal DateTimeZone? Zone { get; init; }

    internal Currency? Currency { get; init; }
}
