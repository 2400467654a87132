using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>BG/NBD: customers buy at a rate of their own until, after some repeat purchase, they buy no more.</summary>
/// <remarks>
/// <para>
/// Purchases of a customer are Poisson with rate λ ~ Gamma(r, α); after each repeat purchase the customer drops out with
/// probability p ~ Beta(a, b); λ and p are independent. Source: Fader, Hardie &amp; Lee (2005), "Counting Your Customers the Easy
/// Way: An Alternative to the Pareto/NBD Model", Marketing Science 24(2), 275-284.
/// </para>
/// <para>
/// L(x, t_x, T) = Γ(r+x) α^r / Γ(r) · { B(a, b+x) / B(a, b) · (α+T)^−(r+x) + [x &gt; 0] B(a+1, b+x−1) / B(a, b) · (α+t_x)^−(r+x) }.
/// </para>
/// <para>
/// A customer without repeat purchases cannot have dropped out under this model: P(alive) = 1 for x = 0 by construction, not by
/// evidence. Where that matters use <see cref="MbgNbd"/>. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed class BgNbd : BetaGeometricModel
{
    private const string ShortName = "bg-nbd";
    private const int FirstChances = 0;

    /// <summary>Initializes a new instance of the <see cref="BgNbd"/> class from its parameters.</summary>
    /// <param name="r">Shape of the gamma distribution of purchase rates; from 1e-30 to 1e30.</param>
    /// <param name="alpha">Rate of that distribution, in <paramref name="unit"/>: the mean purchase rate is r / α; from 1e-30 to 1e30.</param>
    /// <param name="a">First parameter of the beta distribution of dropout probabilities; from 1e-30 to 1e30.</param>
    /// <param name="b">Second parameter of that distribution: the mean dropout probability is a / (a + b); from 1e-30 to 1e30.</param>
    /// <param name="unit">The unit of time.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a number from 1e-30 to 1e30.</exception>
    public BgNbd(double r, double alpha, double a, double b, TimeUnit unit)
        : base(ShortName, BetaGeometricFamily.Of(r, alpha, a, b, FirstChances), unit)
    {
    }

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
    public static FitResult<BgNbd> Fit(
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
    public static FitResult<BgNbd> FitPenalised(
        PurchaseHistories histories, ParameterPrior prior, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return Fit(histories, prior, progress, cancellationToken);
    }

    internal override PurchaseModel WithParameters(double[] parameters) =>
        new BgNbd(parameters[0], parameters[1], parameters[2], parameters[3], Unit);

    private static FitResult<BgNbd> Fit(
        PurchaseHistories histories, ParameterPrior? prior, IProgress<FitProgress>? progress, CancellationToken cancellationToken) =>
        BetaGeometricFamily.Fit<BgNbd>(
            histories, prior, ShortName, FirstChances, p => new(p[0], p[1], p[2], p[3], histories.Unit), progress, cancellationToken);
}
