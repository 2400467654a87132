using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Whether purchases follow the calendar: whether the same months are off the model's course year after year.</summary>
/// <remarks>
/// Of each whole month, ln((actual + ½) / (expected + ½)), weighted by what was expected, is explained by a quadratic trend with and
/// without an effect for each of the twelve months; the F test of the difference is called clear at 0.1 %, and only if the strongest
/// month is 10 % above the weakest. It needs 24 months with at least 5 expected purchases each, and every month at least twice. No model here knows a
/// season; where there is one, forecasts of less than a year are off by it. Immutable and thread-safe.
/// </remarks>
public sealed record Seasonality
{
    private const int LeastMonths = 24;
    private const double LeastExpected = 5;
    private const double ClearProbability = 0.001;
    private const double NotableSwing = 1.10;
    private const int TrendTerms = 3;

    /// <summary>Gets what was found.</summary>
    public required SeasonalityFinding Finding { get; init; }

    /// <summary>Gets the probability of months as different as these if there were no season; null where it cannot be told.</summary>
    public double? Probability { get; init; }

    /// <summary>
    /// Gets the factor of each month of the year, January first, on what the model expects, their mean being 1; empty where it cannot be
    /// told.
    /// </summary>
    public IReadOnlyList<double> MonthFactors { get; init => field = [.. value]; } = [];

    /// <summary>Gets what was found and what to do, in words.</summary>
    public required string Message { get; init; }

    /// <summary>Tests a tracking.</summary>
    /// <param name="tracking">The tracking, over two years or more.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tracking"/> is null.</exception>
    public static Seasonality Of(PurchaseTracking tracking)
    {
        ArgumentNullException.ThrowIfNull(tracking);
        TrackedPeriod[] months = [.. tracking.Months().Where(month => month.Expected >= LeastExpected)];
        bool everyMonthTwice = months.GroupBy(month => month.FirstDay.Month).Count(group => group.Count() > 1) == 12;
        if (months.Length < LeastMonths || !everyMonthTwice)
        {
            return new()
            {
                Finding = SeasonalityFinding.CannotTell,
                Message = FormattableString.Invariant($"Whether purchases follow the season cannot be told: that takes 24 whole months with 5 or more expected purchases each, every month of the year twice; there {Plural.Of(months.Length, "is", "are")} {months.Length}. The model knows no season."),
            };
        }

        return Tested(months);
    }

    private static Seasonality Tested(TrackedPeriod[] months)
    {
        double[] logs = Array.ConvertAll(months, month => Math.Log((month.Actual + 0.5) / (month.Expected + 0.5)));
        double[] weights = Array.ConvertAll(months, month => month.Expected);
        double trendAlone = LeastSquares.Fit(months.Length, TrendTerms, (row, terms) => Trend(row, months.Length, terms), logs, weights).Left;
        var (coefficients, withMonths) = LeastSquares.Fit(months.Length, TrendTerms + 11, (row, terms) =>
        {
            Trend(row, months.Length, terms);
            AddMonth(months[row].FirstDay.Month, terms[TrendTerms..]);
        }, logs, weights);
        int free = months.Length - TrendTerms - 11;
        double f = (trendAlone - withMonths) / 11 / (withMonths / free);

        // P(F > f) by the incomplete beta function.
        double rest = 1 / (1 + (11 * f / free));
        double probability = BetaFunctions.Regularized(0.5 * free, 5.5, rest, 1 - rest);
        double[] factors = Factors(coefficients);
        bool isClear = probability <= ClearProbability && factors.Max() >= NotableSwing * factors.Min();
        return new()
        {
            Finding = isClear ? SeasonalityFinding.Seasonal : SeasonalityFinding.NotSeen,
            Probability = probability,
            MonthFactors = factors,
            Message = isClear ? Clear(factors)
                : probability <= ClearProbability ? Slight(factors)
                : "Purchases do not clearly follow the season: the months of the year differ by no more than chance and a trend explain.",
        };
    }

    private static string Clear(double[] factors)
    {
        int high = Array.IndexOf(factors, factors.Max());
        int low = Array.IndexOf(factors, factors.Min());
        return FormattableString.Invariant($"Purchases follow the season, which the model does not know: {Month(high)} is at {factors[high]:P0} of the average month and {Month(low)} at {factors[low]:P0}. Forecast whole years, or correct shorter ones by the factors of their months.");
    }

    private static string Slight(double[] factors) => FormattableString.Invariant(
        $"Purchases hardly follow the season: the months of the year differ by more than chance and a trend explain, but the strongest is only {(factors.Max() / factors.Min()) - 1:P1} above the weakest.");

    private static string Month(int index) => System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(index + 1);

    private static void Trend(int row, int rows, Span<double> terms)
    {
        double time = (2.0 * row / (rows - 1)) - 1;
        terms[0] = 1;
        terms[1] = time;
        terms[2] = time * time;
    }

    // Effects that sum to 0: the twelfth is minus the sum of the others.
    private static void AddMonth(int month, Span<double> terms)
    {
        if (month == 12)
        {
            terms.Fill(-1);
            return;
        }

        terms.Clear();
        terms[month - 1] = 1;
    }

    private static double[] Factors(double[] coefficients)
    {
        double[] effects = [.. coefficients[TrendTerms..], -coefficients[TrendTerms..].Sum()];
        double mean = effects.Average(Math.Exp);
        return Array.ConvertAll(effects, effect => Math.Exp(effect) / mean);
    }
}
