using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>How <see cref="CrmRefresh"/> works.</summary>
/// <remarks>Immutable and thread-safe; checked when set.</remarks>
public sealed record RefreshOptions
{
    private readonly int _batch = 10_000;
    private readonly int _wholeEvery = 28;
    private readonly int _keep = 7;
    private readonly double _level = 0.90;
    private const int MostCostDays = 36_525;

    private readonly int? _costDays;
    private readonly DateTimeZone _zone = DateTimeZone.Utc;

    /// <summary>Gets the terms of value, the scheme and the models.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>Gets the unit of time of the models; weeks by default.</summary>
    public TimeUnit Unit { get; init; } = TimeUnit.Week;

    /// <summary>Gets the zone whose days are counted, one of <see cref="DateTimeZoneProviders.Tzdb"/>, by whose id it is kept; UTC by default.</summary>
    /// <exception cref="ArgumentException">The zone is null, or Tzdb does not know it.</exception>
    public DateTimeZone Zone
    {
        get => _zone;
        init => _zone = value is not null && value.Equals(DateTimeZoneProviders.Tzdb.GetZoneOrNull(value.Id))
            ? value : throw new ArgumentException($"Give a zone of DateTimeZoneProviders.Tzdb; {value?.Id ?? "null"} is none of them, and could not be found again tomorrow.", nameof(Zone));
    }

    /// <summary>Gets what says which segments a customer is in; null for none.</summary>
    public ICustomerSegmenter? Segmenter { get; init; }

    /// <summary>
    /// Gets over how many days, ending with the last that counts, what each customer cost to serve is summed from the interactions and goes off the value; from 1 to 36,525. Null, the
    /// default, for the terms' cost for all. Costs count that were recorded before the run began; later ones are news for the next, but not to a refresh over an
    /// <see cref="Histories.IHistorySource"/>, which looks at purchases only. It takes two readings of all interactions each time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? CostToServeDays
    {
        get => _costDays;
        init => _costDays = value is { } days ? (int)Guard.InRange((double)days, 1, MostCostDays, "", nameof(CostToServeDays)) : null;
    }

    /// <summary>Gets the level of the estimate intervals; 0.90 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double Level
    {
        get => _level;
        init => _level = Guard.InRange(value, double.Epsilon, Math.BitDecrement(1), "Give it as a fraction: 0.90 for 90 %.", nameof(Level));
    }

    /// <summary>Gets how many scores are written at once; from 1 to 1,000,000, 10,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int BatchSize
    {
        get => _batch;
        init => _batch = (int)Guard.InRange((double)value, 1, 1_000_000, "", nameof(BatchSize));
    }

    /// <summary>Gets after how many days all purchases are read again and the model is tested and chosen anew; 28 by default. 0 for every time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int WholeEveryDays
    {
        get => _wholeEvery;
        init => _wholeEvery = Guard.NotNegative(value, nameof(WholeEveryDays));
    }

    /// <summary>
    /// Gets how many published runs are kept, the shown one included; 1 or more, 7 by default. Scores of the past exist only as far back as
    /// runs are kept, 7 days with one run a night: a profile as of an earlier date has none, and says why
    /// (<see cref="ScoreAbsence.BeforeKeptRuns"/>). A run more is kept with a score of each customer and its models.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int KeepRuns
    {
        get => _keep;
        init => _keep = (int)Guard.InRange((double)value, 1, int.MaxValue, "", nameof(KeepRuns));
    }

    internal bool IsWholeDue(ScoreRun? shown, LocalDate through) => shown is null || Period.DaysBetween(shown.WholeThrough, through) >= WholeEveryDays;

    /// <summary>All that changes what a score says, as one text, the version of the library among it: scores of other settings are not mixed with these.</summary>
    internal string InWords()
    {
        ClvTerms terms = Analysis.Terms;
        return FormattableString.Invariant(
            $"{typeof(RefreshOptions).Assembly.GetName().Version!.ToString(3)}; {terms.Margin:R}; {terms.Discount}; {terms.Horizon}; {terms.CostToSell}; {terms.CostToServe}; {CostToServeDays}; {Analysis.Prior?.LogDeviation:R}; {string.Join(',', Analysis.Models)}; {Analysis.Scheme.Name} {string.Join(',', Analysis.Scheme.Tiers.Select(tier => FormattableString.Invariant($"{tier.Tier} {tier.Share}")))}; {Unit.Name}; {Zone.Id}; {Level:R}; {Analysis.CostToServe?.Fingerprint}; {Segmenter?.GetType().Name} {string.Join(',', Segmenter?.Segments.Select(segment => segment.Id.ToString()) ?? [])} {Segmenter?.Rules}");
    }
}
