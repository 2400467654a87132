namespace Crm.Core.Interactions;

/// <summary>An interaction as it comes when all that was appended is read in its order.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Interaction">The interaction.</param>
/// <param name="Position">How far one has read with it.</param>
public sealed record StoredInteraction(Interaction Interaction, StorePosition Position);
