using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What is measured of things that happened: how many, on how many days, for how much, how long ago.</summary>
/// <remarks>Days are those of the zone in which a rule is asked. Compared by value. Immutable and thread-safe.</remarks>
public sealed record EventSignal : Signal
{
    /// <summary>The greatest number of days a rule looks back; 100 years.</summary>
    public const int MostDays = 36_525;

    private readonly EventFilter _events = EventFilter.Everything;
    private readonly int? _lastDays;

    /// <summary>Gets what counts.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required EventFilter Events
    {
        get => _events;
        init => _events = value ?? throw new ArgumentNullException(nameof(Events));
    }

    /// <summary>Gets what is measured.</summary>
    public required EventMeasure Measure { get; init; }

    /// <summary>Gets how many days back it looks, the day itself counted: 1 is today; 1 to 36,525. Null for all time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 36,525.</exception>
    public int? LastDays
    {
        get => _lastDays;
        init => _lastDays = value is { } days ? (int)Guard.InRange((double)days, 1, MostDays, "Leave it out for all time.", nameof(LastDays)) : null;
    }

    /// <summary>Gets the first day it looks at; null for all time. With <see cref="LastDays"/> the later of the two beginnings counts.</summary>
    public LocalDate? Since { get; init; }

    /// <summary>Gets the currency of money; none for everything else.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Gets the kinds that are payments.</summary>
    internal static IReadOnlyList<InteractionKind> Payments { get; } = ValueList<InteractionKind>.Of([InteractionKind.Purchase, InteractionKind.Return], nameof(Payments));

    internal override bool ChangesWithTime => true;

    /// <summary>Narrows it to the last days.</summary>
    /// <param name="days">How many, the day itself counted; 1 to 36,525.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is not from 1 to 36,525.</exception>
    public EventSignal InLastDays(int days) => this with { LastDays = days };

    /// <summary>Narrows it to a day and what comes after.</summary>
    /// <param name="first">The day.</param>
    /// <returns>The signal.</returns>
    public EventSignal SinceDay(LocalDate first) => this with { Since = first };

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        fault = Measure == EventMeasure.Money && Currency is null ? "money is summed, and its currency is not named"
            : Measure != EventMeasure.Money && Currency is not null ? "a currency is named, and no money is summed"
            : Measure == EventMeasure.Money && (Events.Kinds.Count == 0 || Events.Kinds.Except(Payments).Any()) ? "money is summed over purchases and returns only: name one of them, or both, as the kinds"
            : null;
        double most = LastDays is { } days ? days - 1 : double.PositiveInfinity;
        return fault is not null ? null : Measure switch
        {
            EventMeasure.Count => SignalType.Count(null),
            EventMeasure.Days => SignalType.Count(null, most + 1),
            EventMeasure.Money => SignalType.Number(Currency.ToString()),
            EventMeasure.AverageGap => SignalType.Number("days", 1, Math.Max(1, most)),
            _ => SignalType.Count("days", most),
        };
    }

    /// <summary>The number of the first day that counts as seen from a day.</summary>
    internal int FirstDay(int day)
    {
        int first = LastDays is { } days ? day - days + 1 : int.MinValue;
        return Since is { } since ? Math.Max(first, DayNumber.Of(since)) : first;
    }

    // The plain way, over whole interactions; the tracker and the columns have another, and must agree.
    internal override SignalValue ValueOf(SegmentSubject subject)
    {
        int today = DayNumber.Of(subject.Day);
        int first = FirstDay(today);
        (int Day, Money? Paid)[] counted = [.. subject.Effective.Where(Events.Fits)
            .Select(interaction => (DayNumber.Of(interaction.At.InZone(subject.Zone).Date), EventTraits.PaymentOf(interaction.Detail)))
            .Where(one => one.Item1 >= first && one.Item1 <= today)];
        int[] days = [.. counted.Select(one => one.Day).Distinct().Order()];
        return Measure switch
        {
            EventMeasure.Count => SignalValue.Of(counted.Length),
            EventMeasure.Days => SignalValue.Of(days.Length),
            EventMeasure.Money => Sum(counted.Select(one => one.Paid!.Value)),
            EventMeasure.DaysSinceLast => days.Length == 0 ? Never : SignalValue.Of(today - days[^1]),
            EventMeasure.DaysSinceFirst => days.Length == 0 ? Never : SignalValue.Of(today - days[0]),
            _ => days.Length < 2 ? TooFew : SignalValue.Of(MeanGap(days[0], days[^1], days.Length)),
        };
    }

    /// <summary>Adds, unless the sum is more than an exact number holds.</summary>
    internal static bool TryAdd(ref decimal sum, decimal amount)
    {
        if (Math.Abs(sum) + (Math.Abs(amount) / 2) > decimal.MaxValue / 2)
        {
            return false;
        }

        sum += amount;
        return true;
    }

    private SignalValue Sum(IEnumerable<Money> amounts)
    {
        decimal sum = 0;
        foreach (Money amount in amounts)
        {
            if (amount.Currency != Currency || !TryAdd(ref sum, amount.Amount))
            {
                return amount.Currency != Currency ? SignalValue.Unknown("some of it is in another currency") : SignalValue.Unknown("it is more than can be summed");
            }
        }

        return SignalValue.Of(SignalValue.NumberOf(sum));
    }

    internal static SignalValue Never => SignalValue.Unknown("it never happened");

    internal static SignalValue TooFew => SignalValue.Unknown("it happened on fewer than two days");

    internal static double MeanGap(int first, int last, int days) => (double)(last - first) / (days - 1);

    private protected override string InWords()
    {
        string within = (LastDays is { } days ? FormattableString.Invariant($" in the last {days} days") : "")
            + (Since is { } since ? FormattableString.Invariant($" since {since:uuuu-MM-dd}") : "");
        return Measure switch
        {
            EventMeasure.Count => $"number of {Events}{within}",
            EventMeasure.Days => $"days with {Events}{within}",
            EventMeasure.Money => $"{Currency} of {Events}{within}",
            EventMeasure.DaysSinceLast => $"days since the last of {Events}{within}",
            EventMeasure.DaysSinceFirst => $"days since the first of {Events}{within}",
            _ => $"mean gap in days of {Events}{within}",
        };
    }
}
