namespace Crm.Core.Benefits;

/// <summary>How many customers choose something, and what the company expects to earn by it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct Demand
{
    /// <summary>Gets the share of the customers, from 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>
    /// Gets the number of customers, each of whom takes one: a whole number under first choice, an expectation under logit, where it need not
    /// be whole.
    /// </summary>
    public double Customers { get; init; }

    /// <summary>Gets the number of customers times the margin of one; null where the margin is not known.</summary>
    public Money? Margin { get; init; }
}
