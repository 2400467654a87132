using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Pareto/NBD: customers buy at a rate of their own until, at some moment that nobody sees, they buy no more.</summary>
/// <remarks>
/// <para>
/// Purchases of a customer are Poisson with rate λ ~ Gamma(r, α); the customer drops out at rate μ ~ Gamma(s, β), whether they buy or
/// not; λ and μ are independent. Sources: Schmittlein, Morrison &amp; Colombo (1987), "Counting Your Customers: Who Are They and What
/// Will They Do Next?", Management Science 33(1), 1-24; Fader &amp; Hardie (2005), "A Note on Deriving the Pareto/NBD Model and Related
/// Expressions".
/// </para>
/// <para>
/// L(x, t_x, T) = Γ(r+x) α^r β^s / Γ(r) · { (α+T)^−(r+x) (β+T)^−s + s ∫ (α+τ)^−(r+x) (β+τ)^−(s+1) dτ } with τ from t_x to T, the unseen
/// moment of dropping out. It is computed in this form, as a sum of positive parts.
/// </para>
/// <para>
/// Purchases and lifetimes without a discount and without a horizon are finite when s is above 1. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed class ParetoNbd : PurchaseModel
{
    private const string ShortName = "pareto-nbd";

    private static readonly string[] _names = ["r", "alpha", "s", "beta"];

    private readonly ParetoParameters _parameters;

    /// <summary>Initializes a new instance of the <see cref="ParetoNbd"/> class from its parameters.</summary>
    /// <param name="r">Shape of the gamma distribution of purchase rates; from 1e-30 to 1e30.</param>
    /// <param name="alpha">Rate of that distribution, in <paramref name="unit"/>: the mean purchase rate is r / α; from 1e-30 to 1e30.</param>
    /// <param name="s">Shape of the gamma distribution of dropout rates; from 1e-30 to 1e30.</param>
    /// <param name="beta">Rate of that distribution, in <paramref name="unit"/>: the mean dropout rate is s / β; from 1e-30 to 1e30.</param>
    /// <param name="unit">The unit of time.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a number from 1e-30 to 1e30.</exception>
    public ParetoNbd(double r, double alpha, double s, double beta, TimeUnit unit)
        : base(ShortName, unit) =>
        _parameters = new(ModelParameter.Checked(r), ModelParameter.Checked(alpha), ModelParameter.Checked(s), ModelParameter.Checked(beta));

    /// <summary>Gets r, the shape of the gamma distribution of purchase rates.</summary>
    public double R => _parameters.R;

    /// <summary>Gets α, the rate of the gamma distribution of purchase rates, in the model's unit.</summary>
    public double Alpha => _parameters.Alpha;

    /// <summary>Gets s, the shape of the gamma distribution of dropout rates.</summary>
    public double S => _parameters.S;

    /// <summary>Gets β, the rate of the gamma distribution of dropout rates, in the model's unit.</summary>
    public double Beta => _parameters.Beta;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("r", R), new("alpha", Alpha), new("s", S), new("beta", Beta)];

    private protected override bool HasPurchasesForEver => S > 1;

    private protected override bool HasLifetimeForEver => S > 1;

    private protected override string WhyInfinite => "s is at most 1";

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model at the highest of the maxima found from five starts, or the diagnosis why there is none.</returns>
    /// <remarks>
    /// Newton's method in a trust region over the logarithms of the parameters, with analytic derivatives, until
    /// ½ gᵀ(−H)⁻¹g ≤ 1e-8 with −H positive definite. Equal histories count once, with their number. The result has the same bits for
    /// any order of the customers and any number of threads.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FitResult<ParetoNbd> Fit(
        PurchaseHistories histories, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(histories, null, progress, cancellationToken);

    /// <summary>Fits the model under a prior: for a base too small or too uniform for maximum likelihood.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="prior">What is held likely of the parameters before the data are seen.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model at the highest posterior density, with a caution that says so; or the diagnosis why there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> or <paramref name="prior"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FitResult<ParetoNbd> FitPenalised(
        PurchaseHistories histories, ParameterPrior prior, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return Fit(histories, prior, progress, cancellationToken);
    }

    private protected override double LogIfAlive(int frequency, double age) =>
        GammaFunctions.LogGammaRatio(R, frequency) - (frequency * Math.Log(Alpha + age)) - (R * ElementaryFunctions.Log1P(age / Alpha))
        - (S * ElementaryFunctions.Log1P(age / Beta));

    private protected override double LogOddsOut(int frequency, double recency, double age, Span<double> slopes)
    {
        double value = UnseenDropout.LogOdds(_parameters, frequency, recency, age, slopes);
        if (slopes.Length > 0)
        {
            slopes[0] *= R;
            slopes[1] *= Alpha;
            slopes[2] *= S;
            slopes[3] *= Beta;
        }

        return value;
    }

    private protected override AliveProcess AliveAfter(int frequency, double age) => new ParetoProcess(R + frequency, Alpha + age, S, Beta + age);

    private protected override void Shares(int frequency, double age, Span<double> shares)
    {
        shares[0] = R / (R + frequency);
        shares[1] = Alpha / (Alpha + age);
        shares[2] = 1;
        shares[3] = Beta / (Beta + age);
    }

    private protected override double Start(Span<double> slopes)
    {
        slopes.Clear();
        return 1;
    }

    private protected override AliveProcess NewCustomer(Span<double> shares)
    {
        shares.Fill(1); // nothing has been seen of them
        return new ParetoProcess(R, Alpha, S, Beta);
    }

    internal override PurchaseModel WithParameters(double[] parameters) =>
        new ParetoNbd(parameters[0], parameters[1], parameters[2], parameters[3], Unit);

    private static FitResult<ParetoNbd> Fit(
        PurchaseHistories histories, ParameterPrior? prior, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(histories);
        return PurchaseFit.Of<ParetoNbd>(
            histories,
            prior,
            (distinct, token) => new ParetoLikelihood(distinct, token),
            Space,
            p => new(p[0], p[1], p[2], p[3], histories.Unit),
            progress,
            cancellationToken);
    }

    // α and β count time, so their starts and bounds scale with the data: a fit in days is the fit in weeks, times 7.
    private static SearchSpace Space(PurchaseFit.Scale scale)
    {
        double[][] shapes = [[0.5, 0.6, 0.3], [1, 1.5, 1], [0.3, 0.3, 0.1], [2, 0.5, 1], [5, 3, 3]];
        return new(
            ShortName,
            _names,
            Array.ConvertAll(shapes, shape => new[] { shape[0], shape[0] / scale.Rate, shape[1], shape[2] * scale.MeanAge }),
            [1e-5, 1e-8 * scale.MeanAge, 1e-6, 1e-8 * scale.MeanAge],
            [1e6, 1e9 * scale.MeanAge, 1e6, 1e9 * scale.MeanAge],
            LimitModel.OfPareto);
    }
}
