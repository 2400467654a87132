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
    // Below this share of the greatest value a deviation is what rounding made of a constant.
    private const double LeastVariation = 1e-12;

    private FeatureTable(
        IReadOnlyList<CustomerId> ids, FeatureScale[] features, double[][] values, ColumnMatrix standardised, IReadOnlyList<DiscoveryDiagnostic> diagnostics)
    {
        Ids = ids;
        Features = Array.AsReadOnly(features);
        Columns = Array.AsReadOnly([.. features.Select((scale, place) => scale.Feature.Of(values[place]))]);
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

    /// <summary>Makes a table.</summary>
    /// <param name="ids">The customers, each once.</param>
    /// <param name="columns">The features with their values, a customer each; at most 64.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentNullException">An argument or a feature is null.</exception>
    /// <exception cref="ArgumentException">There is no column or too many, two have one name, or one has not a value for each customer.</exception>
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

    private static void CheckColumns(int customers, IReadOnlyList<FeatureColumn> columns)
    {
        Guard.InRange((double)columns.Count, 1, DiscoveryModel.MaxFeatures, "", nameof(columns));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FeatureColumn column in columns)
        {
            ArgumentNullException.ThrowIfNull(column.Feature, nameof(columns));
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
                diagnostics.Add(new(
                    DiscoveryDiagnosis.ConstantFeature, false, $"The feature '{columns[f].Feature.Name}' is the same for all customers, and was left out.",
                    "It tells nobody apart here; new customers need no value of it."));
            }
        }

        var standardised = new ColumnMatrix(customers.Length, kept.Count);
        var values = new double[kept.Count][];
        for (int place = 0; place < kept.Count; place++)
        {
            double[] own = transformed[kept[place]];
            Span<double> column = standardised.Column(place);
            for (int row = 0; row < own.Length; row++)
            {
                column[row] = scales[place].Standardised(own[row]);
            }

            values[place] = Known(columns[kept[place]], own);
        }

        return new(Array.AsReadOnly(customers), [.. scales], values, standardised, diagnostics.AsReadOnly());
    }

    // The room of the transformed values serves the values themselves.
    private static double[] Known(FeatureColumn column, double[] room)
    {
        column.Values.Span.CopyTo(room);
        if (column.Feature.Missing is { } standIn)
        {
            for (int row = 0; row < room.Length; row++)
            {
                room[row] = double.IsNaN(room[row]) ? standIn : room[row];
            }
        }

        return room;
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

        double mean = Sum(values, value => value, cancellationToken) / values.Length;
        double deviation = Math.Sqrt(Sum(values, value => (value - mean) * (value - mean), cancellationToken) / values.Length);
        return deviation > LeastVariation * greatest ? new() { Feature = feature, Mean = mean, Deviation = deviation } : null;
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
