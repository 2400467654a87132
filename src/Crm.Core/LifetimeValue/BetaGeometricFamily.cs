using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>
/// The mathematics that BG/NBD and MBG/NBD share. They differ in one thing: after x repeat purchases a customer has had x chances
/// to drop out under BG/NBD, and x + 1 under MBG/NBD, where the first purchase is one too.
/// </summary>
internal sealed record BetaGeometricFamily(double R, double Alpha, double A, double B, int FirstChances)
{
    private static readonly string[] _names = ["r", "alpha", "a", "b"];

    internal static BetaGeometricFamily Of(double r, double alpha, double a, double b, int firstChances) =>
        new(ModelParameter.Checked(r), ModelParameter.Checked(alpha), ModelParameter.Checked(a), ModelParameter.Checked(b), firstChances);

    internal IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("r", R), new("alpha", Alpha), new("a", A), new("b", B)];

    // ln [Γ(r+x)/Γ(r) α^r (α+T)^−(r+x) E[(1−p)^chances]].
    internal double LogIfAlive(int x, double age)
    {
        int chances = x + FirstChances;
        return GammaFunctions.LogGammaRatio(R, x) - (x * Math.Log(Alpha + age)) - (R * ElementaryFunctions.Log1P(age / Alpha))
            + GammaFunctions.LogGammaRatio(B, chances) - GammaFunctions.LogGammaRatio(A + B, chances);
    }

    internal double LogOddsOut(int x, double recency, double age, Span<double> slopes)
    {
        if (x + FirstChances == 0)
        {
            slopes.Clear();
            return double.NegativeInfinity;
        }

        double waited = ElementaryFunctions.Log1P((age - recency) / (Alpha + recency));
        double stays = B + x + FirstChances - 1;
        if (slopes.Length > 0)
        {
            slopes[0] = R * waited;
            slopes[1] = -Alpha * (R + x) * ((age - recency) / ((Alpha + recency) * (Alpha + age)));
            slopes[2] = 1;
            slopes[3] = -B / stays;
        }

        return Math.Log(A / stays) + ((R + x) * waited);
    }

    internal BetaGeometricProcess AliveAfter(int x, double age) => new(R + x, Alpha + age, A, B + x + FirstChances);

    internal void Shares(int x, double age, Span<double> shares)
    {
        shares[0] = R / (R + x);
        shares[1] = Alpha / (Alpha + age);
        shares[2] = 1;
        shares[3] = B / (B + x + FirstChances);
    }

    // Under MBG/NBD a new customer may have dropped out with the first purchase.
    internal double Start(Span<double> slopes)
    {
        slopes.Clear();
        if (FirstChances == 0)
        {
            return 1;
        }

        double stays = B / (A + B);
        if (slopes.Length > 0)
        {
            slopes[2] = -stays * (A / (A + B));
            slopes[3] = stays * (A / (A + B));
        }

        return stays;
    }

    internal AliveProcess NewCustomer(Span<double> shares)
    {
        if (shares.Length > 0)
        {
            Shares(0, 0, shares);
        }

        return AliveAfter(0, 0);
    }

    internal static FitResult<TModel> Fit<TModel>(
        PurchaseHistories histories,
        ParameterPrior? prior,
        string name,
        int firstChances,
        Func<double[], TModel> model,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(histories);
        return PurchaseFit.Of(
            histories,
            prior,
            (distinct, token) => new BetaGeometricLikelihood(distinct, firstChances, token),
            scale => Space(name, firstChances, scale),
            model,
            progress,
            cancellationToken);
    }

    // α counts time, so its starts and bounds scale with the data: a fit in days is the fit in weeks, times 7.
    private static SearchSpace Space(string name, int firstChances, PurchaseFit.Scale scale)
    {
        double[][] shapes = [[0.5, 0.8, 2], [0.25, 0.8, 2.5], [1, 0.5, 2], [2, 0.3, 5], [5, 0.1, 1]];
        return new(
            name,
            _names,
            Array.ConvertAll(shapes, s => new[] { s[0], s[0] / scale.Rate, s[1], s[2] }),
            [1e-5, 1e-8 * scale.MeanAge, 1e-6, 1e-6],
            [1e6, 1e9 * scale.MeanAge, 1e6, 1e6],
            LimitModel.OfBetaGeometric)
        {
            // Under BG/NBD nobody is lost with the first purchase.
            NeedsThirdDerivatives = firstChances > 0,
        };
    }
}
