using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Whether satisfied customers moved up a pyramid more often than others, beyond what their purchases alone led to expect.</summary>
/// <remarks>
/// <para>
/// A logistic regression of who moved up on satisfaction: logit π = logit p + a + slope · (satisfaction − mean), p being what a model of purchases expected, where given. By the penalised
/// likelihood of Firth (1993), Biometrika 80(1), which is finite also where satisfaction parts all who moved from all who did not.
/// </para>
/// <para>
/// It says that the two went together, not that one brought the other: whoever is satisfied may differ in much else, and the purchases may have come first. Who is asked, and answers, is no
/// random part of a base either.
/// </para>
/// <para>The order of the customers changes no figure. Immutable and thread-safe.</para>
/// </remarks>
public sealed class SatisfactionEffect
{
    private const double VerdictLevel = 0.95;
    private const double MostSatisfaction = 1e100;

    // The box of the search, wide enough to hold any maximum: log-odds of a double lie within ±745, and no slope per standard deviation is near this.
    private const double MostLogOdds = 2_000;
    private const double MostSlope = 1e6;

    private SatisfactionEffect()
    {
    }

    /// <summary>Gets how many customers were compared: their satisfaction is known, and what the model expected of them is neither 0 nor 1.</summary>
    public int Customers { get; private init; }

    /// <summary>Gets how many of <see cref="Customers"/> moved up.</summary>
    public int MovedUp { get; private init; }

    /// <summary>Gets how many were left out since their satisfaction is not known.</summary>
    public int Unknown { get; private init; }

    /// <summary>Gets how many of known satisfaction were left out since the model expected 0 or 1 of them: by it they cannot move, or cannot but move, and no satisfaction changes that.</summary>
    public int Certain { get; private init; }

    /// <summary>Gets the mean satisfaction of <see cref="Customers"/>; 0 where there are none.</summary>
    public double MeanSatisfaction { get; private init; }

    /// <summary>Gets by how much the log-odds of moving up rise per unit of satisfaction; 0 where there was nothing to compare.</summary>
    public double Slope { get; private init; }

    /// <summary>Gets the standard error of <see cref="Slope"/>, by the information matrix; infinite where there was nothing to compare.</summary>
    public double StandardError { get; private init; } = double.PositiveInfinity;

    /// <summary>Gets by what factor the odds of moving up rise per unit of satisfaction; 1 where there was nothing to compare.</summary>
    public double OddsRatio => Math.Exp(Slope);

    /// <summary>Gets a value indicating whether there was anything to compare: customers of different satisfaction, of whom some moved up and some did not.</summary>
    public bool HasComparison => double.IsFinite(StandardError);

    /// <summary>Gets what the interval at 95 % says: on which side of 0 it lies, or that it cannot tell.</summary>
    public SatisfactionVerdict Verdict
    {
        get
        {
            var (low, high) = Interval(VerdictLevel);
            return low > 0 ? SatisfactionVerdict.GoesWithMovingUp : high < 0 ? SatisfactionVerdict.GoesWithMovingDown : SatisfactionVerdict.CannotTell;
        }
    }

