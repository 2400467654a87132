using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Hosting;

/// <summary>A customer base analysed: histories in, models, values and pyramid out.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CustomerBase
{
    /// <summary>Gets the histories.</summary>
    public required PurchaseHistories Histories { get; init; }

    /// <summary>Gets the purchase models that were tried, in the order of preference.</summary>
    public required IReadOnlyList<ModelCandidate> Candidates { get; init => field = [.. value]; }

    /// <summary>Gets the fit of the spend model.</summary>
    public required FitResult<GammaGamma> SpendFit { get; init; }

    /// <summary>Gets the values, or null where none can be given in money.</summary>
    public CustomerValues? Values { get; init; }

    /// <summary>Gets what the pyramid is ranked by.</summary>
    public ValueMeasure Measure { get; init; }

    /// <summary>Gets the pyramid over <see cref="Measure"/>, or null where <see cref="WhyNoPyramid"/> says why there is none.</summary>
    public Pyramid? Pyramid { get; init; }

    /// <summary>Gets why the customers cannot be ranked and what to do, or null where they are.</summary>
    public string? WhyNoPyramid { get; init; }

    /// <summary>Gets the purchase model that was chosen, or null where none could be fitted.</summary>
    public IPurchaseModel? Buying => Candidates.FirstOrDefault(candidate => candidate.IsChosen)?.Fit.Model;
}
