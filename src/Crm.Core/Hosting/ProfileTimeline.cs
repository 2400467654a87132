using System.Text.Json.Serialization;
using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>A page of the timeline of a profile, over all channels, newest first.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileTimeline
{
    private readonly IReadOnlyList<TimelineItem> _items = ValueList<TimelineItem>.None;

    /// <summary>Gets the interactions.</summary>
    /// <exception cref="ArgumentException">The list or one of its items is null.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<TimelineItem> Items
    {
        get => _items;
        init => _items = ValueList<TimelineItem>.Of(value, nameof(Items));
    }

    /// <summary>Gets where the page ended, to ask for the next; null where nothing follows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public PageEnd? End { get; init; }

    /// <summary>Gives the number of interactions, nothing of their content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Items.Count} interactions{(End is null ? "" : ", and more")}");
}
