using System.Text;
using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>What the rules of model stores do with a store.</summary>
internal static class ModelTrials
{
    internal static byte[] Bytes(string content) => Encoding.UTF8.GetBytes(content);

    internal static async Task Save(this Trial<IModelStore> trial, string run, string name, ReadOnlyMemory<byte> content) =>
        await trial.Store.SaveAsync(new() { Run = trial.Run(run), Name = name, Content = content }, trial.Token).ConfigureAwait(false);

    internal static Task Save(this Trial<IModelStore> trial, string run, string name, string content) => trial.Save(run, name, Bytes(content));

    internal static async Task<RunArtefact?> Find(this Trial<IModelStore> trial, string run, string name) =>
        await trial.Store.FindAsync(trial.Run(run), name, trial.Token).ConfigureAwait(false);

    internal static async Task IsAbsent(this Trial<IModelStore> trial, string run, string name, string what) =>
        Expect.Absent(await trial.Find(run, name).ConfigureAwait(false), $"artefact {what}");

    /// <summary>That an artefact is found as it was saved, under its own run and name.</summary>
    internal static async Task IsFound(this Trial<IModelStore> trial, string run, string name, ReadOnlyMemory<byte> content, string what = "found")
    {
        RunArtefact found = await trial.Find(run, name).ConfigureAwait(false) ?? throw new BrokenPromise($"an artefact {what}", "there is none");
        Expect.Equal(trial.Run(run), found.Run, $"the run of an artefact {what}");
        Expect.True(found.Name == name, $"the name of an artefact {what} as it was given", FormattableString.Invariant($"it has {found.Name.Length} characters instead of {name.Length}, or others"));
        Expect.Same(content.Span, found.Content.Span, what);
    }

    internal static Task IsFound(this Trial<IModelStore> trial, string run, string name, string content, string what = "found") =>
        trial.IsFound(run, name, Bytes(content), what);

    internal static async Task NamesAre(this Trial<IModelStore> trial, string run, string what, params IEnumerable<string> expected) => Expect.Sequence(
        [.. expected.Order(StringComparer.Ordinal)], await trial.Store.ReadNamesAsync(trial.Run(run), trial.Token).ConfigureAwait(false), $"names {what}");

    internal static async Task Remove(this Trial<IModelStore> trial, string run, string name) => await trial.Store.RemoveAsync(trial.Run(run), name, trial.Token).ConfigureAwait(false);

    internal static async Task Remove(this Trial<IModelStore> trial, string run) => await trial.Store.RemoveAsync(trial.Run(run), trial.Token).ConfigureAwait(false);
}
