using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

// Examples of the documentation, worked by hand; what is refused; and the slow oracle on bases too large and too odd to be generated.
public sealed class RfmSchemeTests
{
    public static TheoryData<string, double[], int[]> ByHand => new()
    {
        { "no ties", [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5] },
        { "seven customers: cuts at 1.4, 2.8, 4.2 and 5.6 of them", [1, 2, 3, 4, 5, 6, 7], [1, 2, 2, 3, 4, 4, 5] },
        { "a tie across every cut", [1, 1, 1, 1, 1, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1, 2, 3, 4, 5] },
        { "a tie at the top leaves a value to every bin", [1, 2, 3, 4, 9, 9, 9, 9, 9, 9], [1, 2, 3, 4, 5, 5, 5, 5, 5, 5] },
        { "four values", [1, 1, 2, 2, 3, 3, 4], [1, 1, 2, 2, 4, 4, 5] },
        { "three values", [1, 2, 2, 3], [1, 3, 3, 5] },
        { "two values", [0, 0, 0, 8], [1, 1, 1, 5] },
        { "all equal", [4, 4, 4], [3, 3, 3] },
        { "one customer", [4], [3] },
        { "nobody", [], [] },
        { "negative, and two zeros", [-3, -0.0, 0, 2, 5, 9], [1, 2, 2, 3, 4, 5] },
    };

    public static TheoryData<int, int> SizesAndBins
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (int size in (int[])[300, 2_357])
            {
                foreach (int bins in (int[])[2, 5, 10])
                {
                    cases.Add(size, bins);
                }
            }

