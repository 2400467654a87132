using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>The three scores of a customer, each from 1 to the number of bins of its dimension; higher is better everywhere.</summary>
/// <param name="Recency">Of how lately the customer bought.</param>
/// <param name="Frequency">Of how often.</param>
/// <param name="Money">Of how much was spent.</param>
public readonly record struct RfmScore(int Recency, int Frequency, int Money)
{
    /// <summary>Gets the sum of the three: a rough rank, which says less than the cell.</summary>
    public int Sum => Recency + Frequency + Money;

    /// <summary>Gives the cell: "5-4-3" for recency, frequency and money.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Recency}-{Frequency}-{Money}");
}
