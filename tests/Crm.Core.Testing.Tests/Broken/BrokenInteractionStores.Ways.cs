using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Core.Interactions;

namespace Crm.Core.Testing.Tests.Broken;

/// <content>The longer ways to be wrong.</content>
internal static partial class BrokenInteractionStores
{
    private static bool Counts(Interaction one, Interaction other) => one.Supersedes(other);

    private static int Place(IReadOnlyList<Interaction> log, Interaction one) => log.Index().First(entry => entry.Item.Id == one.Id).Index;

    // What counts of a log, by a rule for which of two states counts and for whose a timeline is.
    private static IEnumerable<Interaction> Chosen(
        InteractionQuery query, IReadOnlyList<Interaction> log, Func<Interaction, Interaction, bool> counts, Func<CustomerId, CustomerId, bool>? isOf = null)
    {
        Interaction[] known = [.. log.Where(one => one.RecordedAt <= query.AsOf.KnownAt)];
        return known
            .Where(one => isOf?.Invoke(query.Customer, one.Customer) ?? (query.Customer == one.Customer))
            .Where(one => query.Counts(one) && !known.Any(other => other.Id != one.Id && other.Original == one.Original && counts(other, one)));
    }

    private static ChangedInteractionStore Scanning(Func<InteractionQuery, IReadOnlyList<Interaction>, IEnumerable<Interaction>> choose) => new()
    {
        Read = async (inner, query, token) =>
        {
            var log = await inner.ReadAppendedAsync(StorePosition.Start, token).Select(stored => stored.Interaction).ToListAsync(token);
            Interaction[] found = [.. choose(query, log).Where(one => query.After is not { } after || after.IsBefore(one))];
            Array.Sort(found, PageEnd.Compare);
            return Page(found, query.Limit);
        },
    };

    private static InteractionPage Page(Interaction[] found, int limit) => found.Length <= limit ? new(found, null)
        : new([.. found.Take(limit)], new(found[limit - 1].At, found[limit - 1].Id));

    private static InteractionPage Reordered(InteractionPage page, Func<IEnumerable<Interaction>, IEnumerable<Interaction>> order) => page with { Items = [.. order(page.Items)] };

    // INTEGER PRIMARY KEY without AUTOINCREMENT: the next number is one more than the greatest there is.
    private static ChangedInteractionStore NumbersGivenAgain()
    {
        var numbers = new Dictionary<InteractionId, int>();
        var gate = new SemaphoreSlim(1);
        async Task NumberAsync(IInteractionStore inner)
        {
            var rows = await inner.ReadAppendedAsync(StorePosition.Start, CancellationToken.None).Select(stored => stored.Interaction.Id).ToListAsync();
            foreach (InteractionId gone in numbers.Keys.Except(rows).ToArray())
            {
                numbers.Remove(gone);
            }

            foreach (InteractionId id in rows.Where(id => !numbers.ContainsKey(id)))
            {
                numbers[id] = numbers.Values.DefaultIfEmpty(0).Max() + 1;
            }
        }

        async Task<T> AloneAsync<T>(IInteractionStore inner, Func<Task<T>> act)
        {
            await gate.WaitAsync();
            try
            {
                T result = await act();
                await NumberAsync(inner);
                return result;
            }
            finally
            {
                gate.Release();
            }
        }

        async IAsyncEnumerable<StoredInteraction> ReadAsync(IInteractionStore inner, StorePosition after, [EnumeratorCancellation] CancellationToken token)
        {
            int from = after == StorePosition.Start ? 0 : int.Parse(after.ToString(), CultureInfo.InvariantCulture);
            foreach (var (row, number) in await AloneAsync(inner, async () =>
                (await inner.ReadAppendedAsync(StorePosition.Start, token).ToListAsync(token)).ConvertAll(row => (row, Number: numbers.GetValueOrDefault(row.Interaction.Id)))))
            {
                if (number > from)
                {
                    yield return row with { Position = StorePosition.Of(number.ToString(CultureInfo.InvariantCulture)) };
                }
            }
        }

        return new()
        {
            Append = (inner, all, token) => AloneAsync(inner, async () => await inner.AppendAsync(all, token)),
            Erase = (inner, id, token) => AloneAsync(inner, async () => await inner.EraseAsync(id, token)),
            ReadAppended = ReadAsync,
        };
    }

