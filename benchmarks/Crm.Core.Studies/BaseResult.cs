using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>What came of one base: its coverage, or why it has none.</summary>
internal sealed class BaseResult
{
    private readonly Dictionary<(Measured Measured, CustomerGroup Group), Tally> _tallies = [];

    /// <summary>Gets the diagnosis of a fit without a model, or null.</summary>
    internal FitDiagnosis? Failure { get; init; }

    /// <summary>Gets a value indicating whether the fit has a model but no intervals.</summary>
    internal bool HasNoIntervals { get; init; }

    /// <summary>Gets what was measured.</summary>
    internal IReadOnlyDictionary<(Measured Measured, CustomerGroup Group), Tally> Tallies => _tallies;

    internal void Add(Measured measured, CustomerGroup group, IntervalBounds interval, double value)
    {
        if (!_tallies.TryGetValue((measured, group), out Tally? tally))
        {
            _tallies[(measured, group)] = tally = new();
        }

        tally.Add(interval, value);
    }

    /// <summary>Adds one customer: to all, and to those of about as many purchases.</summary>
    internal void AddCustomer(Measured measured, int frequency, IntervalBounds interval, double value)
    {
        Add(measured, CustomerGroup.All, interval, value);
        Add(measured, frequency == 0 ? CustomerGroup.None : frequency <= 2 ? CustomerGroup.Few : CustomerGroup.Many, interval, value);
    }
}
