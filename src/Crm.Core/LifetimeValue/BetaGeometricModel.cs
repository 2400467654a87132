namespace Crm.Core.LifetimeValue;

/// <summary>
/// What <see cref="BgNbd"/> and <see cref="MbgNbd"/> share: customers who buy at a gamma-distributed rate and drop out after a purchase
/// with a beta-distributed probability.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class BetaGeometricModel : PurchaseModel
{
    private readonly BetaGeometricFamily _family;

    private protected BetaGeometricModel(string name, BetaGeometricFamily family, TimeUnit unit)
        : base(name, unit) => _family = family;

    /// <summary>Gets r, the shape of the gamma distribution of purchase rates.</summary>
    public double R => _family.R;

    /// <summary>Gets α, the rate of the gamma distribution of purchase rates, in the model's unit.</summary>
    public double Alpha => _family.Alpha;

    /// <summary>Gets a, the first parameter of the beta distribution of dropout probabilities.</summary>
    public double A => _family.A;

    /// <summary>Gets b, the second parameter of the beta distribution of dropout probabilities.</summary>
    public double B => _family.B;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Parameters => _family.Parameters;

    private protected override bool HasPurchasesForEver => A > 1;

    private protected override bool HasLifetimeForEver => A > 1 && R > 1;

    private protected override string WhyInfinite => A > 1 ? "r is at most 1" : "a is at most 1";

    private protected override double LogIfAlive(int frequency, double age) => _family.LogIfAlive(frequency, age);

    private protected override double LogOddsOut(int frequency, double recency, double age, Span<double> slopes) =>
        _family.LogOddsOut(frequency, recency, age, slopes);

    private protected override AliveProcess AliveAfter(int frequency, double age) => _family.AliveAfter(frequency, age);

    private protected override void Shares(int frequency, double age, Span<double> shares) => _family.Shares(frequency, age, shares);

    private protected override double Start(Span<double> slopes) => _family.Start(slopes);

    private protected override AliveProcess NewCustomer(Span<double> shares) => _family.NewCustomer(shares);
}
