using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Lifetime value from its terms, by example and by its definition: margin · spend · DERT less the costs.</summary>
public sealed class CustomerValuesTests
{
    private static readonly MbgNbd _buying = new(1.5, 6, 1.4, 3, TimeUnit.Week);
    private static readonly GammaGamma _spend = new(6, 4, 15, Currency.Usd);
    private static readonly DiscountRate _tenPercent = DiscountRate.PerYear(0.10);
    private static readonly Horizon _year = Horizon.Weeks(52);

    private static readonly PurchaseHistories _histories = PurchaseHistories.FromColumns(
        new() { Frequency = [0, 2, 7], Recency = [0, 30, 12], Age = [20, 39, 39], MeanSpend = [0, 22.35, 73.74], Customers = [100, 1, 3] },
        new() { Unit = TimeUnit.Week, Currency = Currency.Usd });

    [Fact]
    public void Of_NoCosts_IsMarginTimesSpendTimesDiscountedPurchases()
    {
        var values = CustomerValues.Of(_histories, _buying, _spend, new() { Margin = 0.3, Discount = _tenPercent });

        double total = 0;
        for (int row = 0; row < 3; row++)
        {
            PurchaseHistory history = _histories[row];
            double dert = _buying.DiscountedPurchases(history, _tenPercent, Horizon.Unlimited);
            Assert.Equal(_buying.ProbabilityAlive(history), values.ProbabilityAlive[row]);
            Assert.Equal(dert, values.DiscountedPurchases[row]);
            Assert.Equal(_spend.ExpectedSpend(history), values.ExpectedSpend[row]);
            Near.Relative(0.3 * _spend.ExpectedSpend(history) * dert, values.Clv[row], 1e-15);
            total += values.Clv[row] * _histories.Customers[row];
        }

        Near.Relative(total, values.Total, 1e-15);
    }

    [Fact]
    public void Of_CostsToSellAndServe_AreTakenOffPerPurchaseAndPerYearAlive()
    {
        var free = new ClvTerms { Margin = 0.5, Discount = _tenPercent, Horizon = _year };
        var costly = free with { CostToSell = Money.Of(2m, Currency.Usd), CostToServe = Money.Of(10m, Currency.Usd), CostToAttract = Money.Of(99m, Currency.Usd) };

        var without = CustomerValues.Of(_histories, _buying, _spend, free);
        var with = CustomerValues.Of(_histories, _buying, _spend, costly);

        for (int row = 0; row < 3; row++)
        {
            double weeks = _buying.DiscountedLifetime(_histories[row], _tenPercent, _year);
            double costs = (2 * without.DiscountedPurchases[row]) + (10 * weeks * 7 / 365.25);
            Near.Relative(without.Clv[row] - costs, with.Clv[row], 1e-13);
        }
    }

    [Fact]
    public void OfNewCustomer_CostToAttract_IsTakenOffOnceAfterTheFirstPurchase()
    {
        var terms = new ClvTerms { Margin = 0.5, Discount = _tenPercent, Horizon = _year, CostToSell = Money.Of(2m, Currency.Usd), CostToAttract = Money.Of(9m, Currency.Usd) };

        double value = CustomerValues.OfNewCustomer(_buying, _spend, terms);

        double purchases = 1 + _buying.DiscountedPurchases(_tenPercent, _year);
        Near.Relative((((0.5 * _spend.ExpectedSpend()) - 2) * purchases) - 9, value, 1e-14);
    }

    [Fact]
    public void Of_CustomerDoor_IsTheRow()
    {
        var values = CustomerValues.Of(_histories, _buying, _spend, new() { Horizon = _year });

        CustomerValue third = values["3"];
        Assert.Equal(values.Clv[2], third.Clv);
        Assert.Equal(values.ExpectedSpend[2], third.ExpectedSpend);
        Assert.Equal(values.ProbabilityAlive[2], third.ProbabilityAlive);
        Assert.Equal(values.DiscountedPurchases[2], third.DiscountedPurchases);
        Assert.True(third.HasOwnSpend);
        Assert.False(values["1"].HasOwnSpend);
        Assert.Throws<KeyNotFoundException>(() => values["4"]);
    }

