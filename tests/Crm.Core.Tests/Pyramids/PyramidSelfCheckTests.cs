using Crm.Core.Pyramids;

namespace Crm.Core.Tests.Pyramids;

/// <summary>
/// Claims held against bases that are made to keep them or not; figures worked by hand; the intervals against a plain bootstrap written in another way, and how often they hold the truth, by simulation.
/// </summary>
public sealed class PyramidSelfCheckTests
{
    // 1, 4, 15 and 80 % of the customers with 40, 25, 15 and 20 % of the revenue, a hundred times.
    private static readonly double[] _claimed =
        [.. Enumerable.Range(0, 100).SelectMany(_ => (double[])[40, .. Enumerable.Repeat(25 / 4.0, 4), .. Enumerable.Repeat(1.0, 15), .. Enumerable.Repeat(0.25, 80)])];

    private static CustomerId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => CustomerId.Of($"{i}"))];

    private static PyramidSelfCheck Check(CustomerFigures figures, SelfCheckOptions? options = null) =>
        PyramidSelfCheck.Of(PyramidScheme.Curry.Rank(Ids(figures.Revenue.Length), figures.Revenue.Span), figures, options);

    [Fact]
    public void Of_TheClaimedPyramid_SaysWhatHoldsByHand()
    {
        double[] small = [.. _claimed.Select(revenue => (0.3 * revenue) - (revenue < 1 ? 0.4 : 0))];
        PyramidSelfCheck check = Check(new()
        {
            Revenue = _claimed,
            Contribution = small,
            IsNew = _claimed.Select((_, row) => row % 10 == 0).ToArray(),
            Marketing = _claimed.Select(_ => 1.0).ToArray(),
            OtherMarketing = 30_000,
            MovedUp = _claimed.Select((_, row) => row % 8 == 3 ? 1.0 : 0).ToArray(),
        });
        Assert.Equal(0.80, check[CurryClaim.TopFifthBringsRevenue].Value!.Value, 1e-12);
        Assert.Equal(ClaimVerdict.CannotTell, check[CurryClaim.TopFifthBringsRevenue].Verdict); // 80 % is on the edge of 80 % or more
        Assert.Null(check[CurryClaim.TopFifthBringsProfit].Value); // 30 − 32: there is no profit
        Assert.Equal("There is no profit to compare with.", check[CurryClaim.TopFifthBringsProfit].Note);
        Assert.Equal(ClaimVerdict.Holds, check[CurryClaim.ExistingCustomersBringRevenue].Verdict);
        Assert.Equal(0.75, check[CurryClaim.MarketingGoesToOthers].Value!.Value, 1e-12);
        Assert.Equal(ClaimVerdict.Holds, check[CurryClaim.MarketingGoesToOthers].Verdict);
        Assert.Equal(0.125, check[CurryClaim.CustomersCanMoveUp].Value!.Value, 1e-12);
        Assert.Equal(ClaimVerdict.Holds, check[CurryClaim.CustomersCanMoveUp].Verdict);
        Assert.Equal(0.05475, check[CurryClaim.MovesRaiseRevenue].Value!.Value, 1e-12);
        Assert.Equal(ClaimVerdict.DoesNotHold, check[CurryClaim.MovesRaiseRevenue].Verdict);
        Assert.Contains("large to top 67.5 %, medium to large 10.5 %, small to medium 1.5 %.", check[CurryClaim.MovesRaiseRevenue].Note, StringComparison.Ordinal);
        Assert.Contains("5.5 % (", check[CurryClaim.MovesRaiseRevenue].ToString(), StringComparison.Ordinal);
        Assert.EndsWith("may be too narrow.", check.Caution, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheOthersCostMoreThanTheyBring_TheTopBringsMoreThanAll()
    {
        double[] revenue = [.. Enumerable.Range(0, 2_000).Select(row => row < 400 ? 100.0 + (row % 7) : 10 + (row % 3))];
        double[] contribution = [.. revenue.Select(amount => amount > 50 ? 40.0 : -2)];
        ClaimCheck claim = Check(new() { Revenue = revenue, Contribution = contribution, FixedCosts = 1_000 })[CurryClaim.TopFifthBringsProfit];
        Assert.Equal(16_000.0 / 12_800, claim.Value!.Value, 1e-12);
        Assert.Equal(ClaimVerdict.Holds, claim.Verdict);
        Assert.Null(claim.Note);
        Assert.StartsWith("The top 20 % of the customers bring more than 100 % of the profit. Here: 125.0 % (", claim.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("; holds.", claim.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NothingButRevenue_SaysWhatIsNotKnown()
    {
        PyramidSelfCheck check = Check(new() { Revenue = _claimed.AsMemory(0, 300) });
        Assert.Equal(7, check.Claims.Count);
        foreach (CurryClaim claim in (CurryClaim[])[CurryClaim.TopFifthBringsProfit, CurryClaim.ExistingCustomersBringRevenue, CurryClaim.MarketingGoesToOthers, CurryClaim.CustomersCanMoveUp, CurryClaim.MovesRaiseProfit])
        {
            Assert.Equal((null, null, ClaimVerdict.CannotTell), (check[claim].Value, check[claim].Low, check[claim].Verdict));
            Assert.Contains("not known", check[claim].Note, StringComparison.Ordinal);
            Assert.Contains("not known; cannot tell", check[claim].ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_BasesOfHardlyAnybody_AnswersWithoutFailing(int customers)
    {
        PyramidSelfCheck check = Check(new() { Revenue = Enumerable.Repeat(5.0, customers).ToArray(), Contribution = Enumerable.Repeat(0.0, customers).ToArray() });
        Assert.All(check.Claims, claim => Assert.False(claim.Low > claim.High));
        Assert.Equal(customers == 0 ? null : 0.0, check[CurryClaim.MovesRaiseRevenue].Value);
        Assert.Null(check[CurryClaim.TopFifthBringsProfit].Value);
    }

    // The plain way: draw whole customers with replacement, rank them by the library, take the quantiles.
    [Fact]
    public void Of_ABase_HasAboutTheIntervalsOfAPlainBootstrap()
    {
        var random = new Random(1997);
        double[] revenue = [.. Enumerable.Range(0, 1_000).Select(_ => -Math.Log(1 - random.NextDouble()))];
        ClaimCheck claim = Check(new() { Revenue = revenue }, new() { Resamples = 2_000 })[CurryClaim.TopFifthBringsRevenue];
        double[] plain = [.. Enumerable.Range(0, 2_000).Select(_ =>
            (double)PyramidScheme.Curry.Rank(Ids(1_000), [.. Enumerable.Range(0, 1_000).Select(_ => revenue[random.Next(1_000)])]).Concentration.ShareOfTop(0.2m)!).Order()];
        Assert.InRange(claim.Low!.Value - plain[100], -0.006, 0.006); // its width is about 0.045
        Assert.InRange(claim.High!.Value - plain[1_900], -0.006, 0.006);
    }

    // 120 bases of 600 whose truth is known: 20 % of an exponential bring 0.2 (1 + ln 5) of it. 90 % are asked; 120 draws of it are within 82 to 97 but once in 300.
    [Fact]
    public void Of_ManyBases_HoldsTheTruthAboutAsOftenAsItSays()
    {
        double truth = 0.2 * (1 + Math.Log(5));
        int holds = 0;
        for (int sample = 0; sample < 120; sample++)
        {
            var random = new Random(sample);
            double[] revenue = [.. Enumerable.Range(0, 600).Select(_ => -Math.Log(1 - random.NextDouble()))];
            ClaimCheck claim = Check(new() { Revenue = revenue }, new() { Resamples = 300 })[CurryClaim.TopFifthBringsRevenue];
            holds += claim.Low <= truth && truth <= claim.High ? 1 : 0;
        }

        Assert.InRange(holds, 98, 117);
    }

    [Fact]
    public void Of_TheSameSeed_IsTheSameInAnyOrder()
    {
        double[] revenue = [.. Enumerable.Range(0, 400).Select(row => (double)(row * 31 % 57))];
        CustomerId[] ids = Ids(400);
        int[] order = [.. Enumerable.Range(0, 400)];
        string expected = Of(order, 1);
        new Random(3).Shuffle(order);
        Assert.Equal(expected, Of(order, 1));
        Assert.NotEqual(expected, Of(order, 2));

        string Of(int[] rows, ulong seed) => string.Join("|", PyramidSelfCheck.Of(
            PyramidScheme.Curry.Rank([.. rows.Select(row => ids[row])], [.. rows.Select(row => revenue[row])]),
            new() { Revenue = rows.Select(row => revenue[row]).ToArray() },
            new() { Seed = seed }).Claims.Select(claim => FormattableString.Invariant($"{claim.Low:R} {claim.High:R}")));
    }

    // Tiers of thresholds stay where they are in a drawn base, and so do those of shares of value.
    [Fact]
    public void Of_TiersByThresholds_CountsWhoIsDrawn()
    {
        double[] revenue = [.. Enumerable.Range(0, 500).Select(row => (double)(1 + (row % 50)))];
        PyramidScheme scheme = PyramidScheme.OfThresholds("t", new(Tier.Gold, 41), new(Tier.Iron, 11), new(Tier.Lead, null));
        PyramidSelfCheck check = PyramidSelfCheck.Of(scheme.Rank(Ids(500), revenue), new() { Revenue = revenue });
        double expected = 0.02 * ((300 * (45.5 - 25.5)) + (100 * (25.5 - 5.5))) / revenue.Sum();
        Assert.Equal(expected, check[CurryClaim.MovesRaiseRevenue].Value!.Value, 1e-12);
        Assert.InRange(check[CurryClaim.MovesRaiseRevenue].Low!.Value, 0.8 * expected, expected);
        Assert.InRange(check[CurryClaim.MovesRaiseRevenue].High!.Value, expected, 1.2 * expected);
    }

    // A hundred at 100 and nine hundred at 10 with ties down: all but the top are in one tier, and so they are in every drawn base; whoever has which id says nothing.
    [Fact]
    public void Of_CustomersOfEqualValue_AreCutAsInThePyramid()
    {
        double[] revenue = [.. Enumerable.Repeat(100.0, 100), .. Enumerable.Repeat(10.0, 900)];
        ClaimCheck moved = Check(new() { Revenue = revenue })[CurryClaim.MovesRaiseRevenue];
        Assert.Equal(0.02 * 900 * 90 / 19_000, moved.Value!.Value, 1e-12);
        Assert.InRange(moved.Low!.Value, 0.075, moved.Value.Value);
        Assert.InRange(moved.High!.Value, moved.Value.Value, 0.096);

        double[] alike = [.. Enumerable.Repeat(10.0, 1_000)];
        ClaimCheck lowest = Check(new() { Revenue = alike, Contribution = Enumerable.Range(0, 1_000).Select(row => row < 200 ? 10.0 : -1).ToArray() })[CurryClaim.TopFifthBringsProfit];
        ClaimCheck highest = Check(new() { Revenue = alike, Contribution = Enumerable.Range(0, 1_000).Select(row => row < 800 ? -1 : 10.0).ToArray() })[CurryClaim.TopFifthBringsProfit];
        Assert.Equal(0.2, lowest.Value!.Value, 1e-12);
        Assert.InRange(lowest.Low!.Value, 0.199, 0.2);
        Assert.InRange(lowest.High!.Value, 0.2, 0.201);
        Assert.Equal((lowest.Value, lowest.Verdict), (highest.Value, highest.Verdict));
    }

    // What follows from how a base was given, and not from its customers, answers nothing.
    [Fact]
    public void Of_AFlatMarginOrACohort_CannotTell()
    {
        double[] revenue = [.. Enumerable.Range(1, 300).Select(row => (double)row)];
        PyramidSelfCheck check = Check(new() { Revenue = revenue, Contribution = revenue.Select(amount => 0.3 * amount).ToArray(), IsNew = new bool[300], OtherMarketing = 1_000 });
        Assert.Equal((ClaimVerdict.CannotTell, true), (check[CurryClaim.TopFifthBringsProfit].Verdict, check[CurryClaim.TopFifthBringsProfit].Value > 0));
        Assert.Contains("flat margin", check[CurryClaim.TopFifthBringsProfit].Note, StringComparison.Ordinal);
        Assert.Equal(ClaimVerdict.CannotTell, check[CurryClaim.ExistingCustomersBringRevenue].Verdict);
        Assert.Contains("Nobody is new", check[CurryClaim.ExistingCustomersBringRevenue].Note, StringComparison.Ordinal);
        Assert.Null(check[CurryClaim.MarketingGoesToOthers].Value); // what was spent on customers is not known
        Assert.NotNull(check[CurryClaim.MovesRaiseProfit].Low);
        Assert.Null(check.Caution);
        Assert.Contains("So few customers", Check(new() { Revenue = revenue.AsMemory(0, 99) }).Caution, StringComparison.Ordinal);
    }

    // However many others there are: only who is ranked says how heavy the tail is.
    [Fact]
    public void Caution_ManySuspectsBeside_StaysAsItIs()
    {
        double[] revenue = [.. _claimed[..1_000], .. new double[9_000]];
        CustomerLayer[] layers = [.. Enumerable.Repeat(CustomerLayer.Active, 1_000), .. Enumerable.Repeat(CustomerLayer.Suspect, 9_000)];
        Assert.NotNull(PyramidSelfCheck.Of(PyramidScheme.Curry.RankLayers(Ids(10_000), revenue, layers), new() { Revenue = revenue }).Caution);
    }

    [Fact]
    public void Of_OptionsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Check(new() { Revenue = _claimed }, new() { Level = 0.4 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Check(new() { Revenue = _claimed }, new() { Resamples = 199 }));
        Assert.Throws<OperationCanceledException>(() => PyramidSelfCheck.Of(
            PyramidScheme.Curry.Rank(Ids(3), [1, 2, 3]), new() { Revenue = new double[] { 1, 2, 3 } }, cancellationToken: new CancellationToken(canceled: true)));
    }
}
