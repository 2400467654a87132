using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>What is removed is gone, and nothing else.</summary>
internal static class ModelRemovalRules
{
    private static readonly string[] _otherNames = ["histories", "%", "*", "histories%", "HISTORIES"];
    private static readonly string[] _names = ["histories", "mbg-nbd", "Histories", "histories_"];
    private static readonly string[] _runsTwice = ["a", "a", "never-there"];

    internal static IEnumerable<Rule<IModelStore>> All =>
    [
        new("removed-is-gone", "A state of the histories is personal data, and what an erasure removes must not be found again.", async t =>
        {
            await SaveAll(t).ConfigureAwait(false);
            await t.Remove("a", "histories").ConfigureAwait(false);
            await t.IsAbsent("a", "histories", "that was removed").ConfigureAwait(false);
            await t.NamesAre("a", "after one was removed", "mbg-nbd", "Histories", "histories_").ConfigureAwait(false);
        }),
        new("removal-leaves-others", "What is told to remove one model must not take those of almost the same name, nor those of another run.", async t =>
        {
            await SaveAll(t).ConfigureAwait(false);
            foreach (string name in _otherNames)
            {
                await t.Remove("a", name).ConfigureAwait(false);
            }

            foreach (var (run, name) in new[] { ("a", "mbg-nbd"), ("a", "Histories"), ("a", "histories_"), ("b", "histories"), ("A", "histories") })
            {
                await t.IsFound(run, name, run + name, "after others were removed found").ConfigureAwait(false);
            }
        }),
        new("run-removed-whole", "Of a run that is removed nothing may be left that nobody looks after.", async t =>
        {
            await SaveAll(t).ConfigureAwait(false);
            await t.Remove("a").ConfigureAwait(false);
            await t.NamesAre("a", "of a run that was removed").ConfigureAwait(false);
            foreach (string name in _names)
            {
                await t.IsAbsent("a", name, "of a run that was removed").ConfigureAwait(false);
            }
        }),
        new("run-removal-leaves-others", "The run that is shown must outlive the one of last month, whatever the two are called.", async t =>
        {
            await SaveAll(t).ConfigureAwait(false);
            await t.Remove("a").ConfigureAwait(false);
            await t.Remove("%").ConfigureAwait(false);
            await t.IsFound("b", "histories", "bhistories", "after another run was removed found").ConfigureAwait(false);
            await t.IsFound("A", "histories", "Ahistories", "after another run was removed found").ConfigureAwait(false);
            await t.NamesAre("b", "after another run was removed", "histories").ConfigureAwait(false);
        }),
        new("removing-twice-is-no-error", "A removal that was interrupted is asked for again.", async t =>
        {
            await SaveAll(t).ConfigureAwait(false);
            await t.Remove("a", "histories").ConfigureAwait(false);
            await t.Remove("a", "histories").ConfigureAwait(false);
            await t.Remove("never-there", "histories").ConfigureAwait(false);
            foreach (string run in _runsTwice)
            {
                await t.Remove(run).ConfigureAwait(false);
            }

            await t.NamesAre("a", "of a run that was removed twice").ConfigureAwait(false);
        }),
        new("saved-again-after-removal", "A run that was removed is begun anew, and what it keeps then is its own.", async t =>
        {
            await SaveAll(t).ConfigureAwait(false);
            await t.Remove("a", "histories").ConfigureAwait(false);
            await t.Save("a", "histories", "anew").ConfigureAwait(false);
            await t.IsFound("a", "histories", "anew", "saved anew after a removal found").ConfigureAwait(false);
            await t.Remove("a").ConfigureAwait(false);
            await t.Save("a", "mbg-nbd", "anew").ConfigureAwait(false);
            await t.IsFound("a", "mbg-nbd", "anew", "saved anew after the removal of a run found").ConfigureAwait(false);
            await t.NamesAre("a", "of a run saved anew after its removal", "mbg-nbd").ConfigureAwait(false);
        }),
    ];

    /// <summary>Several artefacts of one run, and one in two others, each with its run and name as its content.</summary>
    private static async Task SaveAll(Trial<IModelStore> t)
    {
        foreach (var (run, name) in new[] { ("a", "histories"), ("a", "mbg-nbd"), ("a", "Histories"), ("a", "histories_"), ("b", "histories"), ("A", "histories") })
        {
            await t.Save(run, name, run + name).ConfigureAwait(false);
        }
    }
}
