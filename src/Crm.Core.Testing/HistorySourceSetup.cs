using Crm.Core.Histories;
using Crm.Core.Interactions;

namespace Crm.Core.Testing;

/// <summary>A source of histories, and the interactions it makes them of: what <see cref="HistorySourceConformance"/> tries together.</summary>
/// <remarks>Immutable; as thread-safe as the two.</remarks>
/// <param name="Interactions">Where purchases are appended.</param>
/// <param name="Histories">The source over the same storage.</param>
public sealed record HistorySourceSetup(IInteractionStore Interactions, IHistorySource Histories);
