using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>A kind of interaction that a source may tell of, and what it must tell with it.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
/// <param name="Kind">The kind.</param>
/// <param name="Required">What every interaction of it must have.</param>
public sealed record IntakeKind(InteractionKind Kind, IntakeProperties Required = IntakeProperties.None);
