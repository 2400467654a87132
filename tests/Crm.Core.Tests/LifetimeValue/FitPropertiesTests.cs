using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Properties of fits: what must change nothing changes no bit, and what scales the data scales the fit.</summary>
public sealed class FitPropertiesTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithReplay(20_050_401, 7);

    private static readonly GammaGamma _spend = new(5, 3, 20, Currency.Usd);

    // 1,500 customers in whole weeks, so that many histories are equal.
    private static readonly PurchaseHistories _base = Rounded(
        Simulated.Base(new MbgNbd(0.6, 5, 0.9, 2, TimeUnit.Week), 1500, Horizon.Weeks(60), 8, _spend));

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_CustomersInAnotherOrder_HasTheSameBits(string model)
    {
        PurchaseHistories shuffled = Rows(_base, [.. Enumerable.Range(0, _base.Count).OrderBy(row => row * 7919L % 1511)]);

        Assert.Equal(Bits(PurchaseModels.Fit(model, _base).Statistics!), Bits(PurchaseModels.Fit(model, shuffled).Statistics!));
        Assert.Equal(Bits(GammaGamma.Fit(_base).Statistics!), Bits(GammaGamma.Fit(shuffled).Statistics!));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_EqualRowsCollapsedToACount_HasTheSameBits(string model)
    {
        var groups = Enumerable.Range(0, _base.Count)
            .GroupBy(row => (_base.Frequency[row], _base.Recency[row], _base.Age[row], _base.MeanSpend[row]))
            .Select(group => (First: group.First(), Customers: group.Count()))
            .ToArray();
        PurchaseHistories collapsed = Rows(_base, [.. groups.Select(group => group.First)], [.. groups.Select(group => group.Customers)]);

        Assert.True(collapsed.Count < _base.Count);
        Assert.Equal(_base.CustomerCount, collapsed.CustomerCount);
        var whole = PurchaseModels.Fit(model, _base);
        Assert.Equal(Bits(whole.Statistics!), Bits(PurchaseModels.Fit(model, collapsed).Statistics!));
        Assert.Equal(Bits(GammaGamma.Fit(_base).Statistics!), Bits(GammaGamma.Fit(collapsed).Statistics!));
        var terms = new ClvTerms { Horizon = Horizon.Weeks(52) };
        Near.Relative(
            CustomerValues.Of(_base, whole.Model!, _spend, terms).Total, CustomerValues.Of(collapsed, whole.Model!, _spend, terms).Total, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_InDaysInsteadOfWeeks_IsTheFitTimesSeven(string model)
    {
        PurchaseHistories daily = PurchaseHistories.FromColumns(
            new()
            {
                Frequency = _base.Frequency.ToArray(),
                Recency = [.. _base.Recency.ToArray().Select(t => t * 7)],
                Age = [.. _base.Age.ToArray().Select(t => t * 7)],
            },
            new() { Unit = TimeUnit.Day });

        var weeks = PurchaseModels.Fit(model, _base);
        var days = PurchaseModels.Fit(model, daily);

        double shift = _base.Frequency.ToArray().Sum() * Math.Log(7);
        Near.Absolute(weeks.Statistics!.LogLikelihood - shift, days.Statistics!.LogLikelihood, 1e-7);
        foreach (var (inWeeks, inDays) in weeks.Statistics.Parameters.Zip(days.Statistics.Parameters))
        {
            double factor = inWeeks.Name is "alpha" or "beta" ? 7 : 1;
            Near.Relative(inWeeks.Value * factor, inDays.Value, 1e-9, inWeeks.Name);
            Near.Relative(inWeeks.StandardError * factor, inDays.StandardError, 1e-8, inWeeks.Name);
        }
    }

    [Fact]
    public void SpendFit_MoneyScaled_ScalesGammaSpendAndValue() => Prop.ForAll(
        Gen.Elements(0.01, 0.37, 3, 100, 12_345).ToArbitrary(),
        factor =>
        {
            PurchaseHistories scaled = PurchaseHistories.FromColumns(
                new()
                {
                    Frequency = _base.Frequency.ToArray(),
                    Recency = _base.Recency.ToArray(),
                    Age = _base.Age.ToArray(),
                    MeanSpend = [.. _base.MeanSpend.ToArray().Select(m => m * factor)],
                },
                _base.Frame);
            GammaGamma one = GammaGamma.Fit(_base).OrThrow();
            GammaGamma other = GammaGamma.Fit(scaled).OrThrow();
            Near.Relative(one.P, other.P, 1e-9, "p");
            Near.Relative(one.Q, other.Q, 1e-9, "q");
            Near.Relative(one.Gamma * factor, other.Gamma, 1e-9, "γ");
            var buying = new MbgNbd(0.6, 5, 0.9, 2, TimeUnit.Week);
            var terms = new ClvTerms { Margin = 0.4, Discount = DiscountRate.PerYear(0.1) };
            var values = CustomerValues.Of(_base, buying, one, terms);
            var larger = CustomerValues.Of(scaled, buying, other, terms);
            for (int row = 0; row < _base.Count; row += 97)
            {
                Near.Relative(values.ExpectedSpend[row] * factor, larger.ExpectedSpend[row], 1e-9, "spend");
                Near.Relative(values.Clv[row] * factor, larger.Clv[row], 1e-9, "CLV");
            }
        }).Check(_config.WithMaxTest(8));

    [Fact]
    public void ExpectedSpend_OneCustomerAndAllInColumns_HaveTheSameBits()
    {
        double[] columns = new double[_base.Count];
        _spend.ExpectedSpend(_base, columns);

        for (int row = 0; row < _base.Count; row++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(_spend.ExpectedSpend(_base[row])), BitConverter.DoubleToInt64Bits(columns[row]));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void FitDocument_ThereAndBack_MakesTheSameModels(string model)
    {
        var fit = PurchaseModels.Fit(model, _base);
        var spend = GammaGamma.Fit(_base);
        FitDocument buying = FitDocument.FromJson(FitDocument.Of(fit, _base).ToJson());
        FitDocument spending = FitDocument.FromJson(FitDocument.Of(spend, _base).ToJson());

        IPurchaseModel read = buying.ToPurchaseModel();
        ISpendModel readSpend = spending.ToSpendModel();

        Assert.Equal(fit.Model!.Parameters, read.Parameters);
        Assert.Equal(TimeUnit.Week, read.Unit);
        Assert.Equal(spend.Model!.Parameters, readSpend.Parameters);
        Assert.Equal(Currency.Usd, readSpend.Currency);
        Assert.Equal(fit.Statistics!.LogLikelihood, buying.LogLikelihood);
        Assert.Equal(fit.Statistics.Aic, buying.Aic);
        Assert.Equal(fit.Statistics.Bic, buying.Bic);
        Assert.Equal(1500, buying.Customers);
        Assert.All(fit.Statistics.Parameters, parameter => Assert.Equal(parameter.StandardError, buying.StandardErrors![parameter.Name]));
        var terms = new ClvTerms { Discount = DiscountRate.PerYear(0.1) };
        Assert.Equal(CustomerValues.Of(_base, fit.Model, spend.Model, terms).Total, CustomerValues.Of(_base, read, readSpend, terms).Total);
    }

    [Fact]
    public void FitDocument_RandomParameters_KeepEveryBit() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).Two().ToArbitrary(),
        pair =>
        {
            // Any bits of a number in the range of a parameter.
            ulong bits = unchecked(((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2) & 0x7FEF_FFFF_FFFF_FFFF;
            double value = Math.Clamp(BitConverter.UInt64BitsToDouble(bits), 1e-30, 1e30);
            var document = FitDocument.Of(new BgNbd(value, value, value, value, TimeUnit.Week));
            Assert.All(FitDocument.FromJson(document.ToJson()).ToPurchaseModel().Parameters, entry => Assert.Equal(value, entry.Value));
        }).Check(_config.WithMaxTest(300));

    // 30,000 distinct rows are 235 chunks: sums from one thread and from many, in the order each happens to finish.
    [Fact]
    public void RowSums_OneThreadOrMany_HaveTheSameBits()
    {
        var random = new RandomStream(5, 9, 0);
        double[] terms = new double[30_000];
        for (int row = 0; row < terms.Length; row++)
        {
            terms[row] = random.NextNormal() * Math.Exp(5 * random.NextNormal());
        }

        double expected = InOrder(terms);
        for (int trial = 0; trial < 20; trial++)
        {
            int pause = trial;
            double[] sums = RowSums.Of(
                terms.Length,
                1,
                (from, to, lanes) =>
                {
                    Thread.SpinWait(pause * ((from / RowSums.ChunkRows * 7919) % 1000));
                    for (int row = from; row < to; row++)
                    {
                        lanes[row % RowSums.Lanes] += terms[row];
                    }
                },
                CancellationToken.None);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(sums[0]));
        }
    }

    // Side by side they take each other's threads, so that each has now one and now several.
    [Fact]
    public async Task Fit_WithFewThreadsOrMany_HasTheSameBits()
    {
        PurchaseHistories many = Simulated.Base(new MbgNbd(3, 5, 0.9, 6, TimeUnit.Week), 12_000, Horizon.Weeks(60), 8);
        string alone = Bits(MbgNbd.Fit(many).Statistics!);

        FitStatistics[] together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MbgNbd.Fit(many).Statistics!)));

        Assert.True(many.Distinct.Count > RowSums.ChunkRows);
        Assert.All(together, statistics => Assert.Equal(alone, Bits(statistics)));
    }

    // The stated order: lanes of a chunk, then chunks.
    private static double InOrder(double[] terms)
    {
        double total = 0;
        foreach (double[] chunk in terms.Chunk(128))
        {
            double sum = 0;
            for (int lane = 0; lane < 8; lane++)
            {
                double ofLane = 0;
                for (int row = lane; row < chunk.Length; row += 8)
                {
                    ofLane += chunk[row];
                }

                sum += ofLane;
            }

            total += sum;
        }

        return total;
    }

    private static string Bits(FitStatistics statistics) => string.Join(
        " ",
        statistics.Parameters.SelectMany(parameter => new[] { parameter.Value, parameter.StandardError }).Append(statistics.LogLikelihood)
            .Select(value => BitConverter.DoubleToInt64Bits(value).ToString("X16", CultureInfo.InvariantCulture)));

    private static PurchaseHistories Rounded(PurchaseHistories histories)
    {
        double[] recency = [.. histories.Recency.ToArray().Select(t => Math.Ceiling(t))];
        double[] age = [.. histories.Age.ToArray().Select(t => Math.Ceiling(t))];
        double[] spend = [.. histories.MeanSpend.ToArray().Select(m => Math.Ceiling(m))];
        return PurchaseHistories.FromColumns(
            new() { Frequency = histories.Frequency.ToArray(), Recency = recency, Age = age, MeanSpend = spend }, histories.Frame);
    }

    private static PurchaseHistories Rows(PurchaseHistories histories, int[] rows, int[]? customers = null) => PurchaseHistories.FromColumns(
        new()
        {
            Ids = [.. rows.Select(row => histories.Ids[row])],
            Frequency = [.. rows.Select(row => histories.Frequency[row])],
            Recency = [.. rows.Select(row => histories.Recency[row])],
            Age = [.. rows.Select(row => histories.Age[row])],
            MeanSpend = [.. rows.Select(row => histories.MeanSpend[row])],
            Customers = customers,
        },
        histories.Frame);
}
