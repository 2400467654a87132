namespace Crm.Core.Pyramids;

/// <summary>A number of customers read from a <see cref="ValueSketch"/>: what the number in the values themselves lies between.</summary>
/// <param name="Low">There are not fewer.</param>
/// <param name="High">There are not more. Equal to <paramref name="Low"/> where the number is known exactly.</param>
public readonly record struct SketchedCount(long Low, long High)
{
    /// <summary>Gives the number, "120", or its bounds, "118 to 121", in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Low == High ? FormattableString.Invariant($"{Low}") : FormattableString.Invariant($"{Low} to {High}");
}
