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
    public required IReadOnlyList<ModelCandidate> Candidates { get; init; }

    /// <summary>Gets the fit of the spend model.</summary>
    public required FitResult<GammaGamma> SpendFit { get; init; }

    /// <summary>Gets the values, or null where no value can be given; <see cref="WhyNoValues"/> then says why.</summary>
    public CustomerValues? Values { get; init; }

    /// <summary>Gets the pyramid over lifetime value, or null where there are no values.</summary>
    public Pyramid? Pyramid { get; init; }

    /// <summary>Gets why there are no values and what to do, or null where there are some.</summary>
    public string? WhyNoValues { get; init; }

    /// <summary>Gets the purchase model that was chosen, or null where none could be fitted.</summary>
    public IPurchaseModel? Buying => Candidates.FirstOrDefault(candidate => candidate.IsChosen)?.Fit.Model;
}
