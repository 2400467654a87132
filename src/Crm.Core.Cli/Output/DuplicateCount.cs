using System.Globalization;

namespace Crm.Core.Cli.Output;

/// <summary>The rows of a file that repeat an earlier row in every field.</summary>
/// <param name="Rows">How many there are, the first of each kind not counted.</param>
/// <param name="Dropped">Whether they were left out; otherwise each counts.</param>
internal sealed record DuplicateCount(long Rows, bool Dropped)
{
    internal static DuplicateCount None { get; } = new(0, false);

    /// <summary>What became of them, in one line; nothing where there are none.</summary>
    /// <param name="dropped">Whether to speak of those that were left out; otherwise of those that count.</param>
    internal IEnumerable<string> Words(bool dropped)
    {
        if (Rows > 0 && Dropped == dropped)
        {
            string fate = Dropped ? "left out by --duplicates drop" : "each of which counts; --duplicates drop leaves them out";
            yield return string.Create(CultureInfo.InvariantCulture, $"Rows that repeat an earlier row in every field: {Rows:N0}, {fate}.");
        }
    }
}
