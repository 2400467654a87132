using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Properties of predictions, for random parameters, histories and horizons; a fixed seed, so that a failure comes again.</summary>
public sealed class PredictionPropertiesTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithReplay(20_050_401, 7).WithMaxTest(200);

    private static readonly Gen<double> _size = Gen.Choose(-1000, 1000).Select(tenth => Math.Exp(tenth * Math.Log(400) / 1000));

    private static readonly Gen<PurchaseModel> _models =
        from r in _size
        from alpha in _size
        from a in Gen.OneOf(_size, Gen.Constant(1.0))
        from b in _size
        from name in Gen.Elements("bg-nbd", "mbg-nbd", "pareto-nbd")
        select name switch
        {
            "bg-nbd" => new BgNbd(Shape(r), alpha, Shape(a), Shape(b), TimeUnit.Week),
            "mbg-nbd" => new MbgNbd(Shape(r), alpha, Shape(a), Shape(b), TimeUnit.Week),
            _ => (PurchaseModel)new ParetoNbd(Shape(r), alpha, Shape(a), b, TimeUnit.Week),
        };

    private static readonly Gen<PurchaseHistory> _histories =
        from x in Gen.OneOf(Gen.Elements(0, 1), Gen.Choose(0, 30), Gen.Choose(0, 300))
        from age in _size
        from share in Gen.Choose(1, 1000)
        select PurchaseHistory.Of(x, x == 0 ? 0 : age * share / 1000, age, TimeUnit.Week);

    private static readonly Arbitrary<(PurchaseModel Model, PurchaseHistory History, double T, double Longer)> _cases = (
        from model in _models
        from history in _histories
        from t in _size
        from factor in Gen.Choose(1001, 9000)
        select (model, history, t, t * factor / 1000)).ToArbitrary();

    [Fact]
    public void Expectations_LongerHorizon_NeverFall() => Check((model, history, t, longer) =>
    {
        DiscountRate rate = DiscountRate.Continuous(0.01, TimeUnit.Week);
        double[] Answers(Horizon h) =>
        [
            model.ExpectedPurchases(history, h), model.ExpectedPurchases(h),
            model.DiscountedPurchases(history, rate, h), model.DiscountedPurchases(rate, h),
            model.DiscountedLifetime(history, rate, h), model.DiscountedLifetime(rate, h),
        ];
        double[] first = Answers(Horizon.Weeks(t));
        double[] second = Answers(Horizon.Weeks(longer));
        double[] last = Answers(Horizon.Weeks(1e6));
        for (int i = 0; i < first.Length; i++)
        {
            Assert.True(second[i] >= first[i] * (1 - 1e-13), $"answer {i}: {first[i]:R} then {second[i]:R}");
            Assert.True(last[i] >= second[i] * (1 - 1e-13), $"answer {i}: {second[i]:R} then {last[i]:R}");
        }
    });

    [Fact]
    public void DiscountedPurchases_Discount_LiesBetweenTheWorstAndNone() => Check((model, history, t, _) =>
    {
        Horizon h = Horizon.Weeks(t);
        double plain = model.ExpectedPurchases(history, h);
        double discounted = model.DiscountedPurchases(history, DiscountRate.Continuous(0.05, TimeUnit.Week), h);
        Near.Relative(plain, model.DiscountedPurchases(history, DiscountRate.Zero, h), 1e-15);
        Assert.InRange(discounted, plain * Math.Exp(-0.05 * t) * (1 - 1e-12), plain * (1 + 1e-12));
        Assert.InRange(model.DiscountedLifetime(history, DiscountRate.Zero, h), 0, t * (1 + 1e-12));
    });

    [Fact]
    public void ProbabilityAlive_Later_NeverRisesAndStaysAProbability() => Check((model, history, t, longer) =>
    {
        double now = model.ProbabilityAlive(history);
        double soon = model.ProbabilityAlive(history, Horizon.Weeks(t));
        double later = model.ProbabilityAlive(history, Horizon.Weeks(longer));
        Assert.InRange(now, 0, 1);
        Assert.InRange(soon, 0, now);
        Assert.InRange(later, 0, soon + 1e-15);
        Assert.Equal(now, model.ProbabilityAlive(history, Horizon.Weeks(0)));
    });

    [Fact]
    public void ProbabilityOfPurchases_AllCounts_SumToOneWithTheExpectedMean() => Check((model, history, t, _) =>
    {
        // A horizon in which some 20 purchases may come, so that the sum ends.
        double rate = (model.Parameters[0].Value + history.Frequency) / (model.Parameters[1].Value + history.Age);
        Horizon h = Horizon.Weeks(Math.Min(t, 20 / rate));
        double sum = 0;
        double mean = 0;
        for (int n = 0; n < 4000 && (n < 60 || 1 - sum > 1e-13); n++)
        {
            double probability = model.ProbabilityOfPurchases(history, n, h);
            Assert.InRange(probability, 0, 1);
            sum += probability;
            mean += n * probability;
        }

        Near.Absolute(1, sum, 1e-11);
        double expected = model.ExpectedPurchases(history, h);
        Near.Absolute(expected, mean, (1e-9 * expected) + 1e-10);
    });

    [Fact]
    public void NewCustomer_IsAHistoryOfNothing() => Check((model, _, t, _) =>
    {
        var blank = PurchaseHistory.Of(0, 0, 0, TimeUnit.Week);
        Horizon h = Horizon.Weeks(t);
        Near.Relative(model.ExpectedPurchases(h), model.ExpectedPurchases(blank, h), 1e-13);
        Near.Relative(model.ProbabilityOfPurchases(2, h), model.ProbabilityOfPurchases(blank, 2, h), 1e-12);
        DiscountRate rate = DiscountRate.PerYear(0.1);
        Near.Relative(model.DiscountedPurchases(rate, h), model.DiscountedPurchases(blank, rate, h), 1e-13);
        Near.Relative(model.DiscountedLifetime(rate, h), model.DiscountedLifetime(blank, rate, h), 1e-13);
    });

    [Fact]
    public void LogLikelihood_OfAll_IsTheSumOverHistories() => Check((model, history, t, _) =>
    {
        PurchaseHistory[] rows = [history, PurchaseHistory.Of(0, 0, t, TimeUnit.Week), PurchaseHistory.Of(3, t / 2, t, TimeUnit.Week)];
        Assert.All(rows, row => Assert.True(double.IsFinite(model.LogLikelihood(row))));
        double sum = rows.Sum(row => model.LogLikelihood(row));
        Near.Absolute(sum, model.LogLikelihood(Columns(rows, TimeUnit.Week)), 1e-13 * Math.Max(1, rows.Sum(row => Math.Abs(model.LogLikelihood(row)))));
    });

    [Fact]
    public void OneCustomer_AndAllInColumns_HaveTheSameBits() => Check((model, history, t, longer) =>
    {
        PurchaseHistory[] rows = [history, PurchaseHistory.Of(0, 0, t, TimeUnit.Week), history, PurchaseHistory.Of(history.Frequency + 1, t / 2, t, TimeUnit.Week)];
        PurchaseHistories columns = Columns(rows, TimeUnit.Week);
        DiscountRate rate = DiscountRate.PerYear(0.1);
        Horizon h = Horizon.Weeks(longer);
        double[] alive = new double[4], ahead = new double[4], dert = new double[4], life = new double[4];
        model.ProbabilityAlive(columns, alive);
        model.ExpectedPurchases(columns, h, ahead);
        model.DiscountedPurchases(columns, rate, Horizon.Unlimited, dert);
        model.DiscountedLifetime(columns, rate, h, life);
        for (int row = 0; row < rows.Length; row++)
        {
            Assert.Equal(Bits(model.ProbabilityAlive(rows[row])), Bits(alive[row]));
            Assert.Equal(Bits(model.ExpectedPurchases(rows[row], h)), Bits(ahead[row]));
            Assert.Equal(Bits(model.DiscountedPurchases(rows[row], rate, Horizon.Unlimited)), Bits(dert[row]));
            Assert.Equal(Bits(model.DiscountedLifetime(rows[row], rate, h)), Bits(life[row]));
        }
    });

    [Fact]
    public void Answers_InDaysInsteadOfWeeks_AreTheSame() => Check((model, history, t, _) =>
    {
        var p = model.Parameters.ToDictionary(entry => entry.Key, entry => entry.Value);
        p["alpha"] *= 7;
        if (p.ContainsKey("beta"))
        {
            p["beta"] *= 7;
        }

        IPurchaseModel daily = PurchaseModels.Create(model.Name, p, TimeUnit.Day);
        var inDays = PurchaseHistory.Of(history.Frequency, history.Recency * 7, history.Age * 7, TimeUnit.Day);
        Horizon h = Horizon.Weeks(t);
        DiscountRate rate = DiscountRate.PerYear(0.1);
        Near.Relative(model.ProbabilityAlive(history), daily.ProbabilityAlive(inDays), 1e-11);
        Near.Relative(model.ExpectedPurchases(history, h), daily.ExpectedPurchases(inDays, h), 1e-11);
        Near.Relative(model.DiscountedPurchases(history, rate, h), daily.DiscountedPurchases(inDays, rate, h), 1e-11);
        Near.Relative(7 * model.DiscountedLifetime(history, rate, h), daily.DiscountedLifetime(inDays, rate, h), 1e-11);
        double shift = history.Frequency * Math.Log(7);
        Near.Absolute(model.LogLikelihood(history) - shift, daily.LogLikelihood(inDays), 1e-11 * Math.Max(1, Math.Abs(model.LogLikelihood(history)) + shift));
    });

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    // Shapes from 1/20 to 20.
    private static double Shape(double size) => Math.Sqrt(size);

    private static PurchaseHistories Columns(PurchaseHistory[] rows, TimeUnit unit) => PurchaseHistories.FromColumns(
        new() { Frequency = [.. rows.Select(row => row.Frequency)], Recency = [.. rows.Select(row => row.Recency)], Age = [.. rows.Select(row => row.Age)] },
        new() { Unit = unit });

    private static void Check(Action<PurchaseModel, PurchaseHistory, double, double> holds) =>
        Prop.ForAll(_cases, given => holds(given.Model, given.History, given.T, given.Longer)).Check(_config);
}
