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
            if (state.RecordedAt <= knownAt)
            {
                Keep(current, state);
            }
        }

        // A correction may have moved it to another customer.
        return [.. current.Values.Where(state => state.Customer == customer && state.Kind != InteractionKind.Retraction)];
    }

    /// <summary>Keeps a state, unless one that counts instead of it is kept already.</summary>
    internal static void Keep(Dictionary<InteractionId, Interaction> states, Interaction state)
    {
        if (!states.TryGetValue(state.Original, out Interaction? held) || state.Supersedes(held))
        {
            states[state.Original] = state;
        }
    }
}
