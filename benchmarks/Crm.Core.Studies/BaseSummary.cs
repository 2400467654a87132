using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>All bases of one truth and one size.</summary>
internal sealed class BaseSummary(Truth truth, StudySize size, IReadOnlyList<BaseResult> results)
{
    internal Truth Truth => truth;

    internal StudySize Size => size;

    /// <summary>Gets how many bases have intervals.</summary>
    internal int WithIntervals => results.Count(result => result.Failure is null && !result.HasNoIntervals);

    /// <summary>Gets how many fits have a model but no intervals.</summary>
    internal int WithoutIntervals => results.Count(result => result.HasNoIntervals);

    /// <summary>Gets how many fits have no model.</summary>
    internal int Failed => results.Count(result => result.Failure is not null);

    /// <summary>Gets how often each reason was why.</summary>
    internal IEnumerable<KeyValuePair<FitDiagnosis, int>> Failures => results
        .Where(result => result.Failure is not null)
        .CountBy(result => result.Failure!.Value)
        .OrderBy(pair => pair.Key);

    /// <summary>Gives the coverage, or null where no base has any.</summary>
    internal Coverage? CoverageOf(Measured measured, CustomerGroup group)
    {
        List<Tally> bases = [];
        foreach (BaseResult result in results)
        {
            if (result.Tallies.TryGetValue((measured, group), out Tally? tally))
            {
                bases.Add(tally);
            }
        }

        return bases.Count == 0 ? null : Coverage.Of(bases);
    }
}
