using Crm.Core.Customers;
using Crm.Core.Segments;

namespace Crm.Core.Tests.Segments;

/// <summary>Influencers and bargain hunters, worked by hand at the edges of their windows, by the default numbers unless a test says so.</summary>
public sealed class LadderTraitTests
{
    private static Life Bob => new Life("bob").Bought(100, 30, by: "ada").Bought(280, 12).Bought(281, 50);

    private static Life Cem => new Life("cem").Is(new Referral { By = CustomerId.Of("ada"), Dates = Life.From(120) }).Bought(130, 8);

    [Fact]
    public void Influencer_WhoseOwnBuy_IsYesWithTheFigures()
    {
        // Bob follows from day 100 through 280, Cem from 120 through 300: 30 + 12 + 8.
        LadderStanding ada = new Life().Bought(0).On(281, brought: [Bob, Cem]);
        Assert.Equal((TraitAnswer.Yes, 2, 2, 3, 50m), (ada.Row.Influencer, ada.Row.Referrals, ada.Row.ReferredBuyers, ada.Row.ReferredPurchaseDays, ada.Row.ReferredMoney));
        Assert.Equal("yes: brought 2 in 365 days, 2 of whom bought on 3 days for 50 EUR within 180 days of it; it takes 2 and 2 days", ada.InfluencerWords);
    }

    // Bob was brought on day 100, which is in the window of 365 days until day 464.
    [Theory]
    [InlineData(119, TraitAnswer.No)]
    [InlineData(120, TraitAnswer.No)]
    [InlineData(130, TraitAnswer.Yes)]
    [InlineData(464, TraitAnswer.Yes)]
    [InlineData(465, TraitAnswer.No)]
    public void Influencer_WithinItsWindow(int day, TraitAnswer answer) => Assert.Equal(answer, new Life().Bought(0).On(day, brought: [Bob, Cem]).Row.Influencer);

    [Fact]
    public void Influencer_WhereNobodysReferralsAreRecorded_IsUnknown()
    {
        LadderStanding ada = new Life().Bought(0).On(281, records: new(Referrals: false, Memberships: true));
        Assert.Equal(TraitAnswer.Unknown, ada.Row.Influencer);
        Assert.Equal("unknown: nobody's referrals are recorded", ada.InfluencerWords);
        Assert.Equal(TraitAnswer.No, new Life().Bought(0).On(281).Row.Influencer);
    }

    [Fact]
    public void Influencer_OfReturnedPurchases_CountsThemNot()
    {
        Life returned = Cem.Returned(140, 8);
        Assert.Equal((1, 2, 42m), On([Bob, returned]));
        Assert.Equal((1, 2, 40.5m), On([Bob.Returned(281, 51.5m), returned])); // 50 of the last day and 1.5 of the day before it

        static (int, int, decimal?) On(Life[] brought)
        {
            LadderRow row = new Life().Bought(0).On(300, brought: brought).Row;
            return (row.ReferredBuyers, row.ReferredPurchaseDays, row.ReferredMoney);
        }
    }

    [Theory]
    [InlineData(50, TraitAnswer.Yes)]
    [InlineData(51, TraitAnswer.No)]
    public void Influencer_ByMoney_FromTheLeastOn(int least, TraitAnswer answer) => Assert.Equal(
        answer, new Life().Bought(0).On(300, LoyaltyLadder.Of(new() { InfluencerMoney = Money.Of(least, Currency.Eur) }), null, Bob, Cem).Row.Influencer);

