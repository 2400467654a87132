namespace Crm.Core.Numerics;

/// <summary>Newton's method in a trust region and a box, for a handful of parameters.</summary>
/// <remarks>
/// The Hessian is decomposed into eigenvectors at every step, so that the step of the trust region is exact (Moré &amp; Sorensen
/// 1983) and the curvature at the end is known, not guessed.
/// </remarks>
internal static class Maximizer
{
    /// <summary>Half the squared length of the gradient in the metric of the inverse Hessian: the log-likelihood still to be gained.</summary>
    internal const double Tolerance = 1e-8;

    private const int MaxIterations = 300;
    private const double FirstRadius = 1;
    private const double MaxRadius = 4;

    // A climb along a ridge may end a little before the edge it leads to: a factor of e³ in the parameter.
    private const double NearEdge = 3;

    /// <summary>Climbs from a start to the nearest maximum inside the box.</summary>
    internal static Maximum Climb(
        ISmoothFunction function, double[] start, double[] lower, double[] upper, Action<int, double>? progress, CancellationToken cancellationToken)
    {
        int n = function.Dimension;
        double[] point = start;
        var here = new Derivatives(n);
        var there = new Derivatives(n);
        function.Evaluate(point, here);
        double radius = FirstRadius;
        int iteration = 0;
        for (; iteration < MaxIterations && here.IsFinite; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(iteration, here.Value);
            var model = new QuadraticModel(here, Held(point, here, lower, upper));
            if (model.IsConcave && model.Decrement <= Tolerance)
            {
                break;
            }

            double[] step = model.Step(radius);
            double[] trial = Clamp(point, step, lower, upper);
            if (trial.AsSpan().SequenceEqual(point))
            {
                break;
            }

            function.Evaluate(trial, there);
            double predicted = model.Gain(trial, point);
            double gained = there.IsFinite ? there.Value - here.Value : double.NegativeInfinity;

            // Near the top the gain drowns in rounding; a step that the model predicts and that loses no more than that is good.
            double noise = 1e-14 * Math.Abs(here.Value);
            bool accepted = gained > 0 ? gained >= 1e-4 * predicted : Math.Abs(gained) <= noise && predicted <= 10 * noise;
            double length = Length(step);
            radius = gained >= 0.75 * predicted && length > 0.9 * radius ? Math.Min(2 * radius, MaxRadius)
                : gained < 0.25 * predicted ? 0.25 * Math.Min(radius, length) : radius;
            if (accepted)
            {
                point = trial;
                (here, there) = (there, here);
            }
            else if (radius < 1e-12)
            {
                break;
            }
        }

        return Finish(function, point, here, there, lower, upper, iteration);
    }

    private static Maximum Finish(
        ISmoothFunction function, double[] point, Derivatives here, Derivatives there, double[] lower, double[] upper, int iterations)
    {
        var held = here.IsFinite ? Held(point, here, lower, upper) : [];
        var model = here.IsFinite ? new QuadraticModel(here, held) : null;
        bool converged = model is { IsConcave: true, Decrement: <= Tolerance };

        // Newton's method squares the distance to the top at each step; two or three more exhaust the digits of a double.
        for (int polish = 0; polish < 6 && converged && held.Count == 0 && model!.Decrement > 0; polish++)
        {
            double[] trial = Clamp(point, model.Step(MaxRadius), lower, upper);
            function.Evaluate(trial, there);
            if (!there.IsFinite || there.Value < here.Value - (1e-13 * Math.Abs(here.Value)))
            {
                break;
            }

            var finer = new QuadraticModel(there, held);
            if (!finer.IsConcave || finer.Decrement >= 0.25 * model.Decrement)
            {
                break;
            }

            (point, model) = (trial, finer);
            (here, there) = (there, here);
        }

        bool interior = converged && held.Count == 0;
        List<int> rising = interior || !here.IsFinite ? held : RisingOutwards(point, here, lower, upper, NearEdge);
        return new()
        {
            LogParameters = point,
            Value = here.Value,
            Covariance = interior ? model!.Covariance() : null,
            FlattestDirection = here.IsFinite ? new QuadraticModel(here, []).FlattestDirection() : null,
            Kind = interior ? MaximumKind.Interior
                : rising.Count > 0 ? MaximumKind.AtBound
                : model is { IsConcave: false } && iterations < MaxIterations ? MaximumKind.Flat
                : MaximumKind.NotReached,
            AtBound = rising,
            Iterations = iterations,
        };
    }

    // The parameters at an edge of the box from which the function still rises outwards: they stay where they are.
    private static List<int> Held(double[] point, Derivatives here, double[] lower, double[] upper) =>
        RisingOutwards(point, here, lower, upper, 0);

    // The parameters no further than this from an edge towards which the function rises.
    private static List<int> RisingOutwards(double[] point, Derivatives here, double[] lower, double[] upper, double distance)
    {
        var rising = new List<int>();
        for (int i = 0; i < point.Length; i++)
        {
            if ((point[i] <= lower[i] + distance && here.Gradient[i] < 0) || (point[i] >= upper[i] - distance && here.Gradient[i] > 0))
            {
                rising.Add(i);
            }
        }

        return rising;
    }

    private static double[] Clamp(double[] point, double[] step, double[] lower, double[] upper)
    {
        var trial = new double[point.Length];
        for (int i = 0; i < trial.Length; i++)
        {
            trial[i] = Math.Clamp(point[i] + step[i], lower[i], upper[i]);
        }

        return trial;
    }

    private static double Length(double[] step) => Math.Sqrt(step.Sum(s => s * s));
}
