using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent slow oracle: the slopes of every answer in the logarithms of the parameters against central differences of the answer
/// itself, over all the ways the answers are worked out; and, as a property, that asking for slopes changes no bit of the answer.
/// </summary>
public sealed class SlopesTests
{
    private const double Step = 1e-4;

    // Of the largest slope of the answer. The differences themselves are good to some 1e-8.
    private const double Bound = 2e-6;

    private const double Forever = double.PositiveInfinity;

    private static readonly Ask[] _asks =
    [
        .. new[] { 0, 1e-3, 5, 200, 1e5 }.SelectMany(t => new Ask[]
        {
            new($"survival to {t}", (process, slopes) => process.Survival(t, slopes)),
            new($"purchases to {t}", (process, slopes) => process.ExpectedPurchases(t, slopes)),
        }),
        .. new[]
        {
            (0.002, Forever), (0.002, 52), (0.002, 0), (0.002, 5), (0.02, 0.5), (1e-6, 1e4), (1, 1e3), (1, Forever), (0, 0), (0, 52), (0, 1e4),
        }.SelectMany(Discounted),
    ];

    // Only where customers are lost and buy at all, surely enough.
    private static readonly Ask[] _withoutEnd = [.. Discounted((0, Forever))];

    private static readonly PurchaseHistory[] _histories =
    [
        PurchaseHistory.Of(0, 0, 0, TimeUnit.Week),
        PurchaseHistory.Of(0, 0, 38.86, TimeUnit.Week),
        PurchaseHistory.Of(2, 30.43, 38.86, TimeUnit.Week),
        PurchaseHistory.Of(2, 38.86, 38.86, TimeUnit.Week),
        PurchaseHistory.Of(25, 4, 39, TimeUnit.Week),
        PurchaseHistory.Of(40, 900, 1000, TimeUnit.Week),
    ];

    // r, α, a, b.
    public static TheoryData<double, double, double, double> BetaGeometric => new()
    {
        { 0.525, 6.183, 0.891, 2.614 },
        { 2.5, 4, 1.6, 3 },
        { 8, 40, 1, 20 },
        { 300, 300, 3, 1 },
        { 0.05, 500, 0.3, 0.3 },
    };

