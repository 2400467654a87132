using Crm.Core.Benefits;
using Crm.Core.Customers;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>The columnar door: by hand, and what it refuses.</summary>
public sealed class LadderColumnsTests
{
    private static LadderColumns Two => new()
    {
        Ids = [CustomerId.Of("ada"), CustomerId.Of("bob")],
        Starts = new[] { 0, 2, 3 },
        Days = new[] { Life.Day(0), Life.Day(30), Life.Day(40) },
    };

    // Worked by hand: purchases only, whose amounts nobody knows.
    [Fact]
    public void EvaluateAll_OfDaysOnly_TellsRungAndStage()
    {
        LadderStandings all = LoyaltyLadder.Default.EvaluateAll(Two, Life.Day(120));
        Assert.Equal([2, 1], all.Rungs.ToArray());
        Assert.Equal([LifecycleStage.Dormant.Value, LifecycleStage.FirstTime.Value], all.Stages.ToArray().Select(stage => (int)stage)); // dormant 3 × 30 days after day 30
        Assert.Equal([TraitAnswer.Unknown, TraitAnswer.Unknown], all.Influencers.ToArray());
        Assert.Equal([TraitAnswer.Unknown, TraitAnswer.Unknown], all.BargainHunters.ToArray());
        Assert.Equal([TraitAnswer.No, TraitAnswer.No], all.TrueFans.ToArray());
        Assert.Null(all[0].ReferredMoney);
        Assert.Equal((1, 1, 0), (all.CountOn(LoyaltyRung.Impressed), all.CountOn(LoyaltyRung.New), all.CountOn(null)));
        Assert.Equal((1, 1, 0), (all.CountIn(LifecycleStage.Dormant), all.CountIn(LifecycleStage.FirstTime), all.CountIn(null)));
        Assert.Equal([(Life.Day(0), LoyaltyRung.New), (Life.Day(30), LoyaltyRung.Impressed)], all.RungMovesOf(0));
        Assert.Equal([(Life.Day(40), LifecycleStage.FirstTime, false)], all.StageMovesOf(1));
        Assert.Equal(["ada", "bob"], all.Ids.Select(id => id.ToString()));
    }

    // The day that days are counted from.
    [Fact]
    public void EvaluateAll_OfTheFirstOfJanuary1970_IsADayLikeAnyOther()
    {
        LadderColumns columns = new() { Ids = [CustomerId.Of("ada")], Starts = new[] { 0, 1 }, Days = new[] { new LocalDate(1970, 1, 1) } };
        Assert.Equal([(new(1970, 1, 1), LoyaltyRung.New)], LoyaltyLadder.Default.EvaluateAll(columns, new LocalDate(1970, 1, 1).WithCalendar(CalendarSystem.Coptic)).RungMovesOf(0));
    }

    [Fact]
    public void EvaluateAll_BeforeAnything_KnowsNobody()
    {
        LadderStandings all = LoyaltyLadder.Default.EvaluateAll(Two, Life.Day(-1));
        Assert.Equal((2, 2), (all.CountOn(null), all.CountIn(null)));
        Assert.Null(all[1].Stage);
        Assert.Empty(all[1].Segments);
    }

    [Fact]
    public void EvaluateAll_OfNobody_IsEmpty() =>
        Assert.Equal(0, LoyaltyLadder.Default.EvaluateAll(Two with { Ids = [], Starts = new[] { 0 }, Days = default }, Life.Day(0)).Count);

    // Whether the base records it at all is told by whether there is one of it, unless it is stated.
    [Fact]
    public void EvaluateAll_WithOneReferralAnywhere_KnowsThatTheyAreRecorded()
    {
        LadderColumns columns = Two with { By = new[] { LadderColumns.Nobody, LadderColumns.Nobody, LadderColumns.SomebodyElse } };
        Assert.Equal([TraitAnswer.No, TraitAnswer.No], LoyaltyLadder.Default.EvaluateAll(columns, Life.Day(95)).Influencers.ToArray());
        Assert.Equal([TraitAnswer.Unknown, TraitAnswer.Unknown], LoyaltyLadder.Default.EvaluateAll(columns with { Records = default(LadderRecords) }, Life.Day(95)).Influencers.ToArray());

        LoyaltyLadder easy = LoyaltyLadder.Of(new() { InfluencerReferrals = 1, InfluencerPurchaseDays = 1 });
        LadderColumns brought = Two with { By = new[] { LadderColumns.Nobody, LadderColumns.Nobody, 0 } };
        Assert.Equal([TraitAnswer.Yes, TraitAnswer.No], easy.EvaluateAll(brought, Life.Day(95)).Influencers.ToArray());

        // For money it takes amounts.
        LoyaltyLadder dear = LoyaltyLadder.Of(easy.Definition with { InfluencerMoney = Money.Of(1, Currency.Eur) });
        Assert.Equal([TraitAnswer.Unknown, TraitAnswer.No], dear.EvaluateAll(brought, Life.Day(95)).Influencers.ToArray());
    }

    [Fact]
    public void EvaluateAll_OfWrongRows_NamesThemAll()
    {
        LadderColumns wrong = Two with
        {
            Ids = [CustomerId.Of("ada"), CustomerId.Of("ada")],
            Days = new[] { Life.Day(0), new LocalDate(2019, 1, 1, CalendarSystem.Coptic), Life.Day(2) },
            Kinds = new[] { LadderEventKind.Sentiment, LadderEventKind.Purchase, (LadderEventKind)99 },
            Amounts = new[] { 0, -1m, 0 },
            DiscountShares = new[] { double.NaN, 2, 1 },
            By = new[] { -3, 1, 2 },
            Values = new[] { 1.5, 0, 0 },
        };
        var refusal = Assert.Throws<RowFaultsException>(() => LoyaltyLadder.Default.EvaluateAll(wrong, Life.Day(9)));
        Assert.Equal(
            ["0 by", "0 value of Sentiment", "1 id", "1 day", "1 amount", "1 discount share", "2 by", "2 kind"], refusal.Faults.Select(fault => $"{fault.Row} {fault.Column}"));
    }

