namespace Crm.Core.Portfolio;

/// <summary>The customers of one quadrant of a grid, and what they bring and cost together.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ServeCell
{
    /// <summary>Gets the quadrant.</summary>
    public required ServeQuadrant Quadrant { get; init; }

    /// <summary>Gets how many customers stand in it.</summary>
    public required int Customers { get; init; }

    /// <summary>Gets what they bring together, before they are served.</summary>
    public required double Margin { get; init; }

    /// <summary>Gets what serving them costs together.</summary>
    public required double CostToServe { get; init; }

    /// <summary>Gets how many of them cost more to serve than they bring.</summary>
    public required int Losing { get; init; }

    /// <summary>Gets what is left: the margin less the cost to serve.</summary>
    public double Profit => Margin - CostToServe;

    /// <summary>Gives the quadrant, the customers and what is left.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Quadrant}: {Customers} customers, profit {Profit:0.##}, {Losing} at a loss");
}
