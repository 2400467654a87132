namespace Crm.Core.Segments;

/// <summary>How many bins the three dimensions have, and in which place a cell stands: from 1-1-1 up, money fastest.</summary>
internal readonly record struct RfmShape(int Recency, int Frequency, int Money)
{
    internal int Cells => Recency * Frequency * Money;

    internal static RfmShape Of(RfmScheme scheme) => new(scheme.Recency.Bins, scheme.Frequency.Bins, scheme.Money.Bins);

    internal int CellOf(int recency, int frequency, int money) => unchecked((((((recency - 1) * Frequency) + frequency - 1) * Money) + money) - 1);

    internal RfmScore ScoreOf(int cell) => new((cell / (Frequency * Money)) + 1, (cell / Money % Frequency) + 1, (cell % Money) + 1);

    internal bool Has(RfmScore score) => IsIn(score.Recency, Recency) && IsIn(score.Frequency, Frequency) && IsIn(score.Money, Money);

    private static bool IsIn(int score, int bins) => score >= 1 && score <= bins;
}
