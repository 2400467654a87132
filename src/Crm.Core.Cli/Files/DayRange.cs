using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>The days that a date of a file may be.</summary>
internal readonly record struct DayRange(LocalDate Earliest, LocalDate Latest)
{
    // What a clock of Unix shows at 0 is mostly a date that was never set.
    private static readonly LocalDate _earliestUnlessGiven = new(1970, 1, 2);

    /// <summary>The range that the user gave, or from the day after the zero of Unix clocks to tomorrow.</summary>
    internal static DayRange Of(TransactionFormat format, DateTimeZone zone, IClock clock) =>
        new(format.NotBefore ?? _earliestUnlessGiven, format.NotAfter ?? clock.GetCurrentInstant().InZone(zone).Date.PlusDays(1));

    internal bool Contains(LocalDate day) => day >= Earliest && day <= Latest;
}
