using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Files;

/// <summary>Counts the rows that repeat an earlier one in every field; or finds them as they come, so that they can be left out.</summary>
internal sealed class RowRepeats(bool drops)
{
    private readonly HashSet<UInt128> _seen = [];
    private readonly HashRepeats _all = new();
    private long _dropped;

    /// <summary>Whether the current row is to be left out, since it repeats an earlier one.</summary>
    internal bool Drops(CsvInput csv)
    {
        UInt128 hash = RowHash.Of(csv);
        if (drops)
        {
            bool repeats = !_seen.Add(hash);
            _dropped += repeats ? 1 : 0;
            return repeats;
        }

        // To count them half the bits are enough, and what is only counted takes a quarter of the memory of a set.
        _all.Add(unchecked((ulong)hash));
        return false;
    }

    internal DuplicateCount Count() => drops ? new(_dropped, true) : new(_all.Count(), false);
}
