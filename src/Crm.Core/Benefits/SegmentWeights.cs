namespace Crm.Core.Benefits;

/// <summary>What the weights of one segment are, where they differ from those of its parent.</summary>
/// <remarks>Immutable and thread-safe; checked where a <see cref="WeightBook"/> is made of it.</remarks>
public sealed record SegmentWeights
{
    /// <summary>Gets the segment.</summary>
    public required SegmentId Segment { get; init; }

    /// <summary>Gets the segment it is part of; <see cref="SegmentId.None"/> for one directly below the default.</summary>
    public SegmentId Parent { get; init; }

    /// <summary>Gets w_U; null to take over the parent's.</summary>
    public double? Utility { get; init; }

    /// <summary>Gets w_B; null to take over the parent's.</summary>
    public double? Brand { get; init; }

    /// <summary>Gets w_R; null to take over the parent's.</summary>
    public double? Relationship { get; init; }

    /// <summary>Gets w_C; null to take over the parent's.</summary>
    public double? Cost { get; init; }

    /// <summary>Gets w_T; null to take over the parent's.</summary>
    public double? Time { get; init; }

    /// <summary>Gets a weight, or null where the parent's is taken over.</summary>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is none of the five.</exception>
    public double? this[BenefitFactor factor] => factor switch
    {
        BenefitFactor.Utility => Utility,
        BenefitFactor.Brand => Brand,
        BenefitFactor.Relationship => Relationship,
        BenefitFactor.Cost => Cost,
        BenefitFactor.Time => Time,
        _ => throw FactorNames.Unknown(factor),
    };

    /// <summary>Makes an entry that states all five weights.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="parent">The segment it is part of, if any.</param>
    /// <returns>The entry.</returns>
    public static SegmentWeights Of(SegmentId segment, BenefitWeights weights, SegmentId parent = default) => new()
    {
        Segment = segment,
        Parent = parent,
        Utility = weights.Utility,
        Brand = weights.Brand,
        Relationship = weights.Relationship,
        Cost = weights.Cost,
        Time = weights.Time,
    };
}
