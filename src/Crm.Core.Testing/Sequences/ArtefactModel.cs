using Crm.Core.Hosting;

namespace Crm.Core.Testing.Sequences;

/// <summary>What a model store should hold: a list, looked through from end to end for every answer.</summary>
internal sealed class ArtefactModel
{
    private readonly List<(RunId Run, string Name, string Content)> _kept = [];

    internal void Save(RunId run, string name, string content)
    {
        Remove(run, name);
        _kept.Add((run, name, content));
    }

    internal void Remove(RunId run, string name) => _kept.RemoveAll(one => one.Run == run && one.Name == name);

    internal void Remove(RunId run) => _kept.RemoveAll(one => one.Run == run);

    internal string? Find(RunId run, string name) => _kept.Where(one => one.Run == run && one.Name == name).Select(one => one.Content).SingleOrDefault();

    internal IEnumerable<string> Names(RunId run) => _kept.Where(one => one.Run == run).Select(one => one.Name);
}
