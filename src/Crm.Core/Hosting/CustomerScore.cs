using System.Text.Json.Serialization;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What one refresh found of one customer.</summary>
/// <remarks>The run it belongs to says as of which day, in which currency and at which level. Immutable and thread-safe.</remarks>
public sealed record CustomerScore
{
    private readonly CustomerId _customer;
    private readonly IReadOnlyList<SegmentId> _segments = ValueList<SegmentId>.None;

    /// <summary>Gets the customer.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId Customer
    {
        get => _customer;
        init => _customer = StoredText.Id(value, CustomerId.None);
    }

    /// <summary>Gets the number of days with a purchase.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Occasions { get; init; }

    /// <summary>Gets the day of the last purchase.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required LocalDate LastPurchase { get; init; }

    /// <summary>Gets what was spent over all occasions, in whole units of the run's currency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double Spent { get; init; }

    /// <summary>Gets the probability that the customer has not left, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double ProbabilityAlive { get; init; }

    /// <summary>Gets the lifetime value, in whole units of the run's currency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double Value { get; init; }

    /// <summary>Gets the low end of the estimate interval of the value; null where the run has no intervals.</summary>
    public double? ValueLow { get; init; }

    /// <summary>Gets the high end of the estimate interval of the value; null where the run has no intervals.</summary>
    public double? ValueHigh { get; init; }

    /// <summary>Gets the tier of the pyramid.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Tier Tier { get; init; }

    /// <summary>Gets the segments the customer is in by this run.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<SegmentId> Segments
    {
        get => _segments;
        init => _segments = ValueList<SegmentId>.Of(value, nameof(Segments));
    }

    /// <summary>Gives customer and tier, nothing else of the content.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"score of customer {Customer}: {Tier}";
}
