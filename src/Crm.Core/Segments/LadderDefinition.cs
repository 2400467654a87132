using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>What each rung, trait and stage of the <see cref="LoyaltyLadder"/> means in data: every number can be set.</summary>
/// <remarks>
/// <para>
/// The numbers set here are starting points for a shop whose customers buy a few times a year, not findings: each says why it is what it is, and all of them are to be
/// fitted to one's own rhythm of business. They are checked together by <see cref="LoyaltyLadder.Of"/>, which names all that is wrong.
/// </para>
/// <para>
/// A purchase day is a day with a purchase in the zone of the ladder; one wholly cancelled by returns is none. A number of days from one day to another is
/// their difference: from Monday to Tuesday is 1. Compared by value. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed record LadderDefinition
{
    /// <summary>Gets the definition in which nothing was adjusted.</summary>
    public static LadderDefinition Default { get; } = new();

    /// <summary>
    /// Gets within how many days of a purchase day another one means that the customer came back, hence is impressed; 1 to 3,660, 180 by default: half a year, so that a
    /// yearly habit is not taken for it. It must not be below the least gap that regular customers have (<see cref="RegularWindowDays"/> less one, by <see cref="RegularPurchaseDays"/> less one),
    /// else one could be regular and not impressed.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ComeBackDays { get; init; } = 180;

    /// <summary>Gets the least sentiment of an interaction that counts as a good word, from −1 to 1; 0.5 by default: nearer to good than to nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double LeastSentiment { get; init; } = 0.5;

    /// <summary>Gets the least satisfaction with a service case that counts as a good word, from 0 to 1; 0.8 by default: 4 of 5 points.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double LeastSatisfaction { get; init; } = 0.8;

    /// <summary>Gets on how many days of the window a regular customer has bought; 3 to 366, 4 by default: once a quarter, of a year. Below 3 there is no second gap to compare.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int RegularPurchaseDays { get; init; } = 4;

    /// <summary>Gets the window in which a customer is regular: so many days, the day asked about being the last; 2 to 3,660, 365 by default: a season of each kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int RegularWindowDays { get; init; } = 365;

    /// <summary>
    /// Gets how many times the average gap between purchase days of the window the longest one may be, and the silence since the last; 1 to 100, 3 by default:
    /// of someone who buys at random (exponential gaps), the longest of 10 gaps is 2.9 times their average in expectation, so 3 lets ordinary chance pass and finds breaks.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal RegularGapFactor { get; init; } = 3;

    /// <summary>Gets a gap that never breaks a rhythm, in days; 1 to 3,660, 14 by default: who buys daily may go on holiday.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int RegularGapFloorDays { get; init; } = 14;

    /// <summary>Gets for how many months without a break a true fan has been regular; 0 to 120, 12 by default: a full year of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int FanMonths { get; init; } = 12;

    /// <summary>
    /// Gets what counts as more than buying, at least one; all by default. One of them that is true is enough. While none is true and one of them is unknown, so is whether
    /// the customer is a true fan: leave out what you do not record.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public FanSigns FanSigns { get; init; } = FanSigns.Referral | FanSigns.Liking | FanSigns.Membership;

    /// <summary>Gets the least strength of a liking that counts, from −1 to 1; 0.7 by default: clearly nearer to love than to nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double FanLeastLiking { get; init; } = 0.7;

    /// <summary>Gets the window in which an influencer has brought others: so many days, the day asked about being the last; 1 to 3,660, 365 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int InfluencerWindowDays { get; init; } = 365;

    /// <summary>Gets for how many days after someone was brought their purchase days follow from it, the day itself included; 0 to 3,660, 180 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int InfluencerFollowDays { get; init; } = 180;

    /// <summary>Gets how many others an influencer has brought; 1 to 1,000,000, 2 by default: one may be chance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int InfluencerReferrals { get; init; } = 2;

    /// <summary>Gets how many purchase days of those brought follow; 0 to 1,000,000, 2 by default: influence is what others do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int InfluencerPurchaseDays { get; init; } = 2;

    /// <summary>Gets how much those purchases are worth together, net of returns; null, the default, where it does not matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Money? InfluencerMoney { get; init; }

    /// <summary>Gets the window of the purchase days that show a bargain hunter: so many days, the day asked about being the last; 1 to 36,600, 730 by default: two years, since sales are seasonal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int BargainWindowDays { get; init; } = 730;

    /// <summary>Gets the share of purchase days on discount, among those of which the discounts are known, from which on someone is a bargain hunter; above 0 to 1, 0.6 by default: clearly more than half.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal BargainShare { get; init; } = 0.6m;

    /// <summary>Gets the share of the full price from which on a reduction is a discount; 0 to 1, 0 by default: any reduction is. A reduction of 0 never is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double BargainLeastDiscount { get; init; }

    /// <summary>Gets how many purchase days of known discounts it takes to tell; 1 to 1,000,000, 4 by default: of fewer, one more or less turns the answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int BargainLeastPurchaseDays { get; init; } = 4;

    /// <summary>Gets the gap that is assumed of someone with one purchase day, who has none of their own; in days, 1 to 3,660, 90 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int AssumedGapDays { get; init; } = 90;

    /// <summary>Gets after how many of their own average gaps without a purchase a customer is dormant; above 0 to 100, 3 by default: of someone who buys at random (exponential gaps), 1 gap in 20 is longer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal DormantGaps { get; init; } = 3;

    /// <summary>Gets the least silence that is dormant, whatever the gaps; in days, 1 to 36,600, 60 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DormantFloorDays { get; init; } = 60;

    /// <summary>Gets the silence that is dormant in any case; in days, not below the floor, 365 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int DormantCeilingDays { get; init; } = 365;

    /// <summary>Gets after how many of their own average gaps without a purchase a customer is lost; above <see cref="DormantGaps"/>, 6 by default: of someone who buys at random, 1 gap in 400 is longer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal LostGaps { get; init; } = 6;

    /// <summary>Gets the least silence that is a loss, whatever the gaps; in days, above <see cref="DormantFloorDays"/>, 180 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int LostFloorDays { get; init; } = 180;

    /// <summary>Gets the silence that is a loss in any case; in days, above <see cref="DormantCeilingDays"/>, 1,095 by default: three years.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int LostCeilingDays { get; init; } = 1_095;

    /// <summary>Gets the name of the column of a model that says how likely a customer is still one; 1 to 128 characters, "p_alive" by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string AliveColumn { get; init; } = "p_alive";

    /// <summary>
    /// Gets for how many days, its own included, a value of <see cref="AliveColumn"/> decides instead of the silence; 1 to 3,660, 31 by default: until the next monthly run. A
    /// purchase ends it sooner, since it was computed without.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int AliveDays { get; init; } = 31;

    /// <summary>Gets below which probability a customer is dormant; 0 to 1, 0.5 by default: rather gone than not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double AliveDormantBelow { get; init; } = 0.5;

    /// <summary>Gets below which probability a customer is lost; 0 to 1, below <see cref="AliveDormantBelow"/>, 0.1 by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double AliveLostBelow { get; init; } = 0.1;

    /// <summary>
    /// Gets the source that computed stages carry as facts; "loyalty-ladder" by default. Facts of this source are never read as what somebody stated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SourceId Source { get; init; } = SourceId.Of("loyalty-ladder");

    /// <summary>Gives what a shop asks first of a ladder: when one is regular and when lost.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"regular: {RegularPurchaseDays} purchase days in {RegularWindowDays}; dormant after {DormantGaps} gaps, lost after {LostGaps}");
}
