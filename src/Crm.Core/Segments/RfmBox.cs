namespace Crm.Core.Segments;

/// <summary>Cells whose three scores lie in three ranges.</summary>
/// <remarks>The default value is every cell. Immutable and thread-safe.</remarks>
/// <param name="Recency">The scores of recency; any by default.</param>
/// <param name="Frequency">The scores of frequency; any by default.</param>
/// <param name="Money">The scores of money; any by default.</param>
public readonly record struct RfmBox(RfmRange Recency = default, RfmRange Frequency = default, RfmRange Money = default)
{
    /// <summary>Tells whether a cell is in the box.</summary>
    /// <param name="score">The scores of the cell.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(RfmScore score) => Recency.Contains(score.Recency) && Frequency.Contains(score.Frequency) && Money.Contains(score.Money);

    /// <summary>Gives the ranges: "recency 5, frequency 4-5, money any".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"recency {Recency}, frequency {Frequency}, money {Money}";
}
