namespace Crm.Core.Pyramids;

/// <summary>A figure read from a <see cref="ValueSketch"/>: an estimate, and what the figure of the values themselves lies between.</summary>
/// <param name="Value">The estimate, from <paramref name="Low"/> to <paramref name="High"/>.</param>
/// <param name="Low">The figure is not below this. No probability is involved.</param>
/// <param name="High">The figure is not above this.</param>
public readonly record struct SketchedValue(double Value, double Low, double High)
{
    /// <summary>Gives the figure to six digits, "1.2 (1.1 to 1.3)", in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Value:G6} ({Low:G6} to {High:G6})");

    // The middle of two finite numbers, even where their sum is not one.
    internal static SketchedValue Between(double low, double high) => new((low / 2) + (high / 2) is var middle && middle > low ? Math.Min(middle, high) : low, low, high);
}
