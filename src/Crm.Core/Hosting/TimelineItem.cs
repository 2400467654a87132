using System.Text.Json.Serialization;
using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>One interaction as a profile shows it.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record TimelineItem
{
    /// <summary>Gets the interaction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Interaction Interaction { get; init; }

    /// <summary>
    /// Gets whose purchase it is, where it is made through an account that was moved to another person by then; none where it is the
    /// customer's own. See <see cref="MovedAccount"/>.
    /// </summary>
    public CustomerId MovedTo { get; init; }

    /// <summary>Gives kind, ids and moment, nothing of the content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => Interaction.ToString();
}
