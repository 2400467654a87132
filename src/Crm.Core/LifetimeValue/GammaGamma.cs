using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Gamma/Gamma: what an occasion is worth varies around each customer's own mean, and those means vary between customers.</summary>
/// <remarks>
/// <para>
/// The value of an occasion is Gamma(p, ν) with ν ~ Gamma(q, γ) for each customer, and independent of how often the customer buys.
/// Sources: Fader, Hardie &amp; Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing
/// Research 42(4), 415-430; Fader &amp; Hardie (2013), "The Gamma-Gamma Model of Monetary Value", note 025.
/// </para>
/// <para>
/// f(m_x | x) = Γ(px+q) / (Γ(px) Γ(q)) · γ^q m_x^(px−1) x^(px) / (γ + x m_x)^(px+q), and
/// E(M | x, m_x) = p (γ + x m_x) / (p x + q − 1), which exists when p·x + q is above 1.
/// </para>
/// <para>
/// Customers with repeat purchases and a mean spend of 0 or less lie outside the model: a fit leaves them out and says how many,
/// and a prediction gives them the population mean. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed class GammaGamma : ISpendModel
{
    internal const string ShortName = "gamma-gamma";

    /// <summary>Initializes a new instance of the <see cref="GammaGamma"/> class from its parameters.</summary>
    /// <param name="p">Shape of an occasion's value given the customer; from 1e-30 to 1e30.</param>
    /// <param name="q">Shape of the rates over customers; from 1e-30 to 1e30. The population mean exists for q above 1.</param>
    /// <param name="gamma">Scale, in the currency; from 1e-30 to 1e30.</param>
    /// <param name="currency">The currency; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a number from 1e-30 to 1e30.</exception>
    public GammaGamma(double p, double q, double gamma, Currency currency = default)
    {
        P = ModelParameter.Checked(p);
        Q = ModelParameter.Checked(q);
        Gamma = ModelParameter.Checked(gamma);
        Currency = currency;
    }

    /// <summary>Gets p, the shape of an occasion's value given the customer.</summary>
    public double P { get; }

    /// <summary>Gets q, the shape of the customers' rates.</summary>
    public double Q { get; }

    /// <summary>Gets γ, the scale of the customers' rates, in <see cref="Currency"/>. Some packages call it v.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public string Name => ShortName;

    /// <inheritdoc/>
    public Currency Currency { get; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("p", P), new("q", Q), new("gamma", Gamma)];

    /// <summary>Fits the model by maximum likelihood to the customers with repeat purchases and a positive mean spend.</summary>
    /// <param name="histories">The histories, with amounts.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model at the highest of the maxima found from four starts, or the diagnosis why there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FitResult<GammaGamma> Fit(
        PurchaseHistories histories, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(histories, null, progress, cancellationToken);

    /// <summary>Fits the model under a prior: for too few repeat buyers, or too uniform ones, for maximum likelihood.</summary>
    /// <param name="histories">The histories, with amounts.</param>
    /// <param name="prior">What is held likely of the parameters before the data are seen.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model at the highest posterior density, with a caution that says so; or the diagnosis why there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> or <paramref name="prior"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FitResult<GammaGamma> FitPenalised(
        PurchaseHistories histories, ParameterPrior prior, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return Fit(histories, prior, progress, cancellationToken);
    }

    /// <summary>Log-likelihood of a history's mean spend: ln f(m_x | x).</summary>
    /// <param name="history">A history with repeat purchases and a positive mean spend.</param>
    /// <returns>A finite number.</returns>
    /// <exception cref="ArgumentException">The history has no repeat purchases or no positive mean spend.</exception>
    /// <exception cref="CurrencyMismatchException">The history is in another currency.</exception>
    public double LogLikelihood(in PurchaseHistory history)
    {
        if (!IsInside(history.Frequency, history.MeanSpend))
        {
            throw new ArgumentException(
                "The likelihood of spend needs repeat purchases with a positive mean spend; this history lies outside the model.", nameof(history));
        }

        CheckCurrency(history.Currency, history.MeanSpend);
        double total = history.Frequency * history.MeanSpend;
        double shape = P * history.Frequency;
        return -(shape * ElementaryFunctions.Log1P(Gamma / total)) - (Q * ElementaryFunctions.Log1P(total / Gamma))
            - Math.Log(history.MeanSpend) - GammaFunctions.LogBeta(shape, Q);
    }

    /// <inheritdoc/>
    public bool HasExpectedSpend(int frequency) => (P * Guard.NotNegative(frequency)) + Q > 1;

    /// <inheritdoc/>
    public double ExpectedSpend() => new SpendDistribution(P, Q, Gamma).Mean;

    /// <inheritdoc/>
    public double ExpectedSpend(in PurchaseHistory history) => Distribution(history).Mean;

    /// <inheritdoc/>
    public void ExpectedSpend(PurchaseHistories histories, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(histories);
        Guard.SameLength(histories.Count, destination.Length, "rows of the histories", nameof(destination));
        CheckCurrency(histories.Currency, meanSpend: 1);
        bool known = histories.MeanSpendColumn.Length > 0;
        for (int row = 0; row < destination.Length; row++)
        {
            destination[row] = Distribution(histories.FrequencyColumn[row], known ? histories.MeanSpendColumn[row] : 0).Mean;
        }
    }

    /// <inheritdoc/>
    public SpendDistribution Distribution(in PurchaseHistory history)
    {
        CheckCurrency(history.Currency, history.MeanSpend);
        return Distribution(history.Frequency, history.MeanSpend);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> SimulateSpend(int occasions, ulong seed, ulong customer)
    {
        Guard.NotNegative(occasions);
        var random = new RandomStream(seed, RandomPurpose.Spend, customer);
        double rate = random.NextGamma(Q, Gamma);
        var values = new double[occasions];
        for (int i = 0; i < occasions; i++)
        {
            values[i] = random.NextGamma(P, rate);
        }

        return values;
    }

    /// <summary>The same model with other parameters, in the paper's order.</summary>
    internal GammaGamma WithParameters(double[] parameters) => new(parameters[0], parameters[1], parameters[2], Currency);

    /// <summary>Whether the model speaks of such a customer; of others it knows no more than of a new one.</summary>
    internal static bool IsInside(int frequency, double meanSpend) => frequency > 0 && meanSpend > 0;

    // Without spend there is nothing that could be in another currency.
    private void CheckCurrency(Currency currency, double meanSpend)
    {
        if (currency != Currency && meanSpend != 0)
        {
            throw new CurrencyMismatchException(Currency, currency);
        }
    }

    internal SpendDistribution Distribution(int frequency, double meanSpend) => IsInside(frequency, meanSpend)
        ? new(P, (P * frequency) + Q, Gamma + (frequency * meanSpend))
        : new(P, Q, Gamma);

    private static FitResult<GammaGamma> Fit(
        PurchaseHistories histories, ParameterPrior? prior, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(histories);
        DistinctSpends spends = DistinctSpends.Of(histories);
        if (spends.Failure(prior) is { } failure)
        {
            return new(ShortName, null, null, [failure]);
        }

        var result = MaximumLikelihood.Fit<GammaGamma>(
            spends.SearchSpace(ShortName),
            new GammaGammaLikelihood(spends, cancellationToken),
            spends.Count < MaximumLikelihood.LeastToCoarsen ? null
                : new GammaGammaLikelihood(spends.Coarse(MaximumLikelihood.CoarseRows), cancellationToken),
            prior,
            spends.CustomerCount,
            spends.CustomerCount,
            p => new(p[0], p[1], p[2], histories.Currency),
            spends.Cautions(),
            progress,
            cancellationToken);
        return result.Model is { Q: <= 1 } ? WithInfiniteMean(result) : result;
    }

    private static FitResult<GammaGamma> WithInfiniteMean(FitResult<GammaGamma> result) => new(ShortName, result.Model, result.Statistics,
    [
        .. result.Diagnostics,
        new(FitDiagnosis.InfiniteMeanSpend, false,
            FormattableString.Invariant($"The spread of spend between customers is so wide (q = {result.Model!.Q:0.###}, at most 1) that the population mean does not exist."),
            "Customers without repeat purchases get no expected spend; use the median, or fit on more customers."),
    ]);
}
