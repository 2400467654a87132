namespace Crm.Core.Segments;

/// <summary>The transitions of one customer with the figures of their days, and the figures of the last day.</summary>
internal sealed record LadderLife(LadderMove[] RungMoves, LadderMove[] StageMoves, LadderFigures Figures)
{
    internal static LadderLife Of(LadderWalk walk) => new([.. walk.RungMoves], [.. walk.StageMoves], walk.Figures);
}
