namespace Crm.Core.LifetimeValue;

/// <summary>The mean over customers of ln P(what they did | what was known before): the higher, the better the forecast.</summary>
/// <param name="Mean">At most 0.</param>
/// <param name="StandardError">Of the mean, from its spread over customers.</param>
/// <remarks>It is a proper score: in the long run no forecast scores better than the truth. Immutable and thread-safe.</remarks>
public readonly record struct LogScore(double Mean, double StandardError)
{
    // A probability that rounds to 0 counts as this much: a model should not be dismissed for one customer beyond the range of a double.
    internal const double Least = -700;

    /// <summary>Mean and standard error of scores of rows, each counted as often as it has customers.</summary>
    internal static LogScore Of(double[] scores, ReadOnlySpan<int> customers)
    {
        double n = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            n += customers.Length == 0 ? 1 : customers[row];
        }

        double mean = Numerics.FixedPointSum.Of(scores, customers) / n;
        double[] squares = Array.ConvertAll(scores, score => (score - mean) * (score - mean));
        double variance = n > 1 ? Numerics.FixedPointSum.Of(squares, customers) / (n - 1) : 0;
        return new(mean, Math.Sqrt(variance / n));
    }
}
