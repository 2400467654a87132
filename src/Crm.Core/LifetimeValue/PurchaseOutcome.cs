namespace Crm.Core.LifetimeValue;

/// <summary>How many purchases one customer may make: the probabilities of 0, 1, 2, … over some time ahead.</summary>
/// <remarks>
/// Parameters, dropout and chance are all in it: the model's own distribution, averaged over the uncertainty of its parameters.
/// Immutable and thread-safe.
/// </remarks>
public sealed class PurchaseOutcome
{
    // What is left beyond is less than anyone asks of.
    private const double Negligible = 1e-9;
    private const int MaxPurchases = 100_000;

    /// <summary>How many purchases may be expected at most where each number of them is listed.</summary>
    internal const double MostExpected = 5_000;

    private readonly double[] _probabilities;

    /// <summary>Gets the probabilities of 0, 1, 2, … purchases.</summary>
    internal double[] Probabilities => _probabilities;

    private PurchaseOutcome(double[] probabilities) => _probabilities = probabilities;

    /// <summary>Gives the probability of exactly this many purchases.</summary>
    /// <param name="purchases">0 or more.</param>
    /// <returns>From 0 to 1; 0 where it is below about 1e-9.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="purchases"/> is negative.</exception>
    public double Probability(int purchases) => Guard.NotNegative(purchases) < _probabilities.Length ? _probabilities[purchases] : 0;

    /// <summary>
    /// Gives the interval in which the number of purchases will lie with at least this probability, at most half of the rest being left
    /// out at either end. Counts are whole and cannot fall below 0, so that it mostly holds more.
    /// </summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>Whole numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public IntervalBounds OutcomeInterval(double level)
    {
        double outside = 0.5 * (1 - IntervalBounds.Checked(level));
        return new(Quantile(outside), Quantile(1 - outside), level);
    }

    /// <summary>Refuses to list what is too many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More purchases are expected than are listed one by one.</exception>
    internal static void CheckListable(double expected, string name)
    {
        if (expected > MostExpected)
        {
            throw new ArgumentOutOfRangeException(
                name, "More than 5,000 purchases are expected in it, too many to list the probability of each. Give a shorter horizon.");
        }
    }

    internal static PurchaseOutcome Of(Func<int, double> probability, CancellationToken cancellationToken)
    {
        var probabilities = new List<double>();
        double sum = 0;
        while (sum < 1 - Negligible && probabilities.Count < MaxPurchases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double next = probability(probabilities.Count);
            if (double.IsNaN(next))
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"The probability of {probabilities.Count} purchases is no number under these parameters. Give a shorter horizon."));
            }

            sum += next;
            probabilities.Add(next);
        }

        return new([.. probabilities]);
    }

    private int Quantile(double probability)
    {
        double sum = 0;
        for (int n = 0; n < _probabilities.Length; n++)
        {
            sum += _probabilities[n];
            if (sum >= probability)
            {
                return n;
            }
        }

        return _probabilities.Length - 1;
    }
}
