using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Says of every row which segment it belongs to. Rows are standardised block by block: nothing is kept of them.</summary>
internal struct AssignPass(ClusterKernel kernel, FeatureScale[] features, FeatureColumn[] columns, DiscoveryModel model, AssignmentColumns to)
    : IRowWork<AssignPass.Worker>
{
    internal RowFaultList Faults { get; } = new();

    public readonly Worker Begin() => new()
    {
        Values = new(ClusterKernel.BlockRows, features.Length),
        Rows = new(model.Count, features.Length),
        Faults = new(),
        IsBad = new bool[ClusterKernel.BlockRows],
    };

    public readonly void Run(ref Worker worker, int from, int to)
    {
        for (int start = from; start < to; start += ClusterKernel.BlockRows)
        {
            int rows = Math.Min(ClusterKernel.BlockRows, to - start);
            Standardise(ref worker, start, rows);
            worker.Rows.Evaluate(kernel, worker.Values, 0, rows, model.Components);
            Write(ref worker, start, rows);
        }
    }

    public readonly void Merge(ref Worker worker, int from, int to)
    {
        if (!worker.Faults.IsEmpty)
        {
            Faults.Add(worker.Faults);
            worker.Faults = new();
        }
    }

    public readonly void End(ref Worker worker)
    {
    }

    // A row that is refused counts as one of zeros, so that the others are worked out; then it is marked.
    private readonly void Standardise(ref Worker worker, int start, int rows)
    {
        Array.Clear(worker.IsBad);
        for (int f = 0; f < features.Length; f++)
        {
            FeatureScale scale = features[f];
            ReadOnlySpan<double> values = columns[f].Values.Span.Slice(start, rows);
            Span<double> standardised = worker.Values.Column(f);
            for (int i = 0; i < rows; i++)
            {
                if (FeatureScale.Transformed(scale.Feature, values[i], out double transformed) is { } expected)
                {
                    worker.Faults.Add(start + i, scale.Feature.Name, $"{values[i]}", expected);
                    worker.IsBad[i] = true;
                    standardised[i] = 0;
                }
                else
                {
                    standardised[i] = scale.Standardised(transformed);
                }
            }
        }
    }

    private readonly void Write(ref Worker worker, int start, int rows)
    {
        Span<int> segments = to.Segments.Span.Slice(start, rows);
        Span<double> probabilities = to.Probabilities.IsEmpty ? [] : to.Probabilities.Span.Slice(start, rows);
        Span<double> distances = to.Distances.IsEmpty ? [] : to.Distances.Span.Slice(start, rows);
        for (int i = 0; i < rows; i++)
        {
            int most = worker.Rows.MostLikely(i);
            double distance = Math.Sqrt(worker.Rows.Distances[i]);
            segments[i] = worker.IsBad[i] || distance > model.FarDistance ? -1 : most;
            if (!probabilities.IsEmpty)
            {
                probabilities[i] = worker.IsBad[i] ? double.NaN : worker.Rows.Probability(i, most);
            }

            if (!distances.IsEmpty)
            {
                distances[i] = worker.IsBad[i] ? double.NaN : distance;
            }
        }
    }

    internal struct Worker
    {
        internal ColumnMatrix Values;
        internal PosteriorRows Rows;
        internal RowFaultList Faults;
        internal bool[] IsBad;
    }
}
