using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Customers with the features they are compared by, each standardised to mean 0 and standard deviation 1.</summary>
/// <remarks>
/// <para>
/// A feature that does not vary tells nobody apart: it is left out, and <see cref="Diagnostics"/> says so. The deviation is that of these
/// customers, with n and not n − 1 below the root. Values are at most 1e100 either way.
/// </para>
/// <para>Memory: 16 bytes a value and 8 a customer. Immutable and thread-safe: what is passed is copied.</para>
/// </remarks>
public sealed class FeatureTable
{
    // Below this share of the greatest value a deviation cannot be worked out in double precision.
    private const double LeastVariation = 1e-12;

    // Values within so much of their size are one value that rounding wrote in several ways.
    private const double LeastRange = 4.0 / (1L << 52);

    private FeatureTable(
        IReadOnlyList<CustomerId> ids, FeatureScale[] features, FeatureColumn[] columns, bool[]?[] unknown, ColumnMatrix standardised,
        IReadOnlyList<DiscoveryDiagnostic> diagnostics)
    {
        Ids = ids;
        Features = Array.AsReadOnly(features);
        Columns = Array.AsReadOnly(columns);
        Unknown = Array.AsReadOnly(unknown);
        Standardised = standardised;
        Diagnostics = diagnostics;
    }

    /// <summary>Gets the customers, in their order.</summary>
    public IReadOnlyList<CustomerId> Ids { get; }

    /// <summary>Gets how many customers there are.</summary>
    public int Count => Ids.Count;

    /// <summary>Gets the features that vary, with their scales.</summary>
    public IReadOnlyList<FeatureScale> Features { get; }

    /// <summary>Gets the features with their values as they came, what stands in for missing ones in their place.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Gets what was left out, and why.</summary>
    public IReadOnlyList<DiscoveryDiagnostic> Diagnostics { get; }

    internal ColumnMatrix Standardised { get; }

    /// <summary>Gets of each feature whose values were missing; null where none was.</summary>
    internal IReadOnlyList<bool[]?> Unknown { get; }

    /// <summary>Makes a table.</summary>
    /// <param name="ids">The customers, each once.</param>
    /// <param name="columns">The features with their values, a customer each; at most 64.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentNullException">An argument or a feature is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no column or too many, two have one name, one has not a value for each customer, or what stands in for missing values has no logarithm where
    /// that is taken.
    /// </exception>
    /// <exception cref="RowFaultsException">
    /// A customer is none or comes twice; a value is missing and nothing stands in for it, is not finite, or is negative where its logarithm is taken.
    /// </exception>
    public static FeatureTable Of(IReadOnlyList<CustomerId> ids, IReadOnlyList<FeatureColumn> columns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(columns);
        CheckColumns(ids.Count, columns);
        CustomerId[] customers = [.. ids];
        var faults = new RowFaultList();
        CheckIds(customers, faults);
        var transformed = new double[columns.Count][];
        for (int f = 0; f < columns.Count; f++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            transformed[f] = Transformed(columns[f], faults);
        }

        faults.ThrowIfAny(nameof(columns));
        return Standardise(customers, columns, transformed, cancellationToken);
    }

    /// <summary>The table of some of the features.</summary>
    internal FeatureTable Only(int[] places)
    {
        var standardised = new ColumnMatrix(Count, places.Length);
        for (int place = 0; place < places.Length; place++)
        {
            Standardised.Column(places[place]).CopyTo(standardised.Column(place));
        }

        return new(
            Ids, Array.ConvertAll(places, place => Features[place]), Array.ConvertAll(places, place => Columns[place]),
            Array.ConvertAll(places, place => Unknown[place]), standardised, Diagnostics);
    }

