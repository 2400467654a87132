namespace Crm.Core.Interactions;

/// <summary>A page of a customer's timeline, newest first.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Items">The interactions.</param>
/// <param name="End">Where the page ended, to ask for the next; null where nothing follows.</param>
public sealed record InteractionPage(IReadOnlyList<Interaction> Items, PageEnd? End);
