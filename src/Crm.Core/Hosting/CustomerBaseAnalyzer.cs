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
    /// <exception cref="ArgumentNullException">The options have no terms, scheme or models.</exception>
    /// <exception cref="ArgumentException">The options name no model, or one that does not exist.</exception>
    public CustomerBaseAnalyzer(AnalysisOptions? options = null)
    {
        _options = options ?? new();
        ArgumentNullException.ThrowIfNull(_options.Terms, nameof(options));
        ArgumentNullException.ThrowIfNull(_options.Scheme, nameof(options));
        ArgumentNullException.ThrowIfNull(_options.Models, nameof(options));
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
    /// <returns>The base; without pyramid where the data do not allow any, which it then explains.</returns>
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
        string? whyNot = WhyNoPyramid(histories, candidates, spend);
        bool inMoney = histories.MeanSpend.Length > 0;
        CustomerValues? values = whyNot is null && inMoney ? CustomerValues.Of(histories, buying!, spend.Model!, _options.Terms, cancellationToken) : null;
        return new()
        {
            Histories = histories,
            Candidates = candidates,
            SpendFit = spend,
            Values = values,
            Measure = inMoney ? ValueMeasure.LifetimeValue : ValueMeasure.DiscountedPurchases,
            Pyramid = whyNot is null ? _options.Scheme.Rank(histories.Ids, Ranked(histories, buying!, values, cancellationToken), [], histories.Customers) : null,
            WhyNoPyramid = whyNot,
        };
    }

    private ReadOnlySpan<double> Ranked(
        PurchaseHistories histories, IPurchaseModel buying, CustomerValues? values, CancellationToken cancellationToken)
    {
        if (values is not null)
        {
            return values.Clv;
        }

        var purchases = new double[histories.Count];
        buying.DiscountedPurchases(histories, _options.Terms.Discount, _options.Terms.Horizon, purchases, cancellationToken);
        return purchases;
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
        var best = fits.Select(f => f.Fit).Where(fit => fit.Converged).MinBy(fit => fit.Statistics!.Aic);
        return fits.ConvertAll(f => new ModelCandidate(f.Name, f.Fit, ReferenceEquals(f.Fit, best)));
    }

    private string? WhyNoPyramid(PurchaseHistories histories, List<ModelCandidate> candidates, FitResult<GammaGamma> spend)
    {
        ModelCandidate? chosen = candidates.Find(candidate => candidate.IsChosen);
        if (chosen?.Fit.Model is not { } buying)
        {
            // Models that fail for one reason are named together.
            var reasons = candidates.GroupBy(c => string.Join(" ", c.Fit.Diagnostics.Where(d => d.IsFailure)), c => c.Name);
            return "No purchase model could be fitted. " + string.Join(" ", reasons.Select(r => $"{string.Join(", ", r)}: {r.Key}"));
        }

        bool inMoney = histories.MeanSpend.Length > 0;
        if (inMoney && spend.Model is null)
        {
            return "No spend model could be fitted. " + string.Join(" ", spend.Diagnostics.Where(d => d.IsFailure));
        }

        if (inMoney && !spend.Model!.HasExpectedSpend(0))
        {
            return "Expected spend does not exist. " + string.Join(" ", spend.Diagnostics.Where(d => d.Diagnosis == FitDiagnosis.InfiniteMeanSpend));
        }

        return buying.HasDiscountedPurchases(_options.Terms.Discount, _options.Terms.Horizon)
            && (!inMoney || _options.Terms.CostToServe is not { Amount: > 0 } || buying.HasDiscountedLifetime(_options.Terms.Discount, _options.Terms.Horizon))
            ? null
            : "Lifetime value is infinite on these terms: no discount, no horizon, and customers who may never drop out. "
                + "Give a discount rate above 0 or a limited horizon.";
    }
}
