using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>What is saved is found as it was, byte for byte.</summary>
internal static class ModelRules
{
    private const int Megabytes = 5;

    internal static IEnumerable<Rule<IModelStore>> All =>
    [
        new("absent-is-null", "A refresh must tell a state that is not there, and reads everything, from an empty one.", async t =>
        {
            await t.Save("a", "histories", "x").ConfigureAwait(false);
            await t.IsAbsent("a", "other", "of a name that was never saved").ConfigureAwait(false);
            await t.IsAbsent("b", "histories", "of a run that was never saved").ConfigureAwait(false);
            await t.NamesAre("b", "of a run of which nothing is kept").ConfigureAwait(false);
        }),
        new("found-as-saved", "A fit that comes back under another name is another model.", async t =>
        {
            foreach (var (run, name) in new[] { ("a", "mbg-nbd"), ("a", "gamma-gamma"), ("b", "mbg-nbd") })
            {
                await t.Save(run, name, $"{run} {name}").ConfigureAwait(false);
            }

            foreach (var (run, name) in new[] { ("a", "mbg-nbd"), ("a", "gamma-gamma"), ("b", "mbg-nbd") })
            {
                await t.IsFound(run, name, $"{run} {name}").ConfigureAwait(false);
            }
        }),
        new("every-byte-kept", "A content is bytes and no text: what takes it for one changes those that are no letters.", async t =>
        {
            byte[][] contents =
            [
                [.. Enumerable.Range(0, 256).Select(value => (byte)value)],
                [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
                [0x0D, 0x0A, 0x0A, 0x0D, 0x1A],
                [0, 0, 0],
                [0xC3, 0x28, 0xED, 0xA0, 0x80, 0xFF, 0xFE],
                [0x20, 0x09, 0x20],
            ];
            foreach (byte[] content in contents)
            {
                await t.Save("a", "histories", content).ConfigureAwait(false);
                await t.IsFound("a", "histories", content, "of every value found").ConfigureAwait(false);
            }
        }),
        new("empty-content-kept", "That something is there may be all it says: a run under way is marked by a content of no bytes.", async t =>
        {
            await t.Save("a", "begun", ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
            await t.IsFound("a", "begun", ReadOnlyMemory<byte>.Empty, "of no length found").ConfigureAwait(false);
            await t.NamesAre("a", "where one has a content of no bytes", "begun").ConfigureAwait(false);
            await t.Save("a", "histories", "x").ConfigureAwait(false);
            await t.Save("a", "histories", ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
            await t.IsFound("a", "histories", ReadOnlyMemory<byte>.Empty, "saved over others and of no length found").ConfigureAwait(false);
        }),
        new("large-content-whole", "The state of a million customers is many megabytes, and one byte less is no state.", async t =>
        {
            byte[] content = new byte[(Megabytes << 20) + 1];
            uint state = 1;
            for (int i = 0; i < content.Length; i++)
            {
                state = unchecked((state * 1_664_525) + 1_013_904_223);
                content[i] = (byte)(state >> 24);
            }

            await t.Save("a", "histories", content).ConfigureAwait(false);
            await t.IsFound("a", "histories", content, "of a large artefact found").ConfigureAwait(false);
        }),
        new("content-copied", "A buffer that is used for the next model must not change the one that was saved.", async t =>
        {
            byte[] buffer = [.. ModelTrials.Bytes("..first..")];
            await t.Save("a", "one", buffer.AsMemory(2, 5)).ConfigureAwait(false);
            ModelTrials.Bytes("..second.").CopyTo(buffer, 0);
            await t.Save("a", "two", buffer.AsMemory(2, 6)).ConfigureAwait(false);
            Array.Clear(buffer);
            await t.IsFound("a", "one", "first", "whose memory was used again found").ConfigureAwait(false);
            await t.IsFound("a", "two", "second", "whose memory was used again found").ConfigureAwait(false);
        }),
        new("saved-again-replaces", "The state without one who was erased takes the place of the one with them, whole.", async t =>
        {
            await t.Save("a", "histories", "a long content of before").ConfigureAwait(false);
            await t.Save("a", "histories", "short").ConfigureAwait(false);
            await t.IsFound("a", "histories", "short", "saved over others found").ConfigureAwait(false);
            await t.Save("a", "histories", "short of late").ConfigureAwait(false);
            await t.IsFound("a", "histories", "short of late", "saved over others found").ConfigureAwait(false);
            await t.NamesAre("a", "after one was saved again", "histories").ConfigureAwait(false);
        }),
        new("save-seen-at-once", "A refresh that has marked its run and looks for the mark must find it.", async t =>
        {
            for (int i = 1; i <= 10; i++)
            {
                await t.Save("a", "begun", FormattableString.Invariant($"{i}")).ConfigureAwait(false);
                await t.IsFound("a", "begun", FormattableString.Invariant($"{i}"), "right after they were saved found").ConfigureAwait(false);
                string name = FormattableString.Invariant($"new-{i}");
                await t.Save("a", name, name).ConfigureAwait(false);
                await t.NamesAre("a", "right after one was saved", Enumerable.Range(1, i).Select(number => FormattableString.Invariant($"new-{number}")).Append("begun")).ConfigureAwait(false);
            }
        }),
        new("cancelled-changes-nothing", "A refresh that was given up must not leave a trace.", async t =>
        {
            RunId run = t.Run("a");
            await t.Save("a", "kept", "x").ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.SaveAsync(new() { Run = run, Name = "kept", Content = ModelTrials.Bytes("y") }, token).ConfigureAwait(false), nameof(IModelStore.SaveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.SaveAsync(new() { Run = run, Name = "new", Content = ModelTrials.Bytes("y") }, token).ConfigureAwait(false), nameof(IModelStore.SaveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.FindAsync(run, "kept", token).ConfigureAwait(false), nameof(IModelStore.FindAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.ReadNamesAsync(run, token).ConfigureAwait(false), nameof(IModelStore.ReadNamesAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.RemoveAsync(run, "kept", token).ConfigureAwait(false), nameof(IModelStore.RemoveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.RemoveAsync(run, token).ConfigureAwait(false), nameof(IModelStore.RemoveAsync)).ConfigureAwait(false);
            await t.IsFound("a", "kept", "x", "after calls that were cancelled beforehand found").ConfigureAwait(false);
            await t.NamesAre("a", "after calls that were cancelled beforehand", "kept").ConfigureAwait(false);
        }),
        new("save-all-or-none", "Half of a model is no model, and passes for one.", async t =>
        {
            byte[] content = new byte[1 << 18];
            Array.Fill(content, (byte)7);
            await Tokens.AllOrNone(
                async (number, token) => await t.Store.SaveAsync(new() { Run = t.Run(FormattableString.Invariant($"m{number}")), Name = "histories", Content = content }, token).ConfigureAwait(false),
                async number => (await t.Find(FormattableString.Invariant($"m{number}"), "histories").ConfigureAwait(false))?.Content.Length ?? 0,
                whole: content.Length).ConfigureAwait(false);
        }),
    ];
}
