using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>When each source was last heard of. A customer has a handful of sources, so a list is the fastest table.</summary>
internal sealed class SourceTimes
{
    private readonly List<(SourceId Source, Instant Last)> _times = [];

    internal void Add(SourceId source, Instant recordedAt)
    {
        for (int i = 0; i < _times.Count; i++)
        {
            if (_times[i].Source == source)
            {
                if (recordedAt > _times[i].Last)
                {
                    _times[i] = (source, recordedAt);
                }

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