    [Theory]
    [InlineData(0.8, "a is at most 1")]
    [InlineData(1, "a is at most 1")]
    public void Of_NoDiscountAndNoHorizon_IsRefusedWhereItIsInfinite(double a, string why)
    {
        var buying = new MbgNbd(1.5, 6, a, 3, TimeUnit.Week);

        Assert.False(buying.HasDiscountedPurchases(DiscountRate.Zero, Horizon.Unlimited));
        var exception = Assert.Throws<UndefinedValueException>(() => CustomerValues.Of(_histories, buying, _spend, new()));
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Give a discount rate above 0 or a limited horizon.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<UndefinedValueException>(() => CustomerValues.OfNewCustomer(buying, _spend, new()));
    }

    [Fact]
    public void Of_NoDiscountAndNoHorizon_IsTheClosedFormWhereItIsFinite()
    {
        var values = CustomerValues.Of(_histories, _buying, _spend, new());

        // Alive, with p ~ Beta(a, b + x + 1): E[1/p].
        for (int row = 0; row < 3; row++)
        {
            double b = 3 + _histories.Frequency[row] + 1;
            Near.Relative(values.ProbabilityAlive[row] * (1.4 + b - 1) / 0.4, values.DiscountedPurchases[row], 1e-14);
        }

        Assert.Throws<UndefinedValueException>(() => CustomerValues.Of(
            _histories, new MbgNbd(1, 6, 1.4, 3, TimeUnit.Week), _spend, new() { CostToServe = Money.Of(1m, Currency.Usd) }));
    }

    [Theory]
    [InlineData(1.05)]
    [InlineData(1.4)]
    [InlineData(3)]
    public void DiscountedPurchases_VanishingDiscount_ReachTheClosedForm(double a)
    {
        // Below the doors, which take no rate so near to none.
        var process = new BetaGeometricProcess(3.5, 45, a, 5);
        double forEver = process.DiscountedPurchases(0, double.PositiveInfinity);

        double almost = process.DiscountedPurchases(1e-200, double.PositiveInfinity);

        Near.Relative(forEver, almost, 1e-9);
    }

