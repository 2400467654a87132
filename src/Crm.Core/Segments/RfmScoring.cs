using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>The pass that gives every row its scores; both doors end here.</summary>
internal static class RfmScoring
{
    internal static RfmTable Score(RfmScheme scheme, RfmColumns columns, RfmBounds bounds, RfmRowIndex? index, CancellationToken cancellationToken)
    {
        int rows = columns.Recency.Length;
        var recency = GC.AllocateUninitializedArray<byte>(rows);
        var frequency = GC.AllocateUninitializedArray<byte>(rows);
        var money = GC.AllocateUninitializedArray<byte>(rows);
        for (int from = 0; from < rows; from += RowBlocks.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(RowBlocks.Rows, rows - from);
            ScoreUpTo(scheme.Recency, columns.Recency.Slice(from, count), recency.AsSpan(from, count));
            ScoreFrom(scheme.Frequency, columns.Frequency.Slice(from, count), frequency.AsSpan(from, count));
            ScoreFrom(scheme.Money, columns.Money.Slice(from, count), money.AsSpan(from, count));
        }

        RfmTally tally = RfmTally.Of(RfmShape.Of(scheme), columns, bounds, recency, frequency, money, cancellationToken);
        return double.IsFinite(tally.AllMoney)
            ? new(scheme, columns.Currency, index, recency, frequency, money, tally)
            : throw new ArgumentException("The amounts are finite and their sum is not. Give them in a greater unit of money.", nameof(columns));
    }

    private static void ScoreUpTo(RfmCut cut, ReadOnlySpan<double> values, Span<byte> scores)
    {
        ReadOnlySpan<double> points = [.. cut.Points];
        ReadOnlySpan<byte> scoreOf = Scores(cut);
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            int passed = 0;
            foreach (double point in points)
            {
                passed += value <= point ? 1 : 0;
            }

            scores[row] = scoreOf[passed];
        }
    }

    private static void ScoreFrom(RfmCut cut, ReadOnlySpan<double> values, Span<byte> scores)
    {
        ReadOnlySpan<double> points = [.. cut.Points];
        ReadOnlySpan<byte> scoreOf = Scores(cut);
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            int passed = 0;
            foreach (double point in points)
            {
                passed += value >= point ? 1 : 0;
            }

            scores[row] = scoreOf[passed];
        }
    }

    private static void ScoreFrom(RfmCut cut, ReadOnlySpan<int> values, Span<byte> scores)
    {
        ReadOnlySpan<double> points = [.. cut.Points];
        ReadOnlySpan<byte> scoreOf = Scores(cut);
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            int passed = 0;
            foreach (double point in points)
            {
                passed += value >= point ? 1 : 0;
            }

            scores[row] = scoreOf[passed];
        }
    }

    private static byte[] Scores(RfmCut cut) => [.. cut.Scores.Select(score => (byte)score)];
}
