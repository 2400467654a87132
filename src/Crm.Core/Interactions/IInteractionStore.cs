namespace Crm.Core.Interactions;

/// <summary>Where interactions are kept. A host implements it over its own storage.</summary>
/// <remarks>
/// <para>
/// Interactions are appended and never changed. Each is a whole value, found as it was given (<see cref="InteractionJson"/> makes one text of it). The only
/// thing that takes any away is the erasure of a person: it takes that customer's interactions, and with them the states of the same
/// things that they supersede, which would come to light again as someone else's.
/// </para>
/// <para>
/// Every member may be called by several threads at once. An append that has returned is seen by every read that begins after it. A token
/// that is cancelled beforehand makes every member throw <see cref="OperationCanceledException"/> and change nothing. Ids are compared
/// ordinally: a database with another collation compares again. Nothing is written to a log that holds more of a customer than the id.
/// </para>
/// </remarks>
public interface IInteractionStore : IPersonalDataStore
{
    /// <summary>
    /// Appends interactions, all of them or none. One whose id is there already and that <see cref="Interaction.SaysTheSameAs"/> it is the same, delivered
    /// twice: the first stays. Corrections may come before what they correct; that a correction corrects
    /// another is found whichever of the two comes second.
    /// </summary>
    /// <param name="interactions">The interactions, of any customers.</param>
    /// <param name="cancellationToken">Stops the work before anything is appended, or not at all.</param>
    /// <returns>How many were new, and how many there already.</returns>
    /// <exception cref="InteractionConflictException">
    /// An id is there already, or twice in <paramref name="interactions"/>, with another content, or one corrects a correction. All such are named, and nothing is appended.
    /// </exception>
    ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>Gives a page of a customer's timeline, in the order of <see cref="PageEnd.Compare(Interaction, Interaction)"/>: newest first.</summary>
    /// <param name="query">Which interactions, and where the page begins.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The page, as full as its limit and the interactions allow.</returns>
    ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken);

    /// <summary>Gives every state of one thing: the original, where it has come, and all that correct it.</summary>
    /// <param name="original">The <see cref="Interaction.Original"/> of the states.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The states, each once, the one that <see cref="Interaction.Supersedes"/> all others last; empty where there is none.</returns>
    ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken);

    /// <summary>
    /// Gives all that was appended after a position, in the order it was appended: originals, corrections and retractions alike. What is
    /// appended later never comes at or before a position that was given: a database that numbers rows before it commits them gives a row only when every smaller number is settled.
    /// </summary>
    /// <param name="after">A position that was given before, or <see cref="StorePosition.Start"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The interactions, each with its position.</returns>
    IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken);
}
