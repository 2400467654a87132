using Crm.Core.Customers;
using Crm.Core.Interactions;

namespace Crm.Core.Segments;

/// <summary>What the ladder needs to know of one customer.</summary>
/// <remarks>Compared by value. Its text holds no personal data but the id. Immutable and thread-safe.</remarks>
public sealed record LadderCustomer
{
    private readonly Customer _customer = null!;
    private readonly IReadOnlyList<Interaction> _interactions = ValueList<Interaction>.None;
    private readonly IReadOnlyList<AliveScore> _aliveScores = ValueList<AliveScore>.None;

    /// <summary>Gets the customer with the facts known of them.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required Customer Customer
    {
        get => _customer;
        init => _customer = value ?? throw new ArgumentNullException(nameof(Customer));
    }

    /// <summary>
    /// Gets what happened, in any order: every state that was ever recorded, or only those that count. Of the states of one thing
    /// (<see cref="Interaction.Original"/>) the one that supersedes the others counts; a retraction leaves nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The list or one of its interactions is null.</exception>
    public IReadOnlyList<Interaction> Interactions
    {
        get => _interactions;
        init => _interactions = ValueList<Interaction>.Of(value, nameof(Interactions));
    }

    /// <summary>Gets what a model has said of the customer over time; none by default. Of several of one day the last of the list counts.</summary>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<AliveScore> AliveScores
    {
        get => _aliveScores;
        init => _aliveScores = ValueList<AliveScore>.Of(value, nameof(AliveScores));
    }

    /// <summary>Gives the id and the number of interactions.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"customer {Customer?.Id} with {Interactions.Count} interactions");
}