            return cases;
        }
    }

    public static TheoryData<Func<RfmCut>, string, string> RefusedCuts => new()
    {
        { () => RfmCut.Quantiles(1), "bins", "Must be a number from 2 to 10; it was 1." },
        { () => RfmCut.NaturalBreaks(11), "bins", "it was 11." },
        { () => RfmCut.Days(), "points", "A cut has 1 to 9 points; this one has 0." },
        { () => RfmCut.Days(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), "points", "this one has 10." },
        { () => RfmCut.Days(-1, double.NaN, 5, 5), "points", "3 values are wrong: row 0, points: found -1, expected 0 days or more; row 1, points: found NaN, expected a finite number; row 3, points: found 5, expected more than the 5 before it" },
        { () => RfmCut.Purchases(0, 3), "points", "row 0, points: found 0, expected a whole number of purchases, 1 or more" },
        { () => RfmCut.Amounts(Currency.Eur, 10, 9.5m), "points", "row 1, points: found 9.5, expected more than the 10 before it" },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Score_QuintilesOfMoney_ScoreAsByHand(string what, double[] money, int[] scores)
    {
        Assert.NotEmpty(what);
        Assert.Equal(scores, RfmBase.OfMoney(money).Score(RfmScheme.Quintiles).Money.ToArray().Select(score => (int)score));
    }

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Score_QuintilesOfDays_AreThoseOfMoneyTurnedRound(string what, double[] money, int[] scores)
    {
        Assert.NotEmpty(what);
        double[] days = [.. money.Select(value => 1_000 - value)];
        Assert.Equal(scores, RfmBase.OfDays(days).Score(RfmScheme.Quintiles).Recency.ToArray().Select(score => (int)score));
    }

    [Theory]
    [InlineData(2, 3, new[] { 1, 1, 2 })] // 1.5 customers: of 1 and 2 the cut with more below
    [InlineData(4, 2, new[] { 1, 4 })]
    [InlineData(4, 3, new[] { 1, 2, 4 })] // 1 + 1.5 is a half, and goes down
    [InlineData(4, 1, new[] { 2 })]
    [InlineData(10, 3, new[] { 1, 5, 10 })]
    [InlineData(10, 4, new[] { 1, 4, 7, 10 })]
    public void Score_HalvesAndFewValues_GoDownAndSpread(int bins, int values, int[] scores) => Assert.Equal(
        scores, RfmBase.OfMoney([.. Enumerable.Range(0, values).Select(i => (double)i)]).Score(Of(bins)).Money.ToArray().Select(score => (int)score));

    // The oracle tries every boundary, so that the bases are small; what is special is how their values lie in the table of counts.
    [Theory]
    [MemberData(nameof(SizesAndBins))]
    public void Score_ValuesOfAnyShape_ScoreAsByTheOracle(int size, int bins)
    {
        var random = new Random(7);
        (string Name, Func<int, double> Value)[] shapes =
        [
            ("even", i => random.NextDouble()),
            ("free or dear", i => random.Next(3) == 0 ? 0 : Math.Round(Math.Exp(6 * random.NextDouble()), 2)),
            ("one giant", i => i == 0 ? 1e300 : random.Next(1_000) + 0.5),
            ("all in one place of the table", i => i == 0 ? -1e308 : i == 1 ? 1e308 : 1 + (random.Next(9) * 1e-12)),
            ("neighbours of one", i => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(1) + random.Next(40_000))),
            ("one with almost all", i => random.Next(50) == 0 ? random.NextDouble() : 0.25),
            ("subnormal", i => random.Next(30) * double.Epsilon),
        ];
        foreach (var (name, value) in shapes)
        {
            double[] money = [.. Enumerable.Range(0, size).Select(value)];
            RfmBase customers = RfmBase.OfMoney(money);
            RfmTable table = customers.Score(Of(bins));
            int[] asked = [.. Enumerable.Range(0, size).Where(row => row % (size / 30) == 0)];
            Assert.All(asked, row => Assert.True(customers.SlowScore(RfmDimension.Money, bins, customers.Rows[row]) == table[row].Money, name));
            Assert.Equal(Math.Min(bins, money.Distinct().Count()), table.Money.ToArray().Distinct().Count());
        }
    }

    [Fact]
    public void Score_OwnPoints_AreTheLastValuesThatEarnTheBetterScore()
    {
        RfmScheme scheme = RfmScheme.Of(RfmCut.Days(30, 90), RfmCut.Purchases(2, 5, 10), RfmCut.Amounts(Currency.Eur, 50));
        Assert.True(scheme.IsFixed);
        Assert.Equal("3-4-2", scheme.Score(Customer(30, 10, 50)).ToString());
        Assert.Equal("2-3-1", scheme.Score(Customer(30.5, 9, 49.99m)).ToString());
        Assert.Equal("1-1-1", scheme.Score(Customer(90.1, 1, -1_000)).ToString());
        Assert.Equal(9, scheme.Score(Customer(0, 99, 1_000)).Sum);
        Assert.Equal("own of 3 at 30, 90 days", scheme.Recency.ToString());
        Assert.Equal(("days", "purchases", "EUR"), (scheme.Recency.Unit, scheme.Frequency.Unit, scheme.Money.Unit));
    }

    [Fact]
    public void Fit_ReferenceBase_FreezesWhatScoresMean()
    {
        RfmScheme frozen = RfmScheme.Quintiles.Fit(RfmBase.OfMoney(10, 20, 30, 40, 50, 60, 70, 80, 90, 100).Columns(Currency.Eur));
        Assert.Equal([30.0, 50, 70, 90], frozen.Money.Points);
        Assert.Equal((RfmCutKind.Quantiles, Currency.Eur), (frozen.Money.Kind, frozen.Money.Currency));

        // Tomorrow all are rich, and score so.
        RfmTable tomorrow = RfmBase.OfMoney(95, 96, 97, 1_000).Score(frozen, Currency.Eur);
        Assert.Equal([5, 5, 5, 5], tomorrow.Money.ToArray().Select(score => (int)score));
        Assert.Equal(4, frozen.Score(new RfmCustomer(CustomerId.None, 1, 1, Money.Of(89.99m, "EUR"))).Money);
    }

    [Fact]
    public void Fit_FewerValuesThanBins_KeepsTheSpreadScores()
    {
        RfmScheme frozen = RfmScheme.Quintiles.Fit(RfmBase.OfDays(3, 3, 10).Columns());
        Assert.Equal([3.0], frozen.Recency.Points);
        Assert.Equal([1, 5], frozen.Recency.Scores);
        Assert.Empty(frozen.Money.Points);
        Assert.Equal([3], frozen.Money.Scores);
    }

    [Fact]
    public void Fit_OwnPoints_KeepsThem()
    {
        RfmScheme scheme = RfmScheme.Of(RfmCut.Days(7), RfmCut.Quantiles(2), RfmCut.NaturalBreaks(2));
        RfmScheme frozen = scheme.Fit(RfmBase.OfMoney(1, 2, 100).Columns());
        Assert.Equal(scheme.Recency, frozen.Recency);
        Assert.Equal([100.0], frozen.Money.Points);
        Assert.False(scheme.IsFixed);
    }

    [Theory]
    [MemberData(nameof(RefusedCuts))]
    public void Cut_WrongPoints_AreRefusedWithTheReason(Func<RfmCut> make, string parameter, string reason)
    {
        var refusal = Assert.ThrowsAny<ArgumentException>(make);
        Assert.Equal(parameter, refusal.ParamName);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PointsOfAnotherDimension_AreRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => RfmScheme.Of(RfmCut.Purchases(2), RfmCut.Quantiles(), RfmCut.Quantiles()));
        Assert.Equal("recency", refusal.ParamName);
        Assert.Contains("The points count purchases: they cut frequency and not recency.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("money", Assert.Throws<ArgumentNullException>(() => RfmScheme.Of(RfmCut.Quantiles(), RfmCut.Quantiles(), null!)).ParamName);
    }

    [Fact]
    public void Fit_Nobody_IsRefused() =>
        Assert.Equal("reference", Assert.Throws<ArgumentException>(() => RfmScheme.Quintiles.Fit(RfmBase.OfMoney().Columns())).ParamName);

    [Fact]
    public void Score_OneCustomerWithoutPoints_IsRefused() => Assert.Contains(
        "Fit the scheme to a base first.", Assert.Throws<InvalidOperationException>(() => RfmScheme.Quintiles.Score(Customer(1, 1, 1))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1, 1, "DaysSinceLastPurchase")]
    [InlineData(double.NaN, 1, "DaysSinceLastPurchase")]
    [InlineData(double.PositiveInfinity, 1, "DaysSinceLastPurchase")]
    [InlineData(1, -1, "PurchaseDays")]
    public void Score_OneCustomerWithWrongValues_IsRefused(double days, int purchases, string parameter)
    {
        RfmScheme scheme = RfmScheme.Of(RfmCut.Days(7), RfmCut.Purchases(2), RfmCut.Amounts(Currency.Eur, 10));
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => scheme.Score(Customer(days, purchases, 1))).ParamName);
    }

    [Fact]
    public void Score_AnotherCurrency_IsRefusedNamingBoth()
    {
        RfmScheme scheme = RfmScheme.Of(RfmCut.Days(7), RfmCut.Purchases(2), RfmCut.Amounts(Currency.Usd, 10));
        RfmCustomer euros = Customer(1, 1, 1);
        Assert.All(
            (Action[])
            [
                () => scheme.Score(euros),
                () => scheme.Score([euros]),
                () => RfmBase.OfMoney(1).Score(scheme, Currency.Eur),
                () => scheme.Fit(RfmBase.OfMoney(1).Columns(Currency.Eur)),
                () => RfmScheme.Quintiles.Score([euros with { Id = RfmBase.Id(1), Spent = Money.Of(1, "USD") }, euros with { Id = RfmBase.Id(2) }]),
            ],
            door =>
            {
                var refusal = Assert.Throws<CurrencyMismatchException>(door);
                Assert.Equal((Currency.Usd, Currency.Eur), (refusal.Expected, refusal.Found));
            });
        Assert.Equal(0, scheme.Score(Enumerable.Empty<RfmCustomer>()).Count);
    }

    [Fact]
    public void Score_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => RfmScheme.Quintiles.Score(RfmBase.OfMoney(1, 2, 3).Columns(), new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => RfmScheme.Quintiles.Fit(RfmBase.OfMoney(1, 2, 3).Columns(), new CancellationToken(true)));
    }

    private static RfmScheme Of(int bins) => RfmScheme.Of(RfmCut.Quantiles(bins), RfmCut.Quantiles(bins), RfmCut.Quantiles(bins));

    private static RfmCustomer Customer(double days, int purchases, decimal euros) => new(CustomerId.None, days, purchases, Money.Of(euros, Currency.Eur));
}