    [Theory]
    [InlineData(LadderEventKind.Sentiment, double.NaN)]
    [InlineData(LadderEventKind.Satisfaction, -0.1)]
    [InlineData(LadderEventKind.Alive, 1.1)]
    [InlineData(LadderEventKind.Membership, 0.5)]
    [InlineData(LadderEventKind.Liking, 1.1)]
    [InlineData(LadderEventKind.StatedStage, 6)]
    [InlineData(LadderEventKind.StatedStage, 1.5)]
    public void EvaluateAll_OfAWrongValue_NamesIt(LadderEventKind kind, double value)
    {
        LadderColumns columns = Two with { Kinds = new[] { LadderEventKind.Purchase, LadderEventKind.Purchase, kind }, Values = new[] { 0, 0, value } };
        RowFault fault = Assert.Single(Assert.Throws<RowFaultsException>(() => LoyaltyLadder.Default.EvaluateAll(columns, Life.Day(9))).Faults);
        Assert.Equal((2L, $"value of {kind}"), (fault.Row, fault.Column));
        Assert.Single(Assert.Throws<RowFaultsException>(() => LoyaltyLadder.Default.EvaluateAll(columns with { Values = default }, Life.Day(9))).Faults);
    }

    [Theory]
    [InlineData(LadderEventKind.Liking, double.NaN)]
    [InlineData(LadderEventKind.StatedStage, double.NaN)]
    [InlineData(LadderEventKind.StatedStage, 5)]
    [InlineData(LadderEventKind.Known, double.NaN)]
    public void EvaluateAll_OfAValueThatMayBe_TakesIt(LadderEventKind kind, double value) => Assert.Equal(2, LoyaltyLadder.Default.EvaluateAll(
        Two with { Kinds = new[] { LadderEventKind.Purchase, LadderEventKind.Purchase, kind }, Values = new[] { 0, 0, value } }, Life.Day(9)).Count);

    [Fact]
    public void EvaluateAll_OfAReturnWithoutAmounts_NamesIt()
    {
        LadderColumns columns = Two with { Kinds = new[] { LadderEventKind.Purchase, LadderEventKind.Return, LadderEventKind.Purchase } };
        Assert.Contains("amounts, since there is a return", Assert.Throws<RowFaultsException>(() => LoyaltyLadder.Default.EvaluateAll(columns, Life.Day(9))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluateAll_OfColumnsThatDoNotFit_NamesTheColumn()
    {
        Assert.Equal("Starts", Refusal(Two with { Starts = new[] { 0, 3 } }));
        Assert.Equal("Kinds", Refusal(Two with { Kinds = new LadderEventKind[2] }));
        Assert.Equal("Values", Refusal(Two with { Values = new double[4] }));
        foreach (int[] starts in new[] { new[] { 0, 4, 3 }, new[] { 1, 2, 3 }, new[] { 0, 2, 2 }, new[] { 0, -1, 3 } })
        {
            Assert.Equal("start", Assert.Throws<RowFaultsException>(() => LoyaltyLadder.Default.EvaluateAll(Two with { Starts = starts }, Life.Day(9))).Faults[0].Column);
        }

        static string? Refusal(LadderColumns columns) => Assert.ThrowsAny<ArgumentException>(() => LoyaltyLadder.Default.EvaluateAll(columns, Life.Day(9))).ParamName;
    }

    [Fact]
    public void EvaluateAll_Cancelled_Stops()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => LoyaltyLadder.Default.EvaluateAll(Two, Life.Day(9), stopped.Token));
    }

    [Fact]
    public void Add_ACustomerTwiceOrInTwoCurrencies_IsRefusedAndTakesNothing()
    {
        var builder = new LadderColumnsBuilder(LoyaltyLadder.Default, AsOf.Hindsight(Life.Noon(9)));
        builder.Add(new Life("ada").Bought(0).Told);
        Assert.Throws<ArgumentException>(() => builder.Add(new Life("ada").Bought(1).Told));
        LadderCustomer dollars = new Life("bob").Did(1, new Crm.Core.Interactions.PurchaseDetail { Amount = Money.Of(1, Currency.Usd) }).Told;
        Assert.Throws<CurrencyMismatchException>(() => builder.Add(dollars));
        builder.Add(new Life("bob").Bought(1).Told);
        Assert.Equal([0, 1, 2], builder.Build().Starts.ToArray());
    }

    // A shop that weighs by rung, trait and stage.
    [Fact]
    public void Segments_OfARow_KeyAWeightBook()
    {
        BenefitWeights regular = BenefitWeights.Of(utility: 1, brand: 2, relationship: 3, cost: 1, time: 1);
        BenefitWeights usual = BenefitWeights.Of(utility: 1, brand: 0, relationship: 0, cost: 1, time: 0);
        WeightBook book = WeightBook.Of(usual, [.. LoyaltyLadder.Default.Segments.Where(segment => segment.Id == SegmentId.Of("rung:regular")).Select(segment => SegmentWeights.Of(segment.Id, regular))]);
        LadderRow row = new Life().BoughtOn(0, 30, 60, 90).On(100).Row;
        Assert.Equal(regular, book[book.Deciding([.. row.Segments])]);
    }
}
