using System.Globalization;

namespace Crm.Core.Cli.Output;

/// <summary>The rows of a file that <c>--on-bad-row skip</c> left out.</summary>
/// <param name="Rows">How many in all.</param>
/// <param name="Reasons">By reason, the most frequent first; their rows add up to <paramref name="Rows"/>.</param>
internal sealed record SkippedRows(long Rows, IReadOnlyList<SkippedReason> Reasons)
{
    private const int Named = 10;

    internal static SkippedRows None { get; } = new(0, []);

    /// <summary>What was left out, in one line; nothing where all rows were good.</summary>
    internal IEnumerable<string> Words()
    {
        if (Rows > 0)
        {
            string reasons = string.Join("; ", Reasons.Take(Named).Select(reason => string.Create(
                CultureInfo.InvariantCulture, $"{(reason.Column is null ? "" : reason.Column + ", ")}{reason.Reason}: {reason.Rows:N0}, the first in line {reason.FirstLine}")));
            yield return string.Create(CultureInfo.InvariantCulture, $"Rows left out because of faults: {Rows:N0} ({reasons}{(Reasons.Count > Named ? "; …" : "")}).");
        }
    }
}