    /// <summary>Compares customers who moved up with those who did not.</summary>
    /// <param name="movedUp">Whether each moved up.</param>
    /// <param name="satisfaction">How satisfied each was before, on any scale; not a number where it is not known.</param>
    /// <param name="probabilities">The probability with which each was expected to move up by purchases alone, from 0 to 1; empty where nobody said: then all are taken as equally likely.</param>
    /// <returns>
    /// The effect. Where nobody moved up or all did, all are equally satisfied, or nobody's satisfaction is known, there is nothing to compare (<see cref="HasComparison"/>): it cannot tell, and adjusts nothing.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, or satisfaction is on a scale so small that the slope is no finite number.</exception>
    /// <exception cref="RowFaultsException">A satisfaction is infinite or beyond ±1e100, or a probability not from 0 to 1; the first 20 are named, with their total.</exception>
    /// <exception cref="InvalidOperationException">No maximum was found: probabilities that are next to 0 or 1 leave nothing to learn from, or contradict who moved up.</exception>
    public static SatisfactionEffect Fit(ReadOnlySpan<bool> movedUp, ReadOnlySpan<double> satisfaction, ReadOnlySpan<double> probabilities = default)
    {
        Guard.SameLength(movedUp.Length, satisfaction.Length, "customers", nameof(satisfaction));
        Guard.SameLength(movedUp.Length, probabilities.Length == 0 ? movedUp.Length : probabilities.Length, "customers", nameof(probabilities));
        Check(satisfaction, probabilities);
        var rows = new List<(double Satisfaction, double Probability, bool MovedUp)>(movedUp.Length);
        int unknown = 0;
        for (int row = 0; row < movedUp.Length; row++)
        {
            double probability = probabilities.Length == 0 ? 0.5 : probabilities[row];
            if (double.IsNaN(satisfaction[row]))
            {
                unknown++;
            }
            else if (probability is > 0 and < 1)
            {
                rows.Add((satisfaction[row] + 0.0, probability, movedUp[row])); // −0 is 0
            }
        }

        SatisfactionCells cells = SatisfactionCells.Of(rows);
        var counted = new Counts(rows.Count, (int)cells.MovedUp.Sum(), unknown, movedUp.Length - unknown - rows.Count);
        if (cells.Count == 0 || counted.MovedUp == 0 || counted.MovedUp == counted.Customers || cells.Satisfaction[0] == cells.Satisfaction[^1])
        {
            return counted.Effect(cells.Count == 0 ? 0 : MeanOf(cells, cells.Satisfaction), 0, double.PositiveInfinity);
        }

        SatisfactionEffect effect = Fitted(cells, counted);
        return double.IsFinite(effect.Slope) && double.IsFinite(effect.StandardError)
            ? effect
            : throw new ArgumentException("Satisfaction is on a scale so small that the slope is no finite number. Give it on a greater one.", nameof(satisfaction));
    }

    /// <summary>The interval of <see cref="Slope"/>: the estimate, and so many standard errors to either side.</summary>
    /// <param name="level">The probability with which such intervals hold the slope, above 0 and below 1: 0.90 for 90 %.</param>
    /// <returns>Its ends; all numbers where there was nothing to compare.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not above 0 and below 1.</exception>
    public (double Low, double High) Interval(double level)
    {
        Guard.InRange(level, 1e-6, 1 - 1e-6, "Give the level as a fraction: 0.90 for 90 %.");
        double width = NormalDistribution.HalfWidth(level) * StandardError;
        return (Slope - width, Slope + width);
    }

    /// <summary>Takes satisfaction into account in probabilities of moving up, as <see cref="PyramidWhatIf.Candidates"/> takes them.</summary>
    /// <param name="probabilities">The probability of each customer by purchases alone, from 0 to 1.</param>
    /// <param name="satisfaction">How satisfied each is, on the scale of the fit; not a number where it is not known.</param>
    /// <returns>
    /// logit p + slope · (satisfaction − mean), as probabilities: those of customers of mean satisfaction, or of satisfaction that is not known, are as they were, and so are 0 and 1. By the slope
    /// whatever the <see cref="Verdict"/>: look at that first.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="RowFaultsException">A satisfaction is infinite or beyond ±1e100, or a probability not from 0 to 1; the first 20 are named, with their total.</exception>
    public double[] Adjust(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> satisfaction)
    {
        Guard.SameLength(probabilities.Length, satisfaction.Length, "customers", nameof(satisfaction));
        Check(satisfaction, probabilities);
        double[] adjusted = probabilities.ToArray();
        for (int row = 0; row < adjusted.Length; row++)
        {
            double p = adjusted[row];
            double rise = double.IsNaN(satisfaction[row]) ? 0 : Slope * (satisfaction[row] - MeanSatisfaction);
            adjusted[row] = rise == 0 || p is 0 or 1 ? p : p / (p + ((1 - p) * Math.Exp(-rise)));
        }

        return adjusted;
    }

    /// <summary>Gives the effect in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        string counts = FormattableString.Invariant($"{MovedUp:N0} of {Customers:N0} {Plural.Of(Customers, "customer")} of known satisfaction moved up.");
        if (!HasComparison)
        {
            return $"{counts} There is nothing to compare: that takes customers of different satisfaction, of whom some moved up and some did not.";
        }

