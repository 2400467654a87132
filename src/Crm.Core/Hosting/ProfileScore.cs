using System.Text.Json.Serialization;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What a run of the analysis found of one customer, as a profile shows it.</summary>
/// <remarks>Amounts are those of the run, to the bit. Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileScore
{
    private readonly double _value;
    private readonly double? _estimateLow;
    private readonly double? _estimateHigh;
    private readonly double? _estimateLevel;
    private readonly double? _probabilityAlive;

    /// <summary>Gets since when the scores of the run have been known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant RunAt { get; init; }

    /// <summary>Gets the last day whose purchases count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required LocalDate Through { get; init; }

    /// <summary>Gets the value by which customers are ranked, in whole units of <see cref="Currency"/>; a finite number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double Value
    {
        get => _value;
        init => _value = Finite(value, nameof(Value));
    }

    /// <summary>Gets the currency of the amounts, none where nobody has named it.</summary>
    public Currency Currency { get; init; }

    /// <summary>Gets the lower end of the estimate interval of <see cref="Value"/>; null where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? EstimateLow
    {
        get => _estimateLow;
        init => _estimateLow = value is { } number ? Finite(number, nameof(EstimateLow)) : null;
    }

    /// <summary>Gets the upper end of the estimate interval of <see cref="Value"/>; null where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? EstimateHigh
    {
        get => _estimateHigh;
        init => _estimateHigh = value is { } number ? Finite(number, nameof(EstimateHigh)) : null;
    }

    /// <summary>Gets how probable it is that the expectation lies in the interval, as far as the parameters are uncertain: 0.90; null where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 1.</exception>
    public double? EstimateLevel
    {
        get => _estimateLevel;
        init => _estimateLevel = value is { } share ? Guard.InRange(share, 0, 1, "", nameof(EstimateLevel)) : null;
    }

    /// <summary>Gets the tier of the customer pyramid, none where the customer stands in none.</summary>
    public Tier Tier { get; init; }

    /// <summary>Gets the probability that the customer has not dropped out, from 0 to 1; null where no model says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 1.</exception>
    public double? ProbabilityAlive
    {
        get => _probabilityAlive;
        init => _probabilityAlive = value is { } share ? Guard.InRange(share, 0, 1, "", nameof(ProbabilityAlive)) : null;
    }

    /// <summary>Gives the day and the moment of the run, nothing of what it found.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"score through {Through:uuuu-MM-dd}, known since {RunAt}");

    private static double Finite(double value, string name) => double.IsFinite(value)
        ? value : throw new ArgumentOutOfRangeException(name, $"{name} is a finite number. A customer without one has no score.");
}
