namespace Crm.Core.Interactions;

/// <summary>What became of interactions that were appended.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Appended">How many were new.</param>
/// <param name="AlreadyThere">How many were there already, saying the same.</param>
public sealed record AppendResult(int Appended, int AlreadyThere);
