using System.Runtime.ExceptionServices;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Makes histories of the interactions in a store: of all of them, or of what was appended since.</summary>
/// <remarks>
/// A correction, a retraction, a move to another customer change what has been added up. Of the customers they concern everything is read again;
/// of all others only what is new.
/// </remarks>
internal sealed class PurchaseReader(IInteractionStore store, TimeUnit unit, DateTimeZone zone)
{
    private const int Tries = 20;

    /// <summary>Reads what is new, or everything where nothing was read before, or what was read before was in a currency that has been corrected since.</summary>
    /// <param name="before">What was read before; null for everything.</param>
    /// <param name="lastDay">The last day that counts; not before that of the state.</param>
    /// <param name="until">The position to stop at, or null for the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The purchases, or null where <paramref name="until"/> is not met: what stood there was erased.</returns>
    internal async Task<PurchasesRead?> ReadAsync(PurchasesRead? before, LocalDate lastDay, StorePosition? until, CancellationToken cancellationToken)
    {
        try
        {
            if (before is not null)
            {
                return await ReadNewAsync(before, lastDay, until, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CurrencyMismatchException)
        {
            // Reading everything says whether what counts is in two.
        }

        return await ReadAllAsync(lastDay, until, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads everything.</summary>
    /// <param name="lastDay">The last day that counts.</param>
    /// <param name="until">The position to stop at, or null for the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The purchases, or null where <paramref name="until"/> is not met: what stood there was erased.</returns>
    internal async Task<PurchasesRead?> ReadAllAsync(LocalDate lastDay, StorePosition? until, CancellationToken cancellationToken)
    {
        var pass = new Pass();
        return await ReadLogAsync(pass, until, cancellationToken).ConfigureAwait(false) is not var (builder, corrected) ? null : new()
        {
            State = builder.StateThrough(lastDay, cancellationToken),
            All = builder,
            ReadThrough = pass.End,
            Corrected = corrected,
            Interactions = pass.Count,
        };
    }

    /// <summary>Reads all purchases and returns that count.</summary>
    internal async Task<PurchaseHistoryBuilder> ReadPurchasesAsync(CancellationToken cancellationToken)
    {
        for (int left = Tries; left > 0; left--)
        {
            // Nothing where somebody was erased between the two passes: then once more.
            if (await ReadLogAsync(new(), null, cancellationToken).ConfigureAwait(false) is var (purchases, _))
            {
                return purchases;
            }
        }

        throw new StoreContractException(store.GetType().Name, "A position that was given is met again, unless what stood there was erased.", "lacked the last one each time its log was read again");
    }

    private async Task<(PurchaseHistoryBuilder Purchases, CorrectedIds Corrected)?> ReadLogAsync(Pass pass, StorePosition? until, CancellationToken cancellationToken)
    {
        var builder = new PurchaseHistoryBuilder(unit, zone);
        var corrections = new Dictionary<InteractionId, Interaction>();
        ExceptionDispatchInfo? wrong = null;
        bool isWhole = await ForEachAsync(StorePosition.Start, until, pass, interaction =>
        {
            if (interaction.Corrects != InteractionId.None)
            {
                EffectiveInteractions.Keep(corrections, interaction);
            }
            else if (wrong is null)
            {
                wrong = TryAdd(builder, interaction);
            }
        }, cancellationToken).ConfigureAwait(false);

        var corrected = CorrectedIds.Of(corrections.Keys);
        if (isWhole && corrections.Count > 0)
        {
            // What is corrected stands in the builder already, and may be what was wrong; a second time round one knows what it is.
            (builder, wrong) = (new(unit, zone), null);
            isWhole = await ForEachAsync(StorePosition.Start, pass.End, new(), interaction =>
            {
                if (interaction.Corrects == InteractionId.None ? !corrections.ContainsKey(interaction.Id)
                    : corrections.TryGetValue(interaction.Corrects, out Interaction? counts) && counts.Id == interaction.Id)
                {
                    Add(builder, interaction);
                }
            }, cancellationToken).ConfigureAwait(false);
        }

        wrong?.Throw();
        return isWhole ? (builder, corrected) : null;
    }

    /// <summary>Reads what is new.</summary>
    /// <param name="before">What was read before.</param>
    /// <param name="lastDay">The last day that counts; not before that of the state.</param>
    /// <param name="until">The position to stop at, or null for the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The purchases, or null where <paramref name="until"/> is not met: what stood there was erased.</returns>
    internal async Task<PurchasesRead?> ReadNewAsync(PurchasesRead before, LocalDate lastDay, StorePosition? until, CancellationToken cancellationToken)
    {
        var added = new List<Interaction>();
        var originals = new HashSet<InteractionId>();
        var pass = new Pass { End = before.ReadThrough };
        if (!await ForEachAsync(before.ReadThrough, until, pass, interaction =>
        {
            if (interaction.Corrects != InteractionId.None)
            {
                originals.Add(interaction.Corrects);
            }
            else if (Matters(interaction))
            {
                added.Add(interaction);
            }
        }, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var states = await StatesAsync(originals, cancellationToken).ConfigureAwait(false);
        HashSet<CustomerId> concerned = [.. states.Where(of => of.Any(Matters)).SelectMany(of => of.Select(state => state.Customer))];
        var news = new PurchaseHistoryBuilder(unit, zone);
        foreach (Interaction interaction in added.Where(interaction => !originals.Contains(interaction.Id)))
        {
            if (before.Corrected.Contains(interaction.Id))
            {
                // It comes late, or once more after an erasure, and is counted already, unless that has taken the correction too: the store knows.
                concerned.Add(interaction.Customer);
            }
            else
            {
                Add(news, interaction);
            }
        }

        // What must be read again for other reasons is read from one source at one moment too, so it need not prove itself complete.
        concerned.UnionWith(HistoryUpdate.Of(before.State, news, lastDay, concerned, cancellationToken).CustomersToReread);
        var update = HistoryUpdate.Of(before.State, news, lastDay, concerned, cancellationToken);
        var found = await ReadAgainAsync(concerned, cancellationToken).ConfigureAwait(false);

        // What was appended after the end comes with tomorrow's news: seen now, it would count twice, or hide what it corrects.
        var later = new Dictionary<InteractionId, Interaction>();
        await ForEachAsync(pass.End, null, new(), interaction => later[interaction.Id] = interaction, cancellationToken).ConfigureAwait(false);
        await UncoverAsync(found, later, concerned, cancellationToken).ConfigureAwait(false);
        var corrected = new CorrectedIds(before.Corrected);
        corrected.Add(originals);

        var again = new PurchaseHistoryBuilder(unit, zone);
        foreach (Interaction interaction in found.Values)
        {
            Add(again, interaction);
        }

        return new()
        {
            State = update.Next(again, cancellationToken),
            ReadThrough = pass.End,
            Corrected = corrected,
            Interactions = pass.Count,
            CustomersReread = concerned.Count,
        };
    }

    /// <summary>Whether something was appended that changes the histories.</summary>
    /// <param name="after">How far the store was read.</param>
    /// <param name="withCosts">Whether what it cost to serve somebody matters too.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Whether there is a purchase, a return, a correction, or a cost.</returns>
    internal async Task<bool> HasNewsAsync(StorePosition after, bool withCosts, CancellationToken cancellationToken)
    {
        await foreach (StoredInteraction item in store.ReadAppendedAsync(after, cancellationToken).ConfigureAwait(false))
        {
            if (Matters(item.Interaction) || item.Interaction.Corrects != InteractionId.None || (withCosts && item.Interaction.Cost is not null))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matters(Interaction interaction) => interaction.Kind is InteractionKind.Purchase or InteractionKind.Return;

    private static void Add(PurchaseHistoryBuilder builder, Interaction interaction)
    {
        if (interaction.AsPurchase() is { } purchase)
        {
            builder.AddOnce(purchase);
        }
        else if (interaction.AsReturn() is { } given)
        {
            builder.Add(given);
        }
    }

    // What is wrong with a purchase matters only if it counts, which nobody knows before all corrections are read.
    private static ExceptionDispatchInfo? TryAdd(PurchaseHistoryBuilder builder, Interaction interaction)
    {
        try
        {
            Add(builder, interaction);
            return null;
        }
        catch (CurrencyMismatchException wrong)
        {
            return ExceptionDispatchInfo.Capture(wrong);
        }
    }

    private async Task<bool> ForEachAsync(StorePosition after, StorePosition? until, Pass pass, Action<Interaction> look, CancellationToken cancellationToken)
    {
        if (until == after)
        {
            return true;
        }

        await foreach (StoredInteraction item in store.ReadEachOnceAsync(after, cancellationToken).ConfigureAwait(false))
        {
            pass.End = item.Position;
            pass.Count++;
            look(item.Interaction);
            if (item.Position == until)
            {
                return true;
            }
        }

        return until is null;
    }

    private async Task<List<IReadOnlyList<Interaction>>> StatesAsync(IEnumerable<InteractionId> originals, CancellationToken cancellationToken)
    {
        var all = new List<IReadOnlyList<Interaction>>();
        foreach (InteractionId original in originals)
        {
            // None where somebody was erased meanwhile; the run notices.
            if (await store.ReadStatesAsync(original, cancellationToken).ConfigureAwait(false) is { Count: > 0 } states)
            {
                all.Add(states);
            }
        }

        return all;
    }

    private async Task<Dictionary<InteractionId, Interaction>> ReadAgainAsync(IEnumerable<CustomerId> customers, CancellationToken cancellationToken)
    {
        var found = new Dictionary<InteractionId, Interaction>();
        foreach (CustomerId customer in customers)
        {
            var query = new InteractionQuery
            {
                Customer = customer,
                AsOf = AsOf.Hindsight(Instant.MaxValue),
                Kinds = [InteractionKind.Purchase, InteractionKind.Return],
                Limit = InteractionQuery.MostOnAPage,
            };
            await foreach (InteractionPage page in store.ReadPagesAsync(query, cancellationToken).ConfigureAwait(false))
            {
                foreach (Interaction interaction in page.Items)
                {
                    found[interaction.Id] = interaction;
                }
            }
        }

        return found;
    }

    /// <summary>Takes out what came later, and puts back the states that it corrects.</summary>
    private async Task UncoverAsync(
        Dictionary<InteractionId, Interaction> found, Dictionary<InteractionId, Interaction> later, HashSet<CustomerId> concerned, CancellationToken cancellationToken)
    {
        foreach (InteractionId id in later.Keys)
        {
            found.Remove(id);
        }

        var corrected = later.Values.Where(interaction => interaction.Corrects != InteractionId.None).Select(interaction => interaction.Corrects).Distinct();
        foreach (var states in await StatesAsync(corrected, cancellationToken).ConfigureAwait(false))
        {
            if (states.LastOrDefault(state => !later.ContainsKey(state.Id)) is { } counted && Matters(counted) && concerned.Contains(counted.Customer))
            {
                found[counted.Id] = counted;
            }
        }
    }

    private sealed class Pass
    {
        internal StorePosition End { get; set; } = StorePosition.Start;

        internal long Count { get; set; }
    }
}
