using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>Two pyramids side by side.</summary>
internal sealed record Compared
{
    /// <summary>Gets the names of both: days or files.</summary>
    internal required (string Before, string Now) Names { get; init; }

    internal required string By { get; init; }

    internal required Currency Currency { get; init; }

    /// <summary>Gets the pyramid now, cut by the scheme.</summary>
    internal required Pyramid Now { get; init; }

    internal required Moved Moved { get; init; }

    internal required IReadOnlyList<string> Notes { get; init; }
}
