namespace Crm.Core.Numerics;

/// <summary>A mixture of normal distributions on its way to the most likely one, by EM.</summary>
/// <remarks>
/// No variance in any direction falls below a floor: of the components that keep to it the most likely are those whose lesser eigenvalues
/// are raised to it, so that the likelihood still never falls from one step to the next.
/// </remarks>
internal sealed class Mixture
{
    private const double AtFloor = 1 + 1e-9;

    private readonly ClusterKernel _kernel;
    private readonly ColumnMatrix _matrix;
    private readonly CovarianceShape _shape;
    private readonly double _floor;
    private readonly int _threads;

    internal Mixture(ClusterKernel kernel, ColumnMatrix matrix, CovarianceShape shape, double floor, int threads, GaussianComponent[] components)
    {
        (_kernel, _matrix, _shape, _floor, _threads) = (kernel, matrix, shape, floor, threads);
        Components = components;
    }

    internal GaussianComponent[] Components { get; private set; }

    /// <summary>Gets the log-likelihood of each step so far.</summary>
    internal List<double> LogLikelihoods { get; } = [];

    /// <summary>Gets a value indicating whether what is still to be gained is below the tolerance.</summary>
    internal bool HasConverged { get; private set; }

    /// <summary>Gets a value indicating whether a component has lost all but less than one row.</summary>
    internal bool HasEmpty { get; private set; }

    internal double LogLikelihood => LogLikelihoods[^1];

    /// <summary>The mixture of the means and spreads of clusters; null where a cluster is empty.</summary>
    internal static Mixture? Of(
        ClusterKernel kernel, ColumnMatrix matrix, Clusters clusters, CovarianceShape shape, double floor, int threads, CancellationToken cancellationToken)
    {
        int width = matrix.Width;
        var unit = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            unit[f, f] = 1;
        }

        var at = new GaussianComponent[clusters.Counts.Length];
        for (int j = 0; j < at.Length; j++)
        {
            at[j] = GaussianComponent.Of(1.0 / at.Length, clusters.Centres[(j * width)..((j + 1) * width)], unit, shape == CovarianceShape.Full)!;
        }

        var mixture = new Mixture(kernel, matrix, shape, floor, threads, at);
        return mixture.Maximise(MixturePass.Run(kernel, matrix, at, clusters.Labels, threads, cancellationToken)) ? mixture : null;
    }

    /// <summary>Takes so many steps more, or fewer where the end is reached.</summary>
    /// <param name="steps">How many at most.</param>
    /// <param name="tolerance">How much log-likelihood may be left to gain.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal void Climb(int steps, double tolerance, CancellationToken cancellationToken)
    {
        for (int step = 0; step < steps && !HasConverged && !HasEmpty; step++)
        {
            MixturePass pass = MixturePass.Run(_kernel, _matrix, Components, null, _threads, cancellationToken);
            LogLikelihoods.Add(pass.LogLikelihood);
            HasConverged = IsAtEnd(tolerance);
            HasEmpty = !HasConverged && !Maximise(pass);
        }
    }

    /// <summary>The places of components with a variance at the floor, each with the direction it has there.</summary>
    internal IEnumerable<(int Component, double[] Direction)> Collapsed()
    {
        for (int j = 0; j < Components.Length; j++)
        {
            var (values, vectors) = SymmetricEigen.Of(Components[j].Covariance);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] <= _floor * AtFloor)
                {
                    var direction = new double[values.Length];
                    for (int f = 0; f < direction.Length; f++)
                    {
                        direction[f] = vectors[f, i];
                    }

                    yield return (j, direction);
                }
            }
        }
    }

    /// <summary>Puts the components into their canonical order.</summary>
    internal void Sort()
    {
        int width = _matrix.Width;
        var means = new double[Components.Length * width];
        for (int j = 0; j < Components.Length; j++)
        {
            Components[j].Mean.CopyTo(means, j * width);
        }

        int[] order = CanonicalOrder.Of(Array.ConvertAll(Components, component => component.Weight), means, width);
        Components = Array.ConvertAll(order, place => Components[place]);
    }

    // Aitken: gains that shrink by a ratio c add up to gain · c / (1 − c) more. Rounding may end them before.
    private bool IsAtEnd(double tolerance)
    {
        if (LogLikelihoods.Count < 3)
        {
            return false;
        }

        double gain = LogLikelihoods[^1] - LogLikelihoods[^2];
        double before = LogLikelihoods[^2] - LogLikelihoods[^3];
        double ratio = gain / before;
        double left = ratio < 1 ? gain * Math.Max(ratio, 0.5) / (1 - ratio) : double.PositiveInfinity;
        return gain <= 1e-13 * Math.Abs(LogLikelihoods[^1]) || (gain < tolerance && left < tolerance);
    }

    private bool Maximise(MixturePass pass)
    {
        var next = new GaussianComponent[Components.Length];
        for (int j = 0; j < next.Length; j++)
        {
            if (Next(Components[j], pass.MomentsOf(j)) is not { } component)
            {
                return false;
            }

            next[j] = component;
        }

        Components = next;
        return true;
    }

    private GaussianComponent? Next(GaussianComponent at, ReadOnlySpan<double> moments)
    {
        double weight = moments[0];
        if (!(weight >= 1))
        {
            return null;
        }

        int width = _matrix.Width;
        var mean = new double[width];
        var covariance = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            mean[f] = at.Mean[f] + (moments[1 + f] / weight);
            for (int g = at.IsFull ? 0 : f; g <= f; g++)
            {
                double second = moments[1 + width + (at.IsFull ? (f * (f + 1) / 2) + g : f)];
                covariance[f, g] = covariance[g, f] = (second / weight) - (moments[1 + f] / weight * (moments[1 + g] / weight));
            }
        }

        return GaussianComponent.Of(weight / _matrix.Rows, mean, Bounded(covariance), at.IsFull);
    }

    private double[,] Bounded(double[,] covariance)
    {
        int width = covariance.GetLength(0);
        if (_shape == CovarianceShape.Full)
        {
            return Raised(covariance);
        }

        double mean = 0;
        for (int f = 0; f < width; f++)
        {
            mean += covariance[f, f] / width;
        }

        for (int f = 0; f < width; f++)
        {
            covariance[f, f] = Math.Max(_floor, _shape == CovarianceShape.Spherical ? mean : covariance[f, f]);
        }

        return covariance;
    }

    private double[,] Raised(double[,] covariance)
    {
        var (values, vectors) = SymmetricEigen.Of(covariance);
        if (Array.TrueForAll(values, value => value >= _floor))
        {
            return covariance;
        }

        int width = values.Length;
        var raised = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            for (int g = 0; g <= f; g++)
            {
                for (int i = 0; i < width; i++)
                {
                    raised[f, g] += Math.Max(values[i], _floor) * vectors[f, i] * vectors[g, i];
                }

                raised[g, f] = raised[f, g];
            }
        }

        return raised;
    }
}
