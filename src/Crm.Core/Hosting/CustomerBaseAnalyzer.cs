using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Hosting;

/// <summary>The whole flow in one call: fit the models, choose, value every customer, rank them.</summary>
/// <remarks>
/// The purchase model is chosen by Akaike's criterion on all the data; at equal criterion the one named first in the options wins.
/// That compares fit, not foresight. Immutable and thread-safe.
/// </remarks>
public sealed class CustomerBaseAnalyzer
{
    private readonly AnalysisOptions _options;

    /// <summary>Initializes a new instance of the <see cref="CustomerBaseAnalyzer"/> class.</summary>
    /// <param name="options">What to use; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options name no model, or one that does not exist.</exception>
    public CustomerBaseAnalyzer(AnalysisOptions? options = null)
    {
        _options = options ?? new();
        if (_options.Models.Count == 0 || _options.Models.Except(PurchaseModels.Names).Any())
        {
            throw new ArgumentException(
                $"Name one or more of the purchase models {string.Join(", ", PurchaseModels.Names)}; the options name '{string.Join(", ", _options.Models)}'.",
                nameof(options));
        }
    }

    /// <summary>Analyses a customer base.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="progress">Told of each stage as it begins: "fitting mbg-nbd".</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The base; without values where the data do not allow any, which it then explains.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="UnitMismatchException">The terms do not agree with the histories on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">The terms do not agree with the histories on the currency.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public CustomerBase Analyze(
        PurchaseHistories histories, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var candidates = FitAll(histories, progress, cancellationToken);
        progress?.Report($"fitting {GammaGamma.ShortName}");
        var spend = GammaGamma.Fit(histories, null, cancellationToken);
        progress?.Report("valuing customers");
        IPurchaseModel? buying = candidates.FirstOrDefault(candidate => candidate.IsChosen)?.Fit.Model;
        string? whyNot = WhyNoValues(candidates, spend);
        CustomerValues? values = whyNot is null ? CustomerValues.Of(histories, buying!, spend.Model!, _options.Terms, cancellationToken) : null;
        return new()
        {
            Histories = histories,
            Candidates = candidates,
            SpendFit = spend,
            Values = values,
            Pyramid = values is null ? null : _options.Scheme.Rank(values.Ids, values.Clv, [], histories.Customers),
            WhyNoValues = whyNot,
        };
    }

    private List<ModelCandidate> FitAll(
        PurchaseHistories histories, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var fits = new List<(string Name, FitResult<IPurchaseModel> Fit)>();
        foreach (string name in _options.Models)
        {
            progress?.Report($"fitting {name}");
            fits.Add((name, PurchaseModels.Fit(name, histories, null, cancellationToken)));
        }

        // MinBy gives the first of equals, which is the preferred one.
        var best = fits.Where(f => f.Fit.Converged).MinBy(f => f.Fit.Statistics!.Aic);
        return fits.ConvertAll(f => new ModelCandidate(f.Name, f.Fit, ReferenceEquals(f.Fit, best.Fit)));
    }

    private string? WhyNoValues(List<ModelCandidate> candidates, FitResult<GammaGamma> spend)
    {
        ModelCandidate? chosen = candidates.Find(candidate => candidate.IsChosen);
        if (chosen?.Fit.Model is not { } buying)
        {
            return "No purchase model could be fitted. "
                + string.Join(" ", candidates.Select(c => $"{c.Name}: {string.Join(" ", c.Fit.Diagnostics.Where(d => d.IsFailure))}"));
        }

        if (spend.Model is not { } model)
        {
            return "No spend model could be fitted. " + string.Join(" ", spend.Diagnostics.Where(d => d.IsFailure));
        }

        if (!model.HasExpectedSpend(0))
        {
            return "Expected spend does not exist. " + string.Join(" ", spend.Diagnostics.Where(d => d.Diagnosis == FitDiagnosis.InfiniteMeanSpend));
        }

        return buying.HasDiscountedPurchases(_options.Terms.Discount, _options.Terms.Horizon)
            && (_options.Terms.CostToServe is null || buying.HasDiscountedLifetime(_options.Terms.Discount, _options.Terms.Horizon))
            ? null
            : "Lifetime value is infinite on these terms: no discount, no horizon, and customers who may never drop out. "
                + "Give a discount rate above 0 or a limited horizon.";
    }
}