        var (low, high) = Interval(VerdictLevel);
        string odds = $"Per unit of satisfaction the odds of moving up were {Times(OddsRatio)} times as high (95 % interval {Times(Math.Exp(low))} to {Times(Math.Exp(high))})";
        string verdict = Verdict switch
        {
            SatisfactionVerdict.GoesWithMovingUp => "satisfied customers moved up more often than was expected of them. They went together; that one brought the other is not shown",
            SatisfactionVerdict.GoesWithMovingDown => "satisfied customers moved up less often than was expected of them. They went together; that one brought the other is not shown",
            _ => "whether satisfaction went with moving up, these customers cannot tell",
        };
        return $"{counts} {odds}: {verdict}.";
    }

    // On a scale of a hundred points one of them does little, and 1.004 is not 1.
    private static string Times(double ratio) => ratio.ToString(Math.Abs(ratio - 1) < 0.1 ? "G5" : "0.##", CultureInfo.InvariantCulture);

    private static void Check(ReadOnlySpan<double> satisfaction, ReadOnlySpan<double> probabilities)
    {
        var faults = new RowFaultList();
        for (int row = 0; row < satisfaction.Length; row++)
        {
            if (Math.Abs(satisfaction[row]) > MostSatisfaction)
            {
                faults.Add(row, "satisfaction", $"{satisfaction[row]}", "a number from -1e100 to 1e100, or not a number where it is not known");
            }
        }

        for (int row = 0; row < probabilities.Length; row++)
        {
            if (!(probabilities[row] is >= 0 and <= 1))
            {
                faults.Add(row, "probability", $"{probabilities[row]}", "a probability from 0 to 1");
            }
        }

        faults.ThrowIfAny(faults.Named.Any(fault => fault.Column == "satisfaction") ? nameof(satisfaction) : nameof(probabilities));
    }

    // Satisfaction is put on the scale from 0 to 1 first, so that its squares neither vanish nor overflow, and then about its mean in standard deviations.
    private static SatisfactionEffect Fitted(SatisfactionCells cells, Counts counted)
    {
        double least = cells.Satisfaction[0];
        double range = cells.Satisfaction[^1] - least;
        double[] x = Array.ConvertAll(cells.Satisfaction, satisfaction => (satisfaction - least) / range);
        double mean = MeanOf(cells, x);
        double deviation = Math.Sqrt(MeanOf(cells, Array.ConvertAll(x, at => (at - mean) * (at - mean))));
        var likelihood = new SatisfactionLikelihood(cells, Array.ConvertAll(x, at => (at - mean) / deviation));
        double share = (counted.MovedUp + 0.5) / (counted.Customers + 1.0);
        double start = Math.Log(share / (1 - share)) - MeanOf(cells, cells.LogOdds);
        Maximum maximum = Maximizer.Climb(likelihood, [start, 0], [-MostLogOdds, -MostSlope], [MostLogOdds, MostSlope], null, CancellationToken.None);
        if (maximum.Kind != MaximumKind.Interior)
        {
            throw new InvalidOperationException(
                "The likelihood has no maximum that can be found: the probabilities are so near to 0 or 1 that next to nothing is left to learn from, or contradict who moved up. Give less certain ones, or none.");
        }

        return counted.Effect(
            least + (range * mean), maximum.LogParameters[1] / deviation / range, Math.Sqrt(likelihood.VarianceOfSlope(maximum.LogParameters)) / deviation / range);
    }

    private static double MeanOf(SatisfactionCells cells, double[] values)
    {
        double sum = 0;
        double customers = 0;
        for (int cell = 0; cell < values.Length; cell++)
        {
            sum += cells.Customers[cell] * values[cell];
            customers += cells.Customers[cell];
        }

        return sum / customers;
    }

    private readonly record struct Counts(int Customers, int MovedUp, int Unknown, int Certain)
    {
        internal SatisfactionEffect Effect(double mean, double slope, double standardError) => new()
        {
            Customers = Customers,
            MovedUp = MovedUp,
            Unknown = Unknown,
            Certain = Certain,
            MeanSatisfaction = mean,
            Slope = slope,
            StandardError = standardError,
        };
    }
}
