using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>Runs and names are told apart by every character, and listed in one order.</summary>
internal static class ModelNameRules
{
    internal static IEnumerable<Rule<IModelStore>> All =>
    [
        new("hostile-text-exact", "Models are named by whoever writes one, and a name is found again as it was given.", async t =>
        {
            string longest = HostileText.OfLength(128);
            string[] names = [.. HostileText.All.Select(one => one.Text), longest];
            foreach (var (name, text) in HostileText.All)
            {
                await t.Save(text, text, name).ConfigureAwait(false);
                await t.IsFound(text, text, name, $"of a name with {name} found").ConfigureAwait(false);
            }

            foreach (string name in names)
            {
                await t.Save("a", name, FormattableString.Invariant($"{name.Length}")).ConfigureAwait(false);
            }

            Expect.Set(names, await t.Store.ReadNamesAsync(t.Run("a"), t.Token).ConfigureAwait(false), "names with hostile texts");
            await t.IsFound("a", longest, FormattableString.Invariant($"{longest.Length}"), "of the longest name found").ConfigureAwait(false);
        }),
        new("ids-compared-ordinally", "A collation that takes two runs for one goes on from the state of another day.", async t =>
        {
            foreach (string text in Alike.Texts)
            {
                await t.Save(text, "histories", text).ConfigureAwait(false);
            }

            foreach (string text in Alike.Texts)
            {
                await t.IsFound(text, "histories", text, "in a run beside others of almost the same id found").ConfigureAwait(false);
            }
        }),
        new("names-compared-ordinally", "A collation that takes two names for one gives one model the parameters of another.", async t =>
        {
            foreach (string text in Alike.Texts)
            {
                await t.Save("a", text, text).ConfigureAwait(false);
            }

            foreach (string text in Alike.Texts)
            {
                await t.IsFound("a", text, text, "beside others of almost the same name found").ConfigureAwait(false);
            }
        }),
        new("names-in-ordinal-order", "What lists the models of a run says the same over every store.", async t =>
        {
            string[] names = ["b", "a", "B", "10", "9", "a-b", "a_b", "ab", "é", "z", "\uFF01", "𝔘", "\uE000", "ß", "ss", "İ", "i", " a"];
            foreach (string name in names)
            {
                await t.Save("a", name, name).ConfigureAwait(false);
            }

            await t.NamesAre("a", "in ordinal order", names).ConfigureAwait(false);
        }),
        new("names-of-one-run-each-once", "A name listed twice, or of another run, is a model that is not there.", async t =>
        {
            string[] names = [.. Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"model-{i}"))];
            foreach (string name in names)
            {
                await t.Save("a", name, name).ConfigureAwait(false);
            }

            await t.Save("a", names[0], "again").ConfigureAwait(false);
            await t.Save("b", "other", "other").ConfigureAwait(false);
            await t.NamesAre("a", "of one run of two", names).ConfigureAwait(false);
            await t.NamesAre("b", "of one run of two", "other").ConfigureAwait(false);
        }),
    ];
}