    // r, α, s, β.
    public static TheoryData<double, double, double, double> Pareto => new()
    {
        { 0.553, 10.58, 0.606, 11.67 },
        { 1.2, 8, 1, 30 },
        { 2.5, 8, 1.0001, 30 },
        { 20, 500, 2.5, 0.05 },
        { 0.05, 500, 15, 800 },
    };

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(BetaGeometric))]
    public void BetaGeometricProcess_EveryAnswer_HasTheSlopesOfItsDifferences(double r, double alpha, double a, double b) =>
        AssertSlopes([r, alpha, a, b], p => new BetaGeometricProcess(p[0], p[1], p[2], p[3]), r > 1 && a > 1.1);

    [Theory]
    [MemberData(nameof(Pareto))]
    public void ParetoProcess_EveryAnswer_HasTheSlopesOfItsDifferences(double r, double alpha, double s, double beta) =>
        AssertSlopes([r, alpha, s, beta], p => new ParetoProcess(p[0], p[1], p[2], p[3]), s > 1.1);

    [Theory]
    [MemberData(nameof(Models))]
    public void OfOne_EveryAnswer_HasTheSlopesOfItsDifferences(string name)
    {
        PurchaseModel model = ModelOf(name);
        double[] parameters = [.. model.Parameters.Select(parameter => parameter.Value)];
        foreach (PurchaseHistory history in _histories)
        {
            PurchaseHistory customer = history;
            foreach (Ask ask in _asks.Concat(_withoutEnd))
            {
                double Value(double[] p) => model.WithParameters(p).OfOne(customer, ask.Of, []);
                double[] slopes = [7, 7, 7, 7];
                double value = model.OfOne(customer, ask.Of, slopes);
                AssertSameBits(Value(parameters), value, ask.What);
                AssertNear(Differences(parameters, Value), slopes, value, $"{ask.What}, {customer}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OfNewCustomer_EveryAnswer_HasTheSlopesOfItsDifferences(string name)
    {
        PurchaseModel model = ModelOf(name);
        double[] parameters = [.. model.Parameters.Select(parameter => parameter.Value)];
        foreach (Ask ask in _asks.Concat(_withoutEnd))
        {
            double Value(double[] p) => model.WithParameters(p).OfNewCustomer(ask.Of, []);
            double[] slopes = [7, 7, 7, 7];
            double value = model.OfNewCustomer(ask.Of, slopes);
            AssertSameBits(Value(parameters), value, ask.What);
            AssertNear(Differences(parameters, Value), slopes, value, ask.What);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void LogOddsOut_HasTheSlopesOfItsDifferences(string name)
    {
        PurchaseModel model = ModelOf(name);
        double[] parameters = [.. model.Parameters.Select(parameter => parameter.Value)];
        int known = 0;
        foreach (PurchaseHistory history in _histories)
        {
            PurchaseHistory customer = history;
            double Value(double[] p) => model.WithParameters(p).LogOddsOut(customer, []);
            double[] slopes = [7, 7, 7, 7];
            double value = model.LogOddsOut(customer, slopes);
            AssertSameBits(Value(parameters), value, customer.ToString());
            if (double.IsNegativeInfinity(value))
            {
                Assert.All(slopes, slope => Assert.Equal(0, slope));
                continue;
            }

            known++;
            AssertNear(Differences(parameters, Value), slopes, 1, customer.ToString());
        }

        Assert.InRange(known, 4, _histories.Length);
    }

    private static PurchaseModel ModelOf(string name) => name switch
    {
        "bg-nbd" => new BgNbd(1.243, 4.414, 1.793, 2.426, TimeUnit.Week),
        "mbg-nbd" => new MbgNbd(1.525, 6.183, 1.891, 1.614, TimeUnit.Week),
        _ => new ParetoNbd(0.553, 10.58, 1.606, 11.67, TimeUnit.Week),
    };

    private static IEnumerable<Ask> Discounted((double Delta, double Horizon) over) =>
    [
        new($"discounted purchases, δ = {over.Delta} to {over.Horizon}", (process, slopes) => process.DiscountedPurchases(over.Delta, over.Horizon, slopes)),
        new($"discounted lifetime, δ = {over.Delta} to {over.Horizon}", (process, slopes) => process.DiscountedLifetime(over.Delta, over.Horizon, slopes)),
    ];

    private static void AssertSlopes(double[] parameters, Func<double[], AliveProcess> process, bool isFinite)
    {
        foreach (Ask ask in isFinite ? _asks.Concat(_withoutEnd) : _asks)
        {
            double[] slopes = [7, 7, 7, 7];
            double value = ask.Of(process(parameters), slopes);
            AssertSameBits(ask.Of(process(parameters), []), value, ask.What);
            AssertNear(Differences(parameters, p => ask.Of(process(p), [])), slopes, value, ask.What);
        }
    }

    private static double[] Differences(double[] parameters, Func<double[], double> value)
    {
        var differences = new double[parameters.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            double At(double step)
            {
                double[] moved = [.. parameters];
                moved[i] *= Math.Exp(step);
                return value(moved);
            }

            differences[i] = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
        }

        return differences;
    }

    // The differences have digits of the value itself, which may be far above all its slopes: survival up to the next moment, say.
    private static void AssertNear(double[] expected, double[] slopes, double value, string what)
    {
        double bound = (Bound * expected.Max(Math.Abs)) + (1e-9 * Math.Abs(value));
        for (int i = 0; i < slopes.Length; i++)
        {
            Near.Absolute(expected[i], slopes[i], bound, $"slope {i} of {what}");
        }
    }

    private static void AssertSameBits(double expected, double actual, string what) =>
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual), $"{what}: {expected:R} and {actual:R}");

    private sealed record Ask(string What, PurchaseModel.Ahead Of);
}