    [Fact]
    public void Of_OtherUnit_NamesBoth()
    {
        var daily = new MbgNbd(1.5, 42, 1.4, 3, TimeUnit.Day);

        var exception = Assert.Throws<UnitMismatchException>(() => CustomerValues.Of(_histories, daily, _spend, new() { Horizon = _year }));

        Assert.Contains("'day'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'week'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<UnitMismatchException>(() => daily.ProbabilityAlive(_histories[0]));
        var unnamed = new MbgNbd(1.5, 42, 1.4, 3, TimeUnit.Unnamed);
        Assert.Throws<UnitMismatchException>(() => unnamed.ExpectedPurchases(_year));
        Assert.Throws<UnitMismatchException>(() => unnamed.DiscountedPurchases(_tenPercent, Horizon.Unlimited));
    }

    [Fact]
    public void Of_OtherCurrency_NamesBoth()
    {
        var inEuro = new GammaGamma(6, 4, 15, Currency.Of("EUR"));
        var costInYen = new ClvTerms { Horizon = _year, CostToSell = Money.Of(2m, "JPY") };

        AssertNames(Assert.Throws<CurrencyMismatchException>(() => CustomerValues.Of(_histories, _buying, inEuro, new() { Horizon = _year })), "EUR", "USD");
        AssertNames(Assert.Throws<CurrencyMismatchException>(() => CustomerValues.Of(_histories, _buying, _spend, costInYen)), "USD", "JPY");
        AssertNames(Assert.Throws<CurrencyMismatchException>(() => CustomerValues.OfNewCustomer(_buying, _spend, costInYen)), "USD", "JPY");

        static void AssertNames(CurrencyMismatchException exception, string first, string second)
        {
            Assert.Contains(first, exception.Message, StringComparison.Ordinal);
            Assert.Contains(second, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(30)]
    [InlineData(double.NaN)]
    public void ClvTerms_MarginOutsideZeroToOne_IsRefused(double margin) =>
        Assert.Throws<ArgumentOutOfRangeException>("Margin", () => new ClvTerms { Margin = margin });

    [Fact]
    public void ClvTerms_NegativeCost_IsRefusedByName()
    {
        var negative = Money.Of(-0.01m, Currency.Usd);
        Assert.Throws<ArgumentOutOfRangeException>("CostToSell", () => new ClvTerms { CostToSell = negative });
        Assert.Throws<ArgumentOutOfRangeException>("CostToServe", () => new ClvTerms { CostToServe = negative });
        Assert.Throws<ArgumentOutOfRangeException>("CostToAttract", () => new ClvTerms { CostToAttract = negative });
    }

    [Fact]
    public void ExpectedPurchases_UnlimitedHorizon_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => _buying.ExpectedPurchases(Horizon.Unlimited));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => _buying.SimulatePurchases(Horizon.Unlimited, 1, 1));
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-310)]
    [InlineData(1e-20)]
    public void ExpectedPurchases_VanishingHorizon_IsRateTimesHorizon(double weeks)
    {
        var buying = new BgNbd(0.25, 5, 0.8, 2.4, TimeUnit.Week);

        Near.Absolute(0.05 * weeks, buying.ExpectedPurchases(Horizon.Weeks(weeks)), Math.Max(double.Epsilon, 1e-15 * weeks));
    }

    // Rows in another order, or shared, are the same base: its total has the same bits.
    [Fact]
    public void Total_RowsInAnotherOrderOrShared_HasTheSameBits()
    {
        int[] x = [.. Enumerable.Range(0, 300).Select(i => i % 7)];
        double[] recency = [.. x.Select((count, i) => count == 0 ? 0.0 : 1 + (i % 13))];
        double[] spend = [.. x.Select((count, i) => count == 0 ? 0.0 : 5 + (i % 11) + 0.1)];
        double[] age = [.. x.Select((_, i) => 20.0 + (i % 5))];
        double Total(int[] order, int[]? customers) => CustomerValues.Of(
            PurchaseHistories.FromColumns(
                new()
                {
                    Frequency = [.. order.Select(i => x[i])],
                    Recency = [.. order.Select(i => recency[i])],
                    Age = [.. order.Select(i => age[i])],
                    MeanSpend = [.. order.Select(i => spend[i])],
                    Customers = customers,
                },
                new() { Unit = TimeUnit.Week }),
            new MbgNbd(0.6, 7, 0.9, 1.5, TimeUnit.Week),
            new GammaGamma(6, 4, 15),
            new() { Discount = DiscountRate.PerYear(0.10) }).Total;
        int[] rows = [.. Enumerable.Range(0, 300)];
        double expected = Total([.. rows, .. rows], null);
        Assert.Equal(expected, Total([.. rows.Reverse(), .. rows], null));
        Assert.Equal(expected, Total(rows, [.. Enumerable.Repeat(2, 300)]));
    }

    [Fact]
    public void ExpectedSpend_HistoryInAnotherCurrency_IsRefusedByBothDoors()
    {
        var spend = new GammaGamma(6, 4, 15, Currency.Usd);
        var inEuro = PurchaseHistory.Of(2, 3, 4, TimeUnit.Week, 20, Currency.Eur);
        Assert.Contains("EUR", Assert.Throws<CurrencyMismatchException>(() => spend.ExpectedSpend(inEuro)).Message, StringComparison.Ordinal);
        Assert.Throws<CurrencyMismatchException>(() => spend.LogLikelihood(inEuro));
        Assert.Equal(30, spend.ExpectedSpend(PurchaseHistory.Of(0, 0, 4, TimeUnit.Week, 0, Currency.Eur)));
    }

    [Fact]
    public void SpendDistribution_ToStringAndDefault_AreSafe()
    {
        Assert.Contains("tail shape 1.5", new GammaGamma(2, 1.5, 10).Distribution(default).ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => default(SpendDistribution).CumulativeProbability(1));
    }
}
