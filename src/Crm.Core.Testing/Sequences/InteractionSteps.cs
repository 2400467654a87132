using Crm.Core.Interactions;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

using Scene = Scene<IInteractionStore, InteractionModel>;
using Step = SequenceStep<IInteractionStore, InteractionModel>;

/// <summary>What is done to interaction stores at random.</summary>
internal static class InteractionSteps
{
    private static readonly string[] _customers = ["ada", "Ada", "eve"];
    private static readonly string[] _ids = ["1", "2", "3", "a", "A", "é", "𝔘", "\uFF01"];
    private static readonly ThreadId[] _threads = [ThreadId.None, ThreadId.Of("t"), ThreadId.Of("T")];
    private static readonly InteractionKind[] _kinds = [InteractionKind.Note, InteractionKind.Purchase, InteractionKind.Retraction];
    private static readonly Channel[] _channels = [Channel.None, Channel.Phone, Channel.Chat];

    internal static Step Draw(SeededChance chance) => chance.Below(10) switch
    {
        0 => Erase(chance.One(_customers)),
        1 or 2 or 3 => Ask(chance),
        4 => Resume(chance),
        _ => Append(chance),
    };

    /// <summary>Compares the log and, as it is known now, every timeline.</summary>
    internal static async Task CompareAsync(Scene scene)
    {
        var (t, model) = scene;
        await t.LogIs("interactions in the log", model.Log).ConfigureAwait(false);
        foreach (string customer in _customers)
        {
            await t.Shows(t.Query(customer), "interactions", model.Timeline(t.Query(customer))).ConfigureAwait(false);
            int held = await t.Store.ReadHeldDataAsync(t.Customer(customer), t.Token).CountAsync(t.Token).ConfigureAwait(false);
            bool isThere = model.Log.Exists(one => one.Customer == t.Customer(customer) || one.Detail.NamedCustomer == t.Customer(customer));
            Expect.Equal(isThere, held > 0, $"whether anything is held on {t.Customer(customer)}");
        }
    }

    private static Step Append(SeededChance chance)
    {
        Drawn[] drawn = [.. Enumerable.Range(0, 1 + chance.Below(4)).Select(_ => new Drawn(
            chance.One(_ids), chance.One(_customers), chance.Below(4), chance.Below(4), chance.Happens(0.5) ? _ids[chance.Below(3)] : "",
            chance.Below(4), chance.One(_customers), chance.One(_channels), chance.One(_threads)))];
        return new($"append {string.Join(", ", drawn.Select(one => one.Words))}", async scene =>
        {
            var (t, model) = scene;
            Interaction[] batch = [.. drawn.Select(one => one.Make(t))];
            var (otherwise, chained) = model.Faults(batch);
            if (otherwise.Count + chained.Count > 0)
            {
                await t.Refuses("for a batch with a contradiction", otherwise, chained, batch).ConfigureAwait(false);
                return;
            }

            int appended = model.Append(batch);
            await t.Appends(appended, batch.Length - appended, batch).ConfigureAwait(false);
        });
    }

    private static Step Erase(string customer) => new($"erase {customer}", async scene =>
    {
        await scene.Trial.Store.EraseAsync(scene.Trial.Customer(customer), scene.Trial.Token).ConfigureAwait(false);
        scene.Model.Erase(scene.Trial.Customer(customer));
    });

    private static Step Ask(SeededChance chance)
    {
        string customer = chance.One(_customers);
        string original = chance.One(_ids);
        int trueAt = chance.Below(6);
        int knownAt = chance.Below(5);
        int from = chance.Below(8);
        int before = chance.Below(8);
        int limit = 1 + chance.Below(4);
        InteractionKind[] kinds = [.. Enumerable.Range(0, chance.Below(3)).Select(_ => chance.One(_kinds))];
        Channel channel = chance.Happens(0.3) ? chance.One(_channels) : Channel.None;
        ThreadId thread = chance.Happens(0.3) ? chance.One(_threads) : ThreadId.None;
        return new(
            FormattableString.Invariant($"ask for {customer} true at {trueAt} known at {knownAt} from {from} before {before} on pages of {limit}, kinds {string.Join('+', kinds)}, channel {channel}, thread {thread}; states of {original}"),
            async scene =>
            {
                var (t, model) = scene;
                InteractionQuery query = t.Query(customer) with
                {
                    AsOf = new(t.After(trueAt), t.After(knownAt)),
                    From = from < 3 ? t.After(from) : null,
                    Before = before < 5 ? t.After(before) : null,
                    Limit = limit,
                    Kinds = kinds,
                    Channel = channel,
                    Thread = thread,
                };
                await t.Shows(query, "interactions asked for", model.Timeline(query)).ConfigureAwait(false);
                await t.StatesAre(t.Interaction(original), "states asked for", model.States(t.Interaction(original))).ConfigureAwait(false);
            });
    }

    private static Step Resume(SeededChance chance)
    {
        double share = chance.Share();
        return new(FormattableString.Invariant($"resume after {share:P0} of the log, and where it was resumed before"), async scene =>
        {
            var (t, model) = scene;
            var log = await t.ReadLog().ConfigureAwait(false);
            int place = (int)(share * log.Count);
            if (place < log.Count)
            {
                model.Note(log[place].Position, model.Log[place]);
            }

            foreach (var (position, after) in model.Noted)
            {
                Expect.Same(after, [.. (await t.ReadLog(position).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions after a position");
            }
        });
    }

    private sealed record Drawn(string Id, string Customer, int At, int RecordedAt, string Corrects, int What, string Other, Channel Channel, ThreadId Thread)
    {
        internal string Words => FormattableString.Invariant(
            $"{Id} of {Customer} at {At} recorded {RecordedAt}{(Corrects.Length > 0 ? " for " + Corrects : "")} as {(What == 0 ? "retraction" : What == 1 ? "purchase through " + Other : "note")}");

        internal Interaction Make(Trial<IInteractionStore> t) => t.Note(Id, Customer) with
        {
            At = t.After(At),
            RecordedAt = t.After(RecordedAt),
            Corrects = Corrects.Length == 0 ? InteractionId.None : t.Interaction(Corrects),
            Channel = Channel,
            Thread = Thread,
            Detail = What switch
            {
                0 => new RetractionDetail(),
                1 => new PurchaseDetail { Amount = Money.Of(1.10m, Currency.Eur), ReferredBy = t.Customer(Other) },
                _ => new NoteDetail { Text = "" },
            },
        };
    }
}
