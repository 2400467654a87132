using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>A feature as it would be with one peak: its values in the same range and of the same grain, without a dip between them.</summary>
internal sealed class OnePeakFeature
{
    // A feature that hardly has two equal values is cut into so many cells for each root of the customers: a few customers in each.
    private const double CellsPerRoot = 4;

    // Values that a gap is filled with, in all.
    private const int MostFilled = 4_096;

    // Values that differ by less of their range are one.
    private const double LeastStep = 1e-9;

    private readonly double[] _masses;
    private readonly double[] _cumulative;
    private readonly double[] _edges;
    private readonly double[]? _values;

    private OnePeakFeature(double[] masses, double[] edges, double[]? values)
    {
        _masses = masses;
        _edges = edges;
        _values = values;
        _cumulative = new double[masses.Length];
        double sum = 0;
        for (int cell = 0; cell < masses.Length; cell++)
        {
            sum += masses[cell];
            _cumulative[cell] = sum;
        }
    }

    /// <summary>Gets how many different values there are where most customers share theirs with others; null where most have one of their own.</summary>
    internal int? Distinct { get; private init; }

    /// <summary>Works it out from standardised values.</summary>
    internal static OnePeakFeature Of(FeatureScale scale, ReadOnlySpan<double> standardised)
    {
        double[] sorted = standardised.ToArray();
        Array.Sort(sorted);
        double step = LeastStep * (sorted[^1] - sorted[0]);
        var distinct = new List<double>();
        var counts = new List<int>();
        foreach (double value in sorted)
        {
            if (distinct.Count > 0 && value - distinct[^1] <= step)
            {
                counts[^1]++;
            }
            else
            {
                distinct.Add(value);
                counts.Add(1);
            }
        }

        return 2 * distinct.Count > sorted.Length ? Smooth(sorted) : Grained(scale, distinct, counts);
    }

    /// <summary>The value below which so much of the feature lies.</summary>
    internal double At(double probability)
    {
        double at = probability * _cumulative[^1];
        int cell = Array.BinarySearch(_cumulative, at);
        cell = Math.Min(cell < 0 ? ~cell : cell, _cumulative.Length - 1);
        if (_values is not null)
        {
            return _values[cell];
        }

        double below = cell == 0 ? 0 : _cumulative[cell - 1];
        double mass = _cumulative[cell] - below;
        double share = mass > 0 ? Math.Clamp((at - below) / mass, 0, 1) : 0.5;
        return _edges[cell] + (share * (_edges[cell + 1] - _edges[cell]));
    }

    /// <summary>The share of the feature below a value, and the logarithm of the density there.</summary>
    internal (double Below, double LogDensity) Of(double value)
    {
        int edge = Array.BinarySearch(_edges, value);
        int cell = Math.Clamp(edge < 0 ? ~edge - 1 : edge - (_values is null ? 1 : 0), 0, _masses.Length - 1);
        double width = _edges[cell + 1] - _edges[cell];
        double share = _values is not null ? 0.5 : Math.Clamp((value - _edges[cell]) / width, 0, 1);
        double all = _cumulative[^1];
        double below = ((cell == 0 ? 0 : _cumulative[cell - 1]) + (share * _masses[cell])) / all;
        return (Math.Clamp(below, 0.5 / all, 1 - (0.5 / all)), width > 0 ? Math.Log(_masses[cell] / (all * width)) : 0);
    }

    private static OnePeakFeature Smooth(double[] sorted)
    {
        int cells = Math.Min((int)(CellsPerRoot * Math.Sqrt(sorted.Length)), sorted.Length - 1);
        var edges = new List<double> { sorted[0] };
        var masses = new List<double>();
        int last = 0;
        for (int knot = 1; knot <= cells; knot++)
        {
            int place = (int)((long)knot * (sorted.Length - 1) / cells);
            if (sorted[place] > edges[^1])
            {
                masses.Add(place - last);
                edges.Add(sorted[place]);
                last = place;
            }
        }

        return masses.Count == 0 ? new([1], [sorted[0], sorted[0]], [sorted[0]]) : Fitted(masses, [.. edges], null);
    }

    // Each value owns what is nearer to it than to the next one. Gaps get the values that could have stood in them, at the usual step.
    private static OnePeakFeature Grained(FeatureScale scale, List<double> distinct, List<int> counts)
    {
        if (distinct.Count == 1)
        {
            return new([1], [distinct[0], distinct[0]], [distinct[0]]) { Distinct = 1 };
        }

        double[] original = [.. distinct.Select(scale.Original)];
        double usual = UsualStep(original, counts);
        var values = new List<double> { distinct[0] };
        var masses = new List<double> { counts[0] };
        double most = MostFilled / Math.Max(1, (original[^1] - original[0]) / usual);
        for (int i = 1; i < distinct.Count; i++)
        {
            double gap = original[i] - original[i - 1];
            int filled = (int)Math.Round(Math.Min(1, most) * gap / usual) - 1;
            for (int place = 1; place <= filled; place++)
            {
                double value = scale.StandardisedOf(original[i - 1] + (gap * place / (filled + 1)));
                if (value > values[^1] && value < distinct[i])
                {
                    values.Add(value);
                    masses.Add(0);
                }
            }

            values.Add(distinct[i]);
            masses.Add(counts[i]);
        }

        var edges = new double[values.Count + 1];
        for (int cell = 1; cell < values.Count; cell++)
        {
            edges[cell] = 0.5 * (values[cell - 1] + values[cell]);
        }

        edges[0] = (2 * values[0]) - edges[1];
        edges[^1] = (2 * values[^1]) - edges[^2];
        return Fitted(masses, edges, [.. values], distinct.Count);
    }

    // The step to the next value, as the customer in the middle has it.
    private static double UsualStep(double[] original, List<int> counts)
    {
        var steps = new (double Step, int Count)[original.Length - 1];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (original[i + 1] - original[i], counts[i] + counts[i + 1]);
        }

        Array.Sort(steps);
        long half = steps.Sum(each => (long)each.Count) / 2;
        int middle = 0;
        for (long passed = steps[0].Count; passed < half; passed += steps[middle].Count)
        {
            middle++;
        }

        return steps[middle].Step;
    }

    private static OnePeakFeature Fitted(List<double> masses, double[] edges, double[]? values, int? distinct = null)
    {
        var widths = new double[masses.Count];
        for (int cell = 0; cell < widths.Length; cell++)
        {
            widths[cell] = edges[cell + 1] - edges[cell];
        }

        return new(UnimodalMasses.Of(masses.ToArray(), widths), edges, values) { Distinct = distinct };
    }
}
