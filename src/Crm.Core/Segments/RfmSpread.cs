namespace Crm.Core.Segments;

/// <summary>How fewer steps stand on more, and more on fewer: the ends on the ends, the others evenly between.</summary>
internal static class RfmSpread
{
    /// <summary>The step of a ladder on which a step of another stands: 1 + (step − 1)(onto − 1)/(of − 1), rounded, halves down; a lone step in the middle.</summary>
    /// <param name="step">1 to <paramref name="of"/>.</param>
    /// <param name="of">How many steps the one ladder has.</param>
    /// <param name="onto">How many the other has.</param>
    internal static int Step(int step, int of, int onto) =>
        of == 1 ? (onto + 1) / 2 : 1 + (((2 * (step - 1) * (onto - 1)) + of - 2) / (2 * (of - 1)));
}
