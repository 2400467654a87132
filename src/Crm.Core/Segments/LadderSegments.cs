using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>The segments that rungs, traits and stages make: "rung:true-fan", "trait:bargain-hunter", "stage:dormant".</summary>
internal static class LadderSegments
{
    internal static SegmentId Id(LoyaltyRung rung) => SegmentId.Of("rung:" + rung.Name);

    internal static SegmentId Id(LoyaltyTrait trait) => SegmentId.Of("trait:" + trait.Name);

    internal static SegmentId Id(LifecycleStage stage) => SegmentId.Of("stage:" + stage.Name);

    internal static IReadOnlyList<SegmentId> Of(LadderRow row)
    {
        var segments = new List<SegmentId>(4);
        if (row.Rung is { } rung)
        {
            segments.Add(Id(rung));
        }

        if (row.Influencer == TraitAnswer.Yes)
        {
            segments.Add(Id(LoyaltyTrait.Influencer));
        }

        if (row.BargainHunter == TraitAnswer.Yes)
        {
            segments.Add(Id(LoyaltyTrait.BargainHunter));
        }

        if (row.Stage is { } stage)
        {
            segments.Add(Id(stage));
        }

        return ValueList<SegmentId>.Of(segments, nameof(row));
    }

    internal static IReadOnlyList<Segment> All(LadderDefinition definition) => ValueList<Segment>.Of(
    [
        .. LoyaltyRung.All.Select(rung => new Segment { Id = Id(rung), Name = $"rung {rung.Name}", Words = LadderWords.Meaning(rung, definition) }),
        .. LoyaltyTrait.All.Select(trait => new Segment { Id = Id(trait), Name = $"trait {trait.Name}", Words = LadderWords.Meaning(trait, definition) }),
        .. LifecycleStage.All.Select(stage => new Segment { Id = Id(stage), Name = $"stage {stage.Name}", Words = LadderWords.Meaning(stage, definition) }),
    ],
    nameof(definition));
}
