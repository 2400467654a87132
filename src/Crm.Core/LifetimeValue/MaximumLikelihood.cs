using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Fits any model here: climbs from several starts and says what it found.</summary>
internal static class MaximumLikelihood
{
    // A standard error of this much in ln(parameter) leaves a factor of e^30 open: the likelihood is flat, not peaked.
    private const double FlatLogError = 30;
    private const double WideLogError = 3;
    private const int FewRepeatBuyers = 50;

    internal static FitResult<TModel> Fit<TModel>(
        SearchSpace space,
        ILogLikelihood likelihood,
        long customers,
        long repeatBuyers,
        Func<double[], TModel> model,
        List<FitDiagnostic> diagnostics,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class
    {
        Maximum best = ClimbFromAll(space, likelihood, progress, cancellationToken);
        if (Failure(space, best) is { } failure)
        {
            return new(space.Model, null, null, [.. diagnostics, failure]);
        }

        var parameters = Parameters(space, best);
        if (repeatBuyers < FewRepeatBuyers)
        {
            diagnostics.Add(new(FitDiagnosis.FewRepeatBuyers, false,
                string.Create(CultureInfo.InvariantCulture, $"Only {repeatBuyers} customers bought again."),
                "Treat every figure as a rough guide; a few hundred repeat buyers make it firm."));
        }

        AddFlatDirection(parameters, diagnostics);
        return new(space.Model, model(Array.ConvertAll(parameters, p => p.Value)), new()
        {
            Parameters = parameters,
            LogLikelihood = best.Value,
            Customers = customers,
            Iterations = best.Iterations,
        }, diagnostics);
    }

    private static Maximum ClimbFromAll(
        SearchSpace space, ILogLikelihood likelihood, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        double[] lower = Array.ConvertAll(space.Lower, Math.Log);
        double[] upper = Array.ConvertAll(space.Upper, Math.Log);
        Maximum? best = null;
        for (int start = 0; start < space.Starts.Length; start++)
        {
            int number = start + 1;
            Action<int, double>? report = progress is null ? null
                : (iteration, value) => progress.Report(new(number, space.Starts.Length, iteration, value));
            double[] from = Array.ConvertAll(space.Starts[start], Math.Log);
            Maximum found = Maximizer.Climb(likelihood, from, lower, upper, report, cancellationToken);
            best = best is null || IsBetter(found, best) ? found : best;
        }

        return best!;
    }

    // An interior maximum yields only to a higher one; a hair's breadth of rounding does not count as higher.
    private static bool IsBetter(Maximum found, Maximum best)
    {
        if (!double.IsFinite(found.Value))
        {
            return false;
        }

        double margin = 1e-9 * Math.Max(1, Math.Abs(best.Value));
        bool interior = found.Kind == MaximumKind.Interior;
        bool bestInterior = best.Kind == MaximumKind.Interior;
        return !double.IsFinite(best.Value)
            || (interior == bestInterior ? found.Value > best.Value : interior ? found.Value > best.Value - margin : found.Value > best.Value + margin);
    }

    private static FitDiagnostic? Failure(SearchSpace space, Maximum best)
    {
        if (best.Kind == MaximumKind.Interior && Math.Sqrt(LargestVariance(best)) < FlatLogError)
        {
            return null;
        }

        if (best.Kind == MaximumKind.NotReached)
        {
            return new(FitDiagnosis.NotConverged, true,
                string.Create(CultureInfo.InvariantCulture, $"The search stopped after {best.Iterations} steps without a maximum."),
                "Check the data for impossible values; a simpler model may fit.");
        }

        string where = best.Kind is MaximumKind.Interior or MaximumKind.Flat
            ? "it is flat along a combination of the parameters"
            : "it still rises as " + string.Join(" and ", best.AtBound.Select(i => Limit(space, best, i)));
        return new(FitDiagnosis.NoInteriorMaximum, true,
            $"The likelihood has no maximum at finite parameters: {where}.",
            "The data do not show the differences between customers that the model needs. Use more customers or a longer window, or another model.");
    }

    private static string Limit(SearchSpace space, Maximum best, int parameter)
    {
        bool atTop = best.LogParameters[parameter] > 0.5 * (Math.Log(space.Lower[parameter]) + Math.Log(space.Upper[parameter]));
        return $"{space.Names[parameter]} {(atTop ? "grows without limit" : "falls to 0")}";
    }

    private static FittedParameter[] Parameters(SearchSpace space, Maximum best)
    {
        var parameters = new FittedParameter[space.Names.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double value = Math.Exp(best.LogParameters[i]);
            parameters[i] = new(space.Names[i], value, value * Math.Sqrt(best.Covariance![i, i]));
        }

        return parameters;
    }

    private static void AddFlatDirection(FittedParameter[] parameters, List<FitDiagnostic> diagnostics)
    {
        string[] wide = [.. parameters.Where(p => p.StandardError > WideLogError * p.Value).Select(p => p.Name)];
        if (wide.Length > 0)
        {
            diagnostics.Add(new(FitDiagnosis.FlatDirection, false,
                $"The data hardly determine {string.Join(" and ", wide)}.",
                "Predictions may still be good, since they depend on combinations of the parameters; do not read meaning into these ones."));
        }
    }

    private static double LargestVariance(Maximum maximum)
    {
        double largest = 0;
        for (int i = 0; i < maximum.LogParameters.Length; i++)
        {
            largest = Math.Max(largest, maximum.Covariance![i, i]);
        }

        return largest;
    }
}