    private static ChangedInteractionStore ErasedUnderTheReader()
    {
        var offset = new ByOffset();
        return new()
        {
            Erase = offset.EraseAsync,
            ReadAppended = (inner, after, token) => offset.ReadAsync(inner.ReadAppendedAsync(after, token), token),
        };
    }

    private static ChangedInteractionStore Delayed()
    {
        IReadOnlyList<Interaction> pending = [];
        return new()
        {
            Append = async (inner, all, token) =>
            {
                await inner.AppendAsync(pending, token);
                pending = all;
                return new(all.Count, 0);
            },
        };
    }

    private static ChangedInteractionStore Renumbered()
    {
        int number = 0;
        return ChangedInteractionStore.Keeping(one => one with { Id = InteractionId.Of(string.Create(CultureInfo.InvariantCulture, $"{one.Id}-{++number}")) });
    }

    private static async Task<HashSet<InteractionId>> KnownAsync(IInteractionStore inner, CancellationToken token) =>
        await inner.ReadAppendedAsync(StorePosition.Start, token).Select(stored => stored.Interaction.Id).ToHashSetAsync(cancellationToken: token);

    private static async Task<AppendResult> AppendUnknownAsync(IInteractionStore inner, IReadOnlyList<Interaction> all, CancellationToken token)
    {
        var known = await KnownAsync(inner, token);
        AppendResult result = await inner.AppendAsync([.. all.Where(one => !known.Contains(one.Id))], token);
        return new(result.Appended, all.Count - result.Appended);
    }

    private static async Task<AppendResult> AppendSlowlyAsync(IInteractionStore inner, IReadOnlyList<Interaction> all, CancellationToken token)
    {
        int appended = 0;
        foreach (Interaction one in all)
        {
            appended += (await inner.AppendAsync([one], token)).Appended;
            await Task.Delay(1, token);
        }

        return new(appended, all.Count - appended);
    }

    private static async Task<AppendResult> AppendWithForeignKeyAsync(IInteractionStore inner, IReadOnlyList<Interaction> all, CancellationToken token)
    {
        var known = await KnownAsync(inner, token);
        foreach (Interaction one in all)
        {
            if (one.Corrects != InteractionId.None && !known.Contains(one.Corrects))
            {
                throw new InvalidOperationException("FOREIGN KEY constraint failed");
            }

            known.Add(one.Id);
        }

        return await inner.AppendAsync(all, token);
    }

    private static async Task<AppendResult> AppendLenientAsync(
        IInteractionStore inner, IReadOnlyList<Interaction> all, Func<InteractionConflictException, bool> isLetThrough, CancellationToken token)
    {
        try
        {
            return await inner.AppendAsync(all, token);
        }
        catch (InteractionConflictException conflict) when (isLetThrough(conflict))
        {
            return new(all.Count, 0);
        }
    }

    private static async Task<AppendResult> CountThenAppendAsync(IInteractionStore inner, IReadOnlyList<Interaction> all, CancellationToken token)
    {
        var known = await KnownAsync(inner, token);
        await Task.Delay(1, token); // where another writer comes between
        await inner.AppendAsync(all, token);
        int fresh = all.Count(one => !known.Contains(one.Id));
        return new(fresh, all.Count - fresh);
    }

    private static async Task<AppendResult> CheckThenAppendAsync(IInteractionStore inner, IReadOnlyList<Interaction> all, CancellationToken token)
    {
        var known = await KnownAsync(inner, token);
        await Task.Delay(1, token); // where another writer comes between
        return await AppendLenientAsync(inner, all, _ => !known.Overlaps(all.Select(one => one.Id)), token);
    }

    private static ChangedInteractionStore PagedByOffset()
    {
        var offsets = new ConcurrentDictionary<PageEnd, int>();
        return new()
        {
            Read = async (inner, query, token) =>
            {
                InteractionPage all = await inner.ReadAsync(query with { After = null, Limit = InteractionQuery.MostOnAPage }, token);
                int offset = query.After is { } after ? offsets[after] : 0;
                InteractionPage page = Page([.. all.Items.Skip(offset)], query.Limit);
                if (page.End is { } end)
                {
                    offsets[end] = offset + page.Items.Count;
                }

                await Task.Delay(1, token); // time for others to write
                return page;
            },
        };
    }

