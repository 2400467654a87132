namespace Crm.Core.Segments;

/// <summary>A search for segments has no model to give. The message says why and what to do.</summary>
public sealed class DiscoveryFailedException : InvalidOperationException
{
    internal DiscoveryFailedException(string what, IReadOnlyList<DiscoveryDiagnostic> diagnostics)
        : base($"{what} {string.Join(" ", diagnostics.Where(found => found.IsFailure))}".TrimEnd()) => Diagnostics = diagnostics;

    /// <summary>Gets what the search found.</summary>
    public IReadOnlyList<DiscoveryDiagnostic> Diagnostics { get; }
}