    [Fact]
    public void Influencer_ByMoneyOfAnotherCurrency_IsRefused()
    {
        LoyaltyLadder ladder = LoyaltyLadder.Of(new() { InfluencerMoney = Money.Of(1, Currency.Usd) });
        var refusal = Assert.Throws<CurrencyMismatchException>(() => new Life().Bought(0).On(300, ladder));
        Assert.Contains("USD", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("EUR", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Influencer_OfOneWhoNamesThemselvesOrIsNamedOften_CountsEachOnce()
    {
        Life ada = new Life().Bought(0, by: "ada");
        LadderRow row = ada.On(300, brought: [Bob.Bought(150, by: "ada").Is(new Referral { By = CustomerId.Of("ada"), Dates = Life.From(99) })]).Row;
        Assert.Equal((1, 2), (row.Referrals, row.ReferredPurchaseDays)); // from day 99 through 279: 100 and 150
    }

    // Each of three had bought for long before they named one another: nobody was brought. A fact that nobody dated may have been true before.
    [Fact]
    public void Influencer_OfThoseWhoHadBoughtBefore_BroughtNobody()
    {
        Life Named(string who, Life life) => life.Is(new Referral { By = CustomerId.Of(who), Dates = Life.From(205) }).Bought(206, by: who).Bought(210);
        LadderRow row = new Life().Bought(0).On(300, brought: [Named("ada", new Life("bob").Bought(0)), Named("ada", new Life("cem").Bought(0))]).Row;
        Assert.Equal((TraitAnswer.No, 0), (row.Influencer, row.Referrals));
        Referral undated = new() { By = CustomerId.Of("ada"), Dates = FactDates.Of(SourceId.Of("crm"), Life.Noon(1)) };
        Assert.Equal(1, new Life().Bought(0).On(300, brought: [new Life("bob").Bought(0).Is(undated)]).Row.Referrals);
    }

    // Who is named first brought them, whether or not they have a row; two named on one day both did.
    [Fact]
    public void Influencer_OfOneWhomOthersNamedFirst_BroughtNobody()
    {
        Referral By(string who, int day) => new() { By = CustomerId.Of(who), Dates = Life.From(day) };
        int Brought(Life bob) => new Life().Bought(0).On(300, brought: [bob.Bought(100)]).Row.Referrals;
        Assert.Equal(0, Brought(new Life("bob").Is(By("zoe", 50)).Is(By("ada", 60))));
        Assert.Equal(1, Brought(new Life("bob").Is(By("ada", 60)).Is(By("zoe", 60))));
        Assert.Equal(1, Brought(new Life("bob").Is(By("bob", 50)).Is(By("ada", 60))));
    }

    [Fact]
    public void Influencer_WhomTheDataShowThoughNoneAreSaidToBeRecorded_IsYesOrUnknown()
    {
        LadderStanding ada = new Life().Bought(0).On(281, records: new(Referrals: false, Memberships: false), brought: [Bob, Cem]);
        Assert.Equal(TraitAnswer.Yes, ada.Row.Influencer);
        Assert.StartsWith("yes: brought 2 in 365 days", ada.InfluencerWords, StringComparison.Ordinal);
        ada = new Life().Bought(0).On(281, records: new(Referrals: false, Memberships: false), brought: [Bob]);
        Assert.Equal(TraitAnswer.Unknown, ada.Row.Influencer);
        Assert.Contains("and others may not be recorded", ada.InfluencerWords, StringComparison.Ordinal);
    }

    // Four lines of 5 with 1 off and one of 500 at full price: one day, and one day tells nothing.
    [Fact]
    public void BargainHunter_OfOneOrderOfManyLines_IsUnknown()
    {
        Life life = new Life().Bought(0, 500, discount: 0);
        for (int line = 0; line < 4; line++)
        {
            life.Bought(0, 5, discount: 1);
        }

        LadderRow row = life.On(9).Row;
        Assert.Equal((TraitAnswer.Unknown, 1, 0), (row.BargainHunter, row.DiscountedDays, row.FullPriceDays));
    }

    // Three that were reduced were sent back: what was kept of these days was bought at the full price.
    [Fact]
    public void BargainHunter_OfWhatWasSentBack_CountsItNot()
    {
        var life = new Life();
        for (int day = 0; day < 4; day++)
        {
            life.Bought(day, 500, discount: 0).Bought(day, 5, purchase: $"p{day}", discount: 1).Bought(day, 5, purchase: $"q{day}", discount: 1);
        }

        Assert.Equal((TraitAnswer.Yes, 4), (life.On(9).Row.BargainHunter, life.On(9).Row.DiscountedDays));
        for (int day = 0; day < 3; day++)
        {
            life.Returned(10, 5, $"p{day}").Returned(11, 4, $"q{day}").Returned(12, 1, $"q{day}");
        }

        Assert.Equal((TraitAnswer.No, 1, 3), (life.On(20).Row.BargainHunter, life.On(20).Row.DiscountedDays, life.On(20).Row.FullPriceDays));
    }

    // Four of known discount, three of them reduced: 0.75 is at least 0.6; one is unknown and counts for neither.
    [Fact]
    public void BargainHunter_AmongKnownDiscounts_IsYesWithTheFigures()
    {
        LadderStanding ada = new Life().Bought(0, 9, discount: 1).Bought(1, 9, discount: 1).Bought(2, 9, discount: 1).Bought(3, discount: 0).Bought(4).On(9);
        Assert.Equal((TraitAnswer.Yes, 3, 1, 1), (ada.Row.BargainHunter, ada.Row.DiscountedDays, ada.Row.FullPriceDays, ada.Row.UnknownDiscountDays));
        Assert.Equal(
            "yes: 3 of 4 purchase days of 730 days whose discounts are known were on discount, of 1 they are not known; it takes a share of 0.6, of at least 4", ada.BargainHunterWords);
    }

    [Theory]
    [InlineData(3, 0, TraitAnswer.Unknown)]
    [InlineData(4, 0, TraitAnswer.Yes)]
    [InlineData(3, 2, TraitAnswer.Yes)]
    [InlineData(2, 2, TraitAnswer.No)]
    [InlineData(0, 4, TraitAnswer.No)]
    [InlineData(0, 3, TraitAnswer.Unknown)]
    public void BargainHunter_ByShareAndNumber(int reduced, int full, TraitAnswer answer)
    {
        var life = new Life();
        for (int i = 0; i < reduced + full; i++)
        {
            life.Bought(i, discount: i < reduced ? 2 : 0).Bought(i);
        }

        Assert.Equal(answer, life.On(20).Row.BargainHunter);
    }

    [Fact]
    public void BargainHunter_OfOldAndCancelledPurchases_CountsThemNot()
    {
        Life life = new Life().Bought(0, discount: 1).Bought(1, discount: 1).Bought(2, discount: 1).Bought(3, discount: 1, purchase: "x");
        Assert.Equal(TraitAnswer.Yes, life.On(729).Row.BargainHunter);
        Assert.Equal((TraitAnswer.Unknown, 3), (life.On(730).Row.BargainHunter, life.On(730).Row.DiscountedDays));
        Assert.Equal((TraitAnswer.Unknown, 3), (life.Returned(5, 10, "x").On(9).Row.BargainHunter, life.On(9).Row.DiscountedDays));
    }

    [Fact]
    public void BargainHunter_ByTheLeastDiscount_OfTheFullPrice()
    {
        Life life = new Life().Bought(0, 9, discount: 1).Bought(1, 9, discount: 1).Bought(2, 91, discount: 9).Bought(3, 0, discount: 5);
        LadderRow row = life.On(9, LoyaltyLadder.Of(new() { BargainLeastDiscount = 0.1 })).Row;
        Assert.Equal((3, 1), (row.DiscountedDays, row.FullPriceDays)); // 1 of 10 is a tenth, 9 of 100 is not, 5 of 5 is all
    }

    [Fact]
    public void Segments_OfALadder_KeyEverythingItSays()
    {
        Assert.Equal(
            [
                "rung:new", "rung:impressed", "rung:regular", "rung:true-fan", "trait:influencer", "trait:bargain-hunter",
                "stage:suspect", "stage:prospect", "stage:first-time", "stage:repeat", "stage:dormant", "stage:lost",
            ],
            LoyaltyLadder.Default.Segments.Select(segment => segment.Id.ToString()));
        Assert.All(LoyaltyLadder.Default.Segments, segment => Assert.False(string.IsNullOrWhiteSpace(segment.Words)));
        LadderRow row = new Life().Bought(0).On(281, brought: [Bob, Cem]).Row;
        Assert.Equal(["rung:new", "trait:influencer", "stage:dormant"], row.Segments.Select(id => id.ToString()));
        Assert.Contains("4 or more of the last 365 days", LoyaltyLadder.Default.Segments[2].Words, StringComparison.Ordinal);
    }
}
