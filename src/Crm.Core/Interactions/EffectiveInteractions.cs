using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>Of all states of things those that count: corrected ones and retractions left out.</summary>
internal static class EffectiveInteractions
{
    /// <summary>Gives the interactions of a customer that count by what was known at a moment, in no order.</summary>
    internal static IReadOnlyList<Interaction> Of(IEnumerable<Interaction> states, Instant knownAt, CustomerId customer)
    {
        var current = new Dictionary<InteractionId, Interaction>();
        foreach (Interaction state in states)
        {
            if (state.RecordedAt <= knownAt && (!current.TryGetValue(state.Original, out Interaction? held) || state.Supersedes(held)))
            {
                current[state.Original] = state;
            }
        }

        return [.. current.Values.Where(state => state.Customer == customer && state.Kind != InteractionKind.Retraction)];
    }
}
