using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>For each rule a store that breaks it, and does all else as well as it can.</summary>
internal static partial class BrokenInteractionStores
{
    internal static IReadOnlyDictionary<string, Func<IInteractionStore>> ByRule { get; } = new Dictionary<string, Func<IInteractionStore>>
    {
        ["found-as-appended"] = () => ChangedInteractionStore.Keeping(one => one.Detail is OrderDetail order ? one with { Detail = order with { Expected = null } } : one),
        ["nothing-read-where-nothing-is"] = () => new ChangedInteractionStore
        {
            Read = async (inner, query, token) => await inner.ReadAsync(query, token) is { Items.Count: > 0 } page ? page : throw new KeyNotFoundException(),
        },
        ["append-seen-at-once"] = Delayed,
        ["hostile-text-exact"] = () => ChangedInteractionStore.Keeping(one => one.Detail is NoteDetail note ? one with { Detail = note with { Text = note.Text.ReplaceLineEndings("\n") } } : one),
        ["long-text-whole"] = () => ChangedInteractionStore.Keeping(one => one.Detail is NoteDetail note ? one with { Detail = note with { Text = Damage.Short(note.Text) } } : one),
        ["decimals-exact"] = () => ChangedInteractionStore.Keeping(one => one.Cost is { } cost ? one with { Cost = Money.Of(decimal.Round(cost.Amount, 4), cost.Currency) } : one),
        ["nanoseconds-kept"] = () => ChangedInteractionStore.Keeping(one => one with { At = Damage.Coarse(one.At), RecordedAt = Damage.Coarse(one.RecordedAt) }),
        ["extreme-moments-kept"] = () => ChangedInteractionStore.Keeping(one => one with { At = Damage.Clamped(one.At) }),
        ["delivered-twice-is-one"] = Renumbered,
        ["twice-in-one-batch-is-one"] = () => new ChangedInteractionStore
        {
            Append = async (inner, all, token) => all.DistinctBy(one => one.Id).Count() < all.Count
                ? throw new InvalidOperationException("UNIQUE constraint failed") : await inner.AppendAsync(all, token),
        },
        ["other-content-refused"] = () => new ChangedInteractionStore { Append = AppendUnknownAsync },
        ["other-content-in-one-batch-refused"] = () => new ChangedInteractionStore
        {
            Append = async (inner, all, token) => await inner.AppendAsync([.. all.DistinctBy(one => one.Id)], token),
        },
        ["empty-batch-appends-nothing"] = () => new ChangedInteractionStore
        {
            Append = async (inner, all, token) => all.Count == 0 ? throw new InvalidOperationException("INSERT without VALUES") : await inner.AppendAsync(all, token),
        },
        ["ids-compared-ordinally"] = () => Scanning((query, log) => Chosen(query, log, Counts, (asked, has) => Damage.IsLike(asked.ToString(), has.ToString()))),
        ["cancelled-changes-nothing"] = () => new ChangedInteractionStore { Append = async (inner, all, _) => await inner.AppendAsync(all, CancellationToken.None) },
        ["cancelled-midway-all-or-none"] = () => new ChangedInteractionStore { Append = AppendSlowlyAsync },
        ["correction-takes-the-place"] = () => Scanning((query, log) => Chosen(query, log, (_, _) => false)),
        ["correction-may-come-first"] = () => new ChangedInteractionStore { Append = AppendWithForeignKeyAsync },
        ["last-correction-counts"] = () => Scanning((query, log) => Chosen(query, log, (one, other) =>
            one.Corrects != InteractionId.None && (other.Corrects == InteractionId.None || Place(log, one) > Place(log, other)))),
        ["equal-corrections-by-id"] = () => Scanning((query, log) => Chosen(query, log, (one, other) => one.Corrects != InteractionId.None
            && (other.Corrects == InteractionId.None || one.RecordedAt > other.RecordedAt
                || (one.RecordedAt == other.RecordedAt && string.CompareOrdinal(one.Id.ToString(), other.Id.ToString()) > 0)))),
        ["correction-moves-to-another"] = () => Scanning((query, log) => Chosen(query, log, (one, other) => one.Customer == other.Customer && Counts(one, other))),
        ["retraction-hides"] = () => Scanning((query, log) => Chosen(query, log, (one, other) => one.Kind != InteractionKind.Retraction && Counts(one, other))),
        ["correction-of-a-correction-refused"] = () => new ChangedInteractionStore
        {
            Append = (inner, all, token) => AppendLenientAsync(inner, all, conflict => conflict.CorrectsACorrection.Count > 0, token),
        },
        ["correction-of-a-correction-found-late"] = () => new ChangedInteractionStore
        {
            Append = (inner, all, token) => AppendLenientAsync(inner, all, conflict => conflict.CorrectsACorrection.Any(id => all.All(one => one.Id != id)), token),
        },
        ["states-of-one-thing"] = () => new ChangedInteractionStore
        {
            ReadStates = async (inner, original, token) => [.. (await inner.ReadStatesAsync(original, token)).OrderBy(one => one.RecordedAt).ThenBy(one => one.Id.ToString(), StringComparer.Ordinal)],
        },
        ["what-was-known-then"] = () => ChangedInteractionStore.Asking(query => query with { AsOf = AsOf.Hindsight(query.AsOf.TrueAt) }),
        ["known-to-the-moment"] = () => ChangedInteractionStore.Asking(query => query with { AsOf = query.AsOf with { KnownAt = query.AsOf.KnownAt - Duration.Epsilon } }),
        ["what-was-true-then"] = () => ChangedInteractionStore.Asking(query => query with { AsOf = query.AsOf with { TrueAt = Instant.MaxValue } }),
        ["late-is-known-late"] = () => Scanning((query, log) => log.Where(one => one.Customer == query.Customer && one.At <= query.AsOf.TrueAt)),
        ["customers-kept-apart"] = () => Scanning((query, log) => Chosen(query, log, Counts, (asked, has) => has.ToString().StartsWith(asked.ToString(), StringComparison.Ordinal))),
        ["filter-by-kind"] = () => ChangedInteractionStore.Asking(query => query with { Kinds = [.. query.Kinds.Take(1)] }),
        ["filter-by-channel"] = () => ChangedInteractionStore.Asking(query => query with { Channel = Channel.None }),
        ["filter-by-thread"] = () => ChangedInteractionStore.Asking(query => query with { Thread = ThreadId.None }),
        ["filter-by-time"] = () => ChangedInteractionStore.Asking(query => query with { Before = query.Before + Duration.Epsilon }),
        ["filters-together"] = () => ChangedInteractionStore.Asking(query => query.Channel == Channel.None ? query : query with { Kinds = [] }),
        ["filters-after-corrections"] = () => Scanning((query, log) => Chosen(query, [.. log.Where(query.Counts)], Counts)),
        ["newest-first"] = () => new ChangedInteractionStore { Read = async (inner, query, token) => Reordered(await inner.ReadAsync(query, token), items => items.Reverse()) },
        ["equal-moments-by-id"] = () => new ChangedInteractionStore
        {
            Read = async (inner, query, token) => Reordered(
                await inner.ReadAsync(query, token), items => items.OrderByDescending(one => one.At).ThenByDescending(one => one.Id.ToString(), StringComparer.Ordinal)),
        },
        ["pages-each-once"] = () => ChangedInteractionStore.Asking(query => query.After is not { } end ? query
            : query with { After = null, AsOf = query.AsOf with { TrueAt = Instant.Min(query.AsOf.TrueAt, end.At - Duration.Epsilon) } }),
        ["page-limit-kept"] = () => ChangedInteractionStore.Asking(query => query with { Limit = Math.Min(25, query.Limit) }),
        ["pages-while-appending"] = PagedByOffset,
        ["page-after-any-place"] = () => new ChangedInteractionStore { Read = ReadFromRowAsync },
        ["log-in-order"] = () => new ChangedInteractionStore
        {
            ReadAppended = (inner, after, token) => inner.ReadAppendedAsync(after, token).OrderBy(one => one.Interaction.At),
        },
        ["log-resumes"] = () => new ChangedInteractionStore
        {
            ReadAppended = (inner, after, token) => inner.ReadAppendedAsync(StorePosition.Start, token).SkipWhile(one => after != StorePosition.Start && one.Position != after),
        },
        ["log-long"] = () => new ChangedInteractionStore { ReadAppended = (inner, after, token) => inner.ReadAppendedAsync(after, token).Take(1_000) },
        ["log-survives-erasure"] = () => new ChangedInteractionStore { ReadAppended = ReadByRowNumber },
        ["erased-position-never-again"] = NumbersGivenAgain,
        ["log-read-while-erasing"] = ErasedUnderTheReader,
        ["log-without-gaps-under-load"] = NumberedBeforeCommit,
        ["data-name-given"] = () => new ChangedInteractionStore { DataName = "" },
        ["erased-is-gone"] = () => new ChangedInteractionStore { Erase = (inner, _, _) => Task.FromResult(Damage.Statement(inner.DataName)) },
        ["erasure-takes-superseded-states"] = () => new ChangedInteractionStore { Erase = EraseOwnOnlyAsync },
        ["erasure-keeps-later-states"] = EraseWholeRows,
        ["redacted-is-delivered-again"] = () => new ChangedInteractionStore
        {
            Append = async (inner, all, token) =>
            {
                foreach (Interaction one in all.Where(one => one.Detail.NamedCustomer != CustomerId.None))
                {
                    var states = await inner.ReadStatesAsync(one.Original, token);
                    if (states.FirstOrDefault(state => state.Id == one.Id) is { IsMentionErased: true })
                    {
                        throw new InteractionConflictException([one.Id], []);
                    }
                }

                return await inner.AppendAsync(all, token);
            },
        },
        ["erasure-redacts-mentions"] = () => new ChangedInteractionStore
        {
            Erase = async (inner, id, token) => await inner.ReadHeldDataAsync(id, token).AnyAsync(item => item.Kind == "interaction", token)
                ? await inner.EraseAsync(id, token) : Damage.Statement(inner.DataName, 0, 0),
        },
        ["erasure-leaves-others"] = () => new ChangedInteractionStore
        {
            Erase = async (inner, id, token) =>
            {
                await inner.EraseAsync(CustomerId.Of(id + " "), token);
                return await inner.EraseAsync(id, token);
            },
        },
        ["erasure-stated"] = () => new ChangedInteractionStore { Erase = async (inner, id, token) => await inner.EraseAsync(id, token) with { Removed = 1 } },
        ["erasing-twice-is-no-error"] = () => new ChangedInteractionStore
        {
            Erase = async (inner, id, token) => await inner.EraseAsync(id, token) is { } statement && statement.Removed + statement.Redacted > 0 ? statement : throw new KeyNotFoundException(),
        },
        ["appended-again-after-erasure"] = Tombstones,
        ["held-data-complete"] = () => new ChangedInteractionStore
        {
            ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Where(item => item.Kind == "interaction"),
        },
        ["appended-together-once"] = () => new ChangedInteractionStore { Append = CountThenAppendAsync },
        ["contradicted-together-once"] = () => new ChangedInteractionStore { Append = CheckThenAppendAsync },
        ["readers-see-whole-pages"] = PagedByOffset,
    };
}
