using System.Globalization;

namespace Crm.Core.LifetimeValue;

/// <summary>A simpler model that a model turns into as some of its parameters leave every bound.</summary>
/// <param name="Moves">Which parameters go where: "r+" grows without limit, "a-" falls to 0.</param>
/// <param name="Words">What the limit says of the customers, from the parameters where the search ended.</param>
internal sealed record LimitModel(string[] Moves, Func<double[], string> Words)
{
    private const string NobodyDropsOut = "nobody drops out: the NBD model";

    // A dropout of so much less than a purchase is none.
    private const double Vanishing = 1e-6;

    private static readonly LimitModel _sameRate = new(["r+", "alpha+"], p => $"all customers buy at the same rate (r/alpha is {Text(p[0] / p[1])})");

    private static readonly LimitModel _fewBuy = new(["r-"], _ => "nearly all purchases are made by a vanishing share of the customers");

    internal static IReadOnlyList<LimitModel> OfBetaGeometric { get; } =
    [
        _sameRate,
        new(["a+", "b+"], p => p[2] < Vanishing * p[3] ? NobodyDropsOut
            : $"all customers drop out with the same probability (a/(a+b) is {Text(p[2] / (p[2] + p[3]))})"),
        new(["a-", "b-"], p => $"a customer drops out at the first chance or never (a/(a+b) is {Text(p[2] / (p[2] + p[3]))})"),
        new(["a-"], _ => NobodyDropsOut),
        new(["b+"], _ => NobodyDropsOut),
        new(["b-"], _ => "everybody drops out at the first chance"),
        new(["a+"], _ => "everybody drops out at the first chance"),
        _fewBuy,
    ];

    internal static IReadOnlyList<LimitModel> OfPareto { get; } =
    [
        _sameRate,
        new(["s+", "beta+"], p => p[2] / p[3] < Vanishing * (p[0] / p[1]) ? NobodyDropsOut
            : $"all customers drop out at the same rate (s/beta is {Text(p[2] / p[3])})"),
        new(["s-", "beta-"], _ => "a customer drops out at once or never"),
        new(["s-"], _ => NobodyDropsOut),
        new(["beta+"], _ => NobodyDropsOut),
        new(["beta-"], _ => "everybody drops out at once"),
        new(["s+"], _ => "everybody drops out at once"),
        _fewBuy,
    ];

    internal static IReadOnlyList<LimitModel> OfGammaGamma { get; } =
    [
        new(["q+", "gamma+"], p => $"all customers have the same mean spend (p·gamma/q is {Text(p[0] * p[2] / p[1])})"),
        new(["p+", "gamma-"], _ => "each customer spends the same on every occasion"),
        new(["p+"], _ => "each customer spends the same on every occasion"),
        new(["q-"], _ => "spend differs between customers without bound"),
        new(["p-"], _ => "the occasions of a customer differ without bound"),
    ];

    /// <summary>Whether all of these moves are among those that were seen.</summary>
    internal bool IsReachedBy(IReadOnlyCollection<string> moves) => Moves.All(moves.Contains);

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
