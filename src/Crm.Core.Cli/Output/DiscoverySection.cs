using Crm.Core.Segments;

namespace Crm.Core.Cli.Output;

/// <summary>What was looked for in the data, and what was found.</summary>
internal sealed record DiscoverySection
{
    public required bool Found { get; init; }

    public required string Why { get; init; }

    public required IReadOnlyList<DiscoveryCandidate> Candidates { get; init; }

    internal static DiscoverySection Of(DiscoveredSegments found) => new()
    {
        Found = found.Found,
        Why = found.Why,
        Candidates = found.Candidates,
    };
}
