using Crm.Core.Hosting;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

using Scene = Scene<IModelStore, ArtefactModel>;
using Step = SequenceStep<IModelStore, ArtefactModel>;

/// <summary>What is done to model stores at random.</summary>
internal static class ArtefactSteps
{
    private static readonly string[] _runs = ["a", "A", "b"];
    private static readonly string[] _names = ["mbg-nbd", "MBG-NBD", "𝔘", "\uFF01", "histories"];

    internal static Step Draw(SeededChance chance) => chance.Below(8) switch
    {
        0 => RemoveRun(chance.One(_runs)),
        1 or 2 => Remove(chance.One(_runs), chance.One(_names)),
        _ => Save(chance),
    };

    /// <summary>Compares what is found under every run and name, and the names of every run in their order.</summary>
    internal static async Task CompareAsync(Scene scene)
    {
        var (t, model) = scene;
        foreach (string run in _runs)
        {
            foreach (string name in _names)
            {
                if (model.Find(t.Run(run), name) is { } content)
                {
                    await t.IsFound(run, name, content, $"of {name} of {run} found").ConfigureAwait(false);
                }
                else
                {
                    await t.IsAbsent(run, name, $"{name} of {run}").ConfigureAwait(false);
                }
            }

            await t.NamesAre(run, $"of {run}", model.Names(t.Run(run))).ConfigureAwait(false);
        }
    }

    private static Step Save(SeededChance chance)
    {
        string run = chance.One(_runs);
        string name = chance.One(_names);
        string content = new('x', chance.Below(4));
        return new(FormattableString.Invariant($"save {name} of {run} with {content.Length} bytes"), async scene =>
        {
            await scene.Trial.Save(run, name, content).ConfigureAwait(false);
            scene.Model.Save(scene.Trial.Run(run), name, content);
        });
    }

    private static Step Remove(string run, string name) => new($"remove {name} of {run}", async scene =>
    {
        await scene.Trial.Remove(run, name).ConfigureAwait(false);
        scene.Model.Remove(scene.Trial.Run(run), name);
    });

    private static Step RemoveRun(string run) => new($"remove {run}", async scene =>
    {
        await scene.Trial.Remove(run).ConfigureAwait(false);
        scene.Model.Remove(scene.Trial.Run(run));
    });
}
