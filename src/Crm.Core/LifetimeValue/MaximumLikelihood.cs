using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Fits any model here: climbs from several starts and says what it found.</summary>
internal static class MaximumLikelihood
{
    // A standard error of this much in ln(parameter) leaves a factor of e^30 open: the likelihood is flat, not peaked.
    private const double FlatLogError = 30;
    private const int FewRepeatBuyers = 50;

    /// <summary>Data of fewer distinct rows than this are searched as they are; of more, a coarse picture is searched first.</summary>
    internal const int LeastToCoarsen = 1_024;

    /// <summary>How many rows a coarse picture has.</summary>
    internal const int CoarseRows = 256;

    // Two climbs that ended this near each other, in the logarithm of every parameter, ended on one top.
    private const double OneTop = 0.1;

    /// <summary>Fits a model.</summary>
    /// <param name="space">Where to search, and from which points.</param>
    /// <param name="likelihood">The log-likelihood of the data.</param>
    /// <param name="coarse">That of a coarse picture of the same data, cheap to search; null where the data are few.</param>
    /// <param name="prior">A prior, or null.</param>
    /// <param name="customers">How many customers the likelihood is of.</param>
    /// <param name="repeatBuyers">How many of them bought again.</param>
    /// <param name="model">Makes the model of its parameters.</param>
    /// <param name="diagnostics">What is known of the data beforehand; what the fit finds is added.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static FitResult<TModel> Fit<TModel>(
        SearchSpace space,
        ILogLikelihood likelihood,
        ILogLikelihood? coarse,
        ParameterPrior? prior,
        long customers,
        long repeatBuyers,
        Func<double[], TModel> model,
        List<FitDiagnostic> diagnostics,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class
    {
        ILogLikelihood climbed = Penalised(likelihood, space, prior);
        Maximum best = (coarse is null ? null : FromCoarse(space, Penalised(coarse, space, prior), climbed, progress, cancellationToken))
            ?? Best(Climbs(space, climbed, space.Starts, progress, cancellationToken));
        bool isFlat = best.Kind == MaximumKind.Interior && LargestLogError(best) >= FlatLogError;
        if (best.Kind != MaximumKind.Interior || isFlat)
        {
            return new(space.Model, null, null, [.. diagnostics, FitFailures.Of(space, best)]);
        }

        double[,] sandwich = Sandwich(best.Covariance!, climbed.ScoreProducts(best.LogParameters));
        var parameters = Parameters(space, best, sandwich);
        bool isWide = LargestLogError(best) > ParameterCovariance.LargestLogError;
        // The coarse picture is as bent as the data are.
        double[]? third = space.NeedsThirdDerivatives && !isWide
            ? ThirdDerivatives.Of(coarse is null ? climbed : Penalised(coarse, space, prior), best.LogParameters) : null;
        AddCautions(diagnostics, prior, repeatBuyers, parameters);
        return new(space.Model, model(Array.ConvertAll(parameters, p => p.Value)), new()
        {
            Parameters = parameters,
            Covariance = isWide ? null : new(best.Covariance!, third),
            SandwichCovariance = isWide ? null : new(sandwich),
            Prior = prior,
            LogLikelihood = prior is null ? best.Value : LogLikelihoodAt(likelihood, best.LogParameters),
            Customers = customers,
            Iterations = best.Iterations,
        }, diagnostics);
    }

    private static double LogLikelihoodAt(ILogLikelihood likelihood, double[] logParameters)
    {
        var here = new Derivatives(likelihood.Dimension);
        likelihood.Evaluate(logParameters, here);
        return here.Value;
    }

    // H⁻¹ (Σ s sᵀ) H⁻¹.
    private static double[,] Sandwich(double[,] inverse, double[,] products)
    {
        int n = inverse.GetLength(0);
        var half = new double[n, n];
        var sandwich = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    half[i, j] += inverse[i, k] * products[k, j];
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    sandwich[i, j] += half[i, k] * inverse[k, j];
                }

