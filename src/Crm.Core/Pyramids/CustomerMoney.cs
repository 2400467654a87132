namespace Crm.Core.Pyramids;

/// <summary>What each customer of a pyramid brings, row by row, and what the company spends whoever its customers are.</summary>
/// <remarks>Arrays are copied where they are used. All amounts are in one currency and over one span of time.</remarks>
public sealed record CustomerMoney
{
    /// <summary>Gets the revenue of each customer.</summary>
    public required ReadOnlyMemory<double> Revenue { get; init; }

    /// <summary>Gets what is left of it after the costs that the customer causes; may be negative. Empty where it is not known.</summary>
    public ReadOnlyMemory<double> Contribution { get; init; }

    /// <summary>Gets the lifetime value of each customer; may be negative. Empty where it is not known.</summary>
    public ReadOnlyMemory<double> LifetimeValue { get; init; }

    /// <summary>Gets the costs that do not change with the customers: what is left of all contributions after them is the profit. 0 or more.</summary>
    public double FixedCosts { get; init; }
}
