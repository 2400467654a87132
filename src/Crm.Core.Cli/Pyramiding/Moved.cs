using Crm.Core.Portfolio;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>Who moved between two pyramids, both cut by what it took to stand in a tier at the first; and what a model expected.</summary>
internal sealed record Moved
{
    /// <summary>Gets the pyramid before, as its scheme cuts it.</summary>
    internal required Pyramid Before { get; init; }

    /// <summary>Gets the migration by the thresholds of the pyramid before.</summary>
    internal required Migration Migration { get; init; }

    /// <summary>Gets what a model fitted to what was known before expected, beside what happened; null where none did.</summary>
    internal MigrationComparison? Compared { get; init; }

    /// <summary>Gets the probability of each customer of the pyramid before to stand higher, as it was expected; empty where nothing was.</summary>
    internal IReadOnlyList<double> UpProbabilities { get; init; } = [];

    /// <summary>Gets the name of that model.</summary>
    internal string? Model { get; init; }

    /// <summary>Gets why no model expected anything.</summary>
    internal string? WhyNotExpected { get; init; }

    /// <summary>Compares two pyramids that were cut by one scheme, by the thresholds of the first.</summary>
    /// <param name="before">The pyramid before.</param>
    /// <param name="now">Who is there now, with what they are worth and their layers.</param>
    internal static Moved Between(Pyramid before, (IReadOnlyList<CustomerId> Ids, double[] Values, CustomerLayer[] Layers, PyramidMeasure Measure) now)
    {
        PyramidScheme kept = before.Kept();
        return new() { Before = before, Migration = Migration.Between(before.CutBy(kept), kept.RankLayers(now.Ids, now.Values, now.Layers).Of(now.Measure)) };
    }
}
