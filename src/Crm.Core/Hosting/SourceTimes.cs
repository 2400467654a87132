using System.Runtime.InteropServices;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>When each source was last heard of. A customer has a handful of sources, so a list is the fastest table.</summary>
internal sealed class SourceTimes
{
    private readonly List<(SourceId Source, Instant Last)> _times = [];

    internal void Add(SourceId source, Instant recordedAt)
    {
        foreach (ref (SourceId Source, Instant Last) time in CollectionsMarshal.AsSpan(_times))
        {
            if (time.Source == source)
            {
                time.Last = recordedAt > time.Last ? recordedAt : time.Last;
                return;
            }
        }

        _times.Add((source, recordedAt));
    }

    internal IEnumerable<SourceAge> Ages(Instant knownAt) => _times
        .OrderBy(time => time.Source.ToString(), StringComparer.Ordinal)
        .Select(time => new SourceAge
        {
            Source = time.Source,
            LastRecordedAt = time.Last,
            Age = knownAt == Instant.MaxValue ? null : knownAt - time.Last,
        });
}