                sandwich[j, i] = sandwich[i, j];
            }
        }

        return sandwich;
    }

    private static void AddCautions(List<FitDiagnostic> diagnostics, ParameterPrior? prior, long repeatBuyers, FittedParameter[] parameters)
    {
        if (prior is not null)
        {
            diagnostics.Add(new(FitDiagnosis.Penalised, false,
                $"The parameters were found under a prior, not by the data alone: {prior}.",
                "Intervals are those of a normal posterior under this prior; try a stronger and a weaker one to see what hangs on it."));
        }

        if (repeatBuyers < FewRepeatBuyers)
        {
            diagnostics.Add(new(FitDiagnosis.FewRepeatBuyers, false,
                string.Create(CultureInfo.InvariantCulture, $"Only {repeatBuyers} {Plural.Of(repeatBuyers, "customer")} bought again."),
                "Treat every figure as a rough guide; a few hundred repeat buyers make it firm."));
        }

        string[] wide = [.. parameters.Where(p => p.StandardError > ParameterCovariance.LargestLogError * p.Value).Select(p => p.Name)];
        if (wide.Length > 0)
        {
            diagnostics.Add(new(FitDiagnosis.FlatDirection, false,
                $"The data hardly determine {string.Join(" and ", wide)}, so that no interval can be given.",
                "Predictions may still be good, since they depend on combinations of the parameters; do not read meaning into these ones. "
                + "For intervals fit under a prior, or on more customers."));
        }
    }

    private static ILogLikelihood Penalised(ILogLikelihood likelihood, SearchSpace space, ParameterPrior? prior) => prior is null ? likelihood
        : new PenalisedLikelihood(likelihood, Array.ConvertAll(space.Starts[0], Math.Log), prior.LogDeviation);

    // The many steps of many climbs are made on the coarse picture; the data are climbed from each top that it shows. Where it shows
    // none, or the data have none there, they are searched themselves.
    private static Maximum? FromCoarse(
        SearchSpace space, ILogLikelihood coarse, ILogLikelihood likelihood, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        var tops = new List<double[]>();
        foreach (Maximum found in Climbs(space, coarse, space.Starts, progress, cancellationToken))
        {
            if (found.Kind == MaximumKind.Interior && !tops.Exists(top => IsNear(top, found.LogParameters)))
            {
                tops.Add(found.LogParameters);
            }
        }

        double[][] starts = [.. tops.Select(top => Array.ConvertAll(top, Math.Exp))];
        return starts.Length > 0 && Best(Climbs(space, likelihood, starts, progress, cancellationToken)) is { Kind: MaximumKind.Interior } best ? best : null;
    }

    private static bool IsNear(double[] one, double[] other) => one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= OneTop);

    private static IEnumerable<Maximum> Climbs(
        SearchSpace space, ILogLikelihood likelihood, double[][] starts, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        double[] lower = Array.ConvertAll(space.Lower, Math.Log);
        double[] upper = Array.ConvertAll(space.Upper, Math.Log);
        for (int start = 0; start < starts.Length; start++)
        {
            int number = start + 1;
            Action<int, double>? report = progress is null ? null
                : (iteration, value) => progress.Report(new(number, starts.Length, iteration, value));
            yield return Maximizer.Climb(likelihood, Array.ConvertAll(starts[start], Math.Log), lower, upper, report, cancellationToken);
        }
    }

    private static Maximum Best(IEnumerable<Maximum> climbs) => climbs.Aggregate((best, found) => IsBetter(found, best) ? found : best);

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

    private static FittedParameter[] Parameters(SearchSpace space, Maximum best, double[,] sandwich)
    {
        var parameters = new FittedParameter[space.Names.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double value = Math.Exp(best.LogParameters[i]);
            parameters[i] = new(space.Names[i], value, value * Math.Sqrt(best.Covariance![i, i]))
            {
                SandwichError = value * Math.Sqrt(Math.Max(0, sandwich[i, i])),
            };
        }

        return parameters;
    }

    private static double LargestLogError(Maximum maximum)
    {
        double largest = 0;
        for (int i = 0; i < maximum.LogParameters.Length; i++)
        {
            largest = Math.Max(largest, maximum.Covariance![i, i]);
        }

        return Math.Sqrt(largest);
    }
}