    private static void CheckColumns(int customers, IReadOnlyList<FeatureColumn> columns)
    {
        Guard.InRange((double)columns.Count, 1, DiscoveryModel.MaxFeatures, "", nameof(columns));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FeatureColumn column in columns)
        {
            ArgumentNullException.ThrowIfNull(column.Feature, nameof(columns));
            column.Feature.CheckMissing(nameof(columns));
            Guard.SameLength(customers, column.Values.Length, "customers", nameof(columns));
            if (!names.Add(column.Feature.Name))
            {
                throw new ArgumentException($"Two columns are named '{column.Feature.Name}'. Give each feature a name of its own.", nameof(columns));
            }
        }
    }

    private static void CheckIds(CustomerId[] customers, RowFaultList faults)
    {
        var seen = new HashSet<CustomerId>(customers.Length);
        for (int row = 0; row < customers.Length; row++)
        {
            if (customers[row] == CustomerId.None || !seen.Add(customers[row]))
            {
                faults.Add(row, "id", $"{(customers[row] == CustomerId.None ? "none" : "a customer again")}", "the id of a customer, each once");
            }
        }
    }

    private static double[] Transformed(FeatureColumn column, RowFaultList faults)
    {
        ReadOnlySpan<double> values = column.Values.Span;
        var transformed = new double[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            if (FeatureScale.Transformed(column.Feature, values[row], out transformed[row]) is { } expected)
            {
                faults.Add(row, column.Feature.Name, $"{values[row]}", expected);
            }
        }

        return transformed;
    }

    private static FeatureTable Standardise(
        CustomerId[] customers, IReadOnlyList<FeatureColumn> columns, double[][] transformed, CancellationToken cancellationToken)
    {
        var scales = new List<FeatureScale>();
        var kept = new List<int>();
        var diagnostics = new List<DiscoveryDiagnostic>();
        for (int f = 0; f < columns.Count; f++)
        {
            if (ScaleOf(columns[f].Feature, transformed[f], cancellationToken) is { } scale)
            {
                scales.Add(scale);
                kept.Add(f);
            }
            else if (customers.Length > 0)
            {
                diagnostics.Add(Constant(columns[f].Feature.Name, transformed[f]));
            }
        }

        var standardised = new ColumnMatrix(customers.Length, kept.Count);
        var values = new FeatureColumn[kept.Count];
        var unknown = new bool[]?[kept.Count];
        for (int place = 0; place < kept.Count; place++)
        {
            double[] own = transformed[kept[place]];
            Span<double> column = standardised.Column(place);
            for (int row = 0; row < own.Length; row++)
            {
                column[row] = scales[place].Standardised(own[row]);
            }

            unknown[place] = StandIn(columns[kept[place]], own);
            values[place] = columns[kept[place]].Feature.Of(own);
        }

        return new(Array.AsReadOnly(customers), [.. scales], values, unknown, standardised, diagnostics.AsReadOnly());
    }

    private static DiscoveryDiagnostic Constant(string name, double[] values)
    {
        double greatest = Math.Max(Math.Abs(values.Min()), Math.Abs(values.Max()));
        return values.Max() - values.Min() <= LeastRange * greatest
            ? new(DiscoveryDiagnosis.ConstantFeature, false, $"The feature '{name}' is the same for all customers, and was left out.",
                "It tells nobody apart here; new customers need no value of it.")
            : new(DiscoveryDiagnosis.ConstantFeature, false, $"The feature '{name}' varies too little for its size to tell customers apart in double precision, and was left out.",
                "Give what is above a common amount: the days since a day near by, not since a distant one.");
    }

    // The room of the transformed values serves the values themselves. Gives whose are missing.
    private static bool[]? StandIn(FeatureColumn column, double[] room)
    {
        column.Values.Span.CopyTo(room);
        bool[]? unknown = null;
        if (column.Feature.Missing is { } standIn)
        {
            for (int row = 0; row < room.Length; row++)
            {
                if (double.IsNaN(room[row]))
                {
                    unknown ??= new bool[room.Length];
                    (unknown[row], room[row]) = (true, standIn);
                }
            }
        }

        return unknown;
    }

    private static FeatureScale? ScaleOf(Feature feature, double[] values, CancellationToken cancellationToken)
    {
        double greatest = 0;
        foreach (double value in values)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        if (greatest == 0)
        {
            return null;
        }

        // A power of two changes no digit, and keeps the squares of the smallest values from vanishing.
        int exponent = Math.Max(-1_000, Math.ILogB(greatest));
        double scale = Math.ScaleB(1, -exponent);
        double mean = Sum(values, value => value * scale, cancellationToken) / values.Length;
        double variance = Sum(values, value => ((value * scale) - mean) * ((value * scale) - mean), cancellationToken) / values.Length;
        double deviation = Math.ScaleB(Math.Sqrt(variance), exponent);
        return deviation > LeastVariation * greatest ? new() { Feature = feature, Mean = Math.ScaleB(mean, exponent), Deviation = deviation } : null;
    }

    private static double Sum(double[] values, Func<double, double> term, CancellationToken cancellationToken) => RowSums.Of(
        values.Length,
        1,
        (from, to, lanes) =>
        {
            for (int row = from; row < to; row++)
            {
                lanes[row % RowSums.Lanes] += term(values[row]);
            }
        },
        cancellationToken)[0];
}
