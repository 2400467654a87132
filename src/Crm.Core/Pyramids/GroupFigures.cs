namespace Crm.Core.Pyramids;

/// <summary>A tier, a loyalty rung or another group of customers: what they bring, cost and say together.</summary>
/// <remarks>What was not given is null. Immutable and thread-safe.</remarks>
public sealed record GroupFigures
{
    /// <summary>Gets the name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the number of customers in it.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets their revenue.</summary>
    public required double Revenue { get; init; }

    /// <summary>Gets their share of all revenue; null where that is not above 0.</summary>
    public required double? ShareOfRevenue { get; init; }

    /// <summary>Gets what is left of it after the costs that they cause.</summary>
    public required double? Contribution { get; init; }

    /// <summary>Gets their share of all contributions; below 0 where they cost more than they bring, null where the total is not above 0.</summary>
    public required double? ShareOfContribution { get; init; }

    /// <summary>Gets what was spent on marketing to them.</summary>
    public required double? Marketing { get; init; }

    /// <summary>Gets their share of all marketing spend; null where that is not above 0.</summary>
    public required double? ShareOfMarketing { get; init; }

    /// <summary>Gets how satisfied those of them are who said so, on average; null where nobody did.</summary>
    public required double? Satisfaction { get; init; }

    /// <summary>Gets how many of them said how satisfied they are.</summary>
    public required long Asked { get; init; }
}
