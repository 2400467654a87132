using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Where one customer stands on a day: rung, stage and traits, with the figures that decided the traits.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record LadderRow
{
    internal LadderRow()
    {
    }

    /// <summary>Gets the customer.</summary>
    public CustomerId Customer { get; internal init; }

    /// <summary>Gets the rung; null below the lowest: nothing bought, or nothing kept.</summary>
    public LoyaltyRung? Rung { get; internal init; }

    /// <summary>Gets since which day the customer stands on the rung; null where they never stood on one.</summary>
    public LocalDate? RungSince { get; internal init; }

    /// <summary>Gets whether the customer is a true fan. Where unknown, the rung is regular.</summary>
    public TraitAnswer TrueFan { get; internal init; }

    /// <summary>Gets the stage; null where nothing was known of the customer by that day.</summary>
    public LifecycleStage? Stage { get; internal init; }

    /// <summary>Gets since which day; null where there is no stage.</summary>
    public LocalDate? StageSince { get; internal init; }

    /// <summary>Gets a value indicating whether the stage is what the host states, and not computed.</summary>
    public bool IsStageStated { get; internal init; }

    /// <summary>Gets whether the customer is an influencer. Unknown where nobody's referrals are recorded.</summary>
    public TraitAnswer Influencer { get; internal init; }

    /// <summary>Gets how many others the customer brought in the window.</summary>
    public int Referrals { get; internal init; }

    /// <summary>Gets how many of these then bought in time.</summary>
    public int ReferredBuyers { get; internal init; }

    /// <summary>Gets on how many days these bought in time, each counted for itself.</summary>
    public int ReferredPurchaseDays { get; internal init; }

    /// <summary>Gets what they spent on these days, net of returns, in the currency of the base; null where amounts are not known.</summary>
    public decimal? ReferredMoney { get; internal init; }

    /// <summary>Gets whether the customer is a bargain hunter. Unknown where the discounts of too few purchase days are known.</summary>
    public TraitAnswer BargainHunter { get; internal init; }

    /// <summary>Gets on how many purchase days of the window at least half of what was bought and kept, and whose discount is known, was on discount.</summary>
    public int DiscountedDays { get; internal init; }

    /// <summary>Gets on how many purchase days of the window more than half of it was at the full price, or reduced by less than counts.</summary>
    public int FullPriceDays { get; internal init; }

    /// <summary>Gets of how many purchase days of the window no discount is known.</summary>
    public int UnknownDiscountDays { get; internal init; }

    /// <summary>Gets the segments the customer is in: one for the rung and one for the stage, where there is one, and one for each trait that is a yes.</summary>
    public IReadOnlyList<SegmentId> Segments => LadderSegments.Of(this);

    /// <summary>Gives the customer, the rung and the stage.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"customer {Customer}: {Rung?.Name ?? "no rung"}, {Stage?.Name ?? "no stage"}";
}