    private static async Task<InteractionPage> ReadFromRowAsync(IInteractionStore inner, InteractionQuery query, CancellationToken token)
    {
        InteractionPage all = await inner.ReadAsync(query with { After = null, Limit = InteractionQuery.MostOnAPage }, token);
        int place = query.After is { } after ? all.Items.Index().Where(entry => entry.Item.Id == after.Id).Select(entry => entry.Index).DefaultIfEmpty(int.MaxValue - 1).First() : -1;
        return Page([.. all.Items.Skip(place + 1)], query.Limit);
    }

    private static IAsyncEnumerable<StoredInteraction> ReadByRowNumber(IInteractionStore inner, StorePosition after, CancellationToken token) => inner
        .ReadAppendedAsync(StorePosition.Start, token)
        .Select((stored, row) => stored with { Position = StorePosition.Of(string.Create(CultureInfo.InvariantCulture, $"{row + 1}")) })
        .Skip(after == StorePosition.Start ? 0 : int.Parse(after.ToString(), CultureInfo.InvariantCulture));

    private static ChangedInteractionStore NumberedBeforeCommit()
    {
        int last = 0;
        var numbers = new ConcurrentDictionary<InteractionId, int>();
        return new()
        {
            Append = async (inner, all, token) =>
            {
                foreach (Interaction one in all)
                {
                    numbers[one.Id] = Interlocked.Increment(ref last);
                }

                await Task.Delay(numbers[all[0].Id] % 3, token); // some commit sooner than others
                return await inner.AppendAsync(all, token);
            },
            ReadAppended = (inner, after, token) => inner.ReadAppendedAsync(StorePosition.Start, token)
                .Select(stored => (stored.Interaction, Number: numbers[stored.Interaction.Id]))
                .Where(row => after == StorePosition.Start || row.Number > int.Parse(after.ToString(), CultureInfo.InvariantCulture))
                .OrderBy(row => row.Number)
                .Select(row => new StoredInteraction(row.Interaction, StorePosition.Of(row.Number.ToString(CultureInfo.InvariantCulture)))),
        };
    }

    private static async Task<ErasureStatement> EraseOwnOnlyAsync(IInteractionStore inner, CustomerId id, CancellationToken token)
    {
        var others = await inner.ReadAppendedAsync(StorePosition.Start, token).Select(stored => stored.Interaction).Where(one => one.Customer != id).ToListAsync(token);
        ErasureStatement statement = await inner.EraseAsync(id, token);
        var left = await KnownAsync(inner, token);
        await inner.AppendAsync([.. others.Where(one => !left.Contains(one.Id))], token);
        return statement;
    }

    // All that has the same original goes, whosever it is now.
    private static ChangedInteractionStore EraseWholeRows()
    {
        var gone = new ConcurrentDictionary<InteractionId, bool>();
        return new()
        {
            Erase = async (inner, id, token) =>
            {
                await foreach (StoredInteraction stored in inner.ReadAppendedAsync(StorePosition.Start, token))
                {
                    if (stored.Interaction.Customer == id)
                    {
                        gone[stored.Interaction.Original] = true;
                    }
                }

                return await inner.EraseAsync(id, token);
            },
            Read = async (inner, query, token) => Reordered(await inner.ReadAsync(query, token), items => items.Where(one => !gone.ContainsKey(one.Original))),
            ReadAppended = (inner, after, token) => inner.ReadAppendedAsync(after, token).Where(stored => !gone.ContainsKey(stored.Interaction.Original)),
        };
    }

    private static ChangedInteractionStore Tombstones()
    {
        var erased = new ConcurrentDictionary<InteractionId, bool>();
        return new()
        {
            Erase = async (inner, id, token) =>
            {
                var before = await KnownAsync(inner, token);
                ErasureStatement statement = await inner.EraseAsync(id, token);
                foreach (InteractionId one in before.Except(await KnownAsync(inner, token)))
                {
                    erased[one] = true;
                }

                return statement;
            },
            Append = async (inner, all, token) =>
            {
                AppendResult result = await inner.AppendAsync([.. all.Where(one => !erased.ContainsKey(one.Id))], token);
                return new(result.Appended, all.Count - result.Appended);
            },
        };
    }
}
