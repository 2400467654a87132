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
    /// <summary>Reads everything.</summary>
    /// <param name="lastDay">The last day that counts.</param>
    /// <param name="until">The position to stop at, or null for the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The purchases, or null where <paramref name="until"/> is not met: what stood there was erased.</returns>
    internal async Task<PurchasesRead?> ReadAllAsync(LocalDate lastDay, StorePosition? until, CancellationToken cancellationToken)
    {
        var pass = new Pass();
        return await ReadLogAsync(pass, until, cancellationToken).ConfigureAwait(false) is not var (builder, early) ? null : new()
        {
            State = builder.StateThrough(lastDay, cancellationToken),
            All = builder,
            ReadThrough = pass.End,
            CorrectedEarly = early,
            Interactions = pass.Count,
        };
    }

    /// <summary>Reads all purchases and returns that count.</summary>
    internal async Task<PurchaseHistoryBuilder> ReadPurchasesAsync(CancellationToken cancellationToken) =>
        (await ReadLogAsync(new(), null, cancellationToken).ConfigureAwait(false))!.Value.Purchases;

    private async Task<(PurchaseHistoryBuilder Purchases, HashSet<InteractionId> Early)?> ReadLogAsync(Pass pass, StorePosition? until, CancellationToken cancellationToken)
    {
        var builder = new PurchaseHistoryBuilder(unit, zone);
        var corrections = new Dictionary<InteractionId, Interaction>();
        bool isWhole = await ForEachAsync(StorePosition.Start, until, pass, interaction =>
        {
            if (interaction.Corrects == InteractionId.None)
            {
                Add(builder, interaction);
            }
            else
            {
                EffectiveInteractions.Keep(corrections, interaction);
            }
        }, cancellationToken).ConfigureAwait(false);

        HashSet<InteractionId> early = [.. corrections.Keys];
        if (isWhole && corrections.Count > 0)
        {
            // What is corrected stands in the builder already; a second time round one knows what it is.
            builder = new(unit, zone);
            isWhole = await ForEachAsync(StorePosition.Start, pass.End, new(), interaction =>
            {
                if (interaction.Corrects == InteractionId.None ? !early.Remove(interaction.Id) : corrections[interaction.Corrects].Id == interaction.Id)
                {
                    Add(builder, interaction);
                }
            }, cancellationToken).ConfigureAwait(false);
        }

        return isWhole ? (builder, early) : null;
    }

    /// <summary>Reads what is new.</summary>
    /// <param name="before">What was read before.</param>
    /// <param name="lastDay">The last day that counts; not before that of the state.</param>
    /// <param name="until">The position to stop at, or null for the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The purchases, or null where <paramref name="until"/> is not met: what stood there was erased.</returns>
    internal async Task<PurchasesRead?> ReadNewAsync(PurchasesRead before, LocalDate lastDay, StorePosition? until, CancellationToken cancellationToken)
    {
        var news = new PurchaseHistoryBuilder(unit, zone);
        HashSet<InteractionId> early = [.. before.CorrectedEarly];
        var originals = new HashSet<InteractionId>();
        var pass = new Pass { End = before.ReadThrough };
        if (!await ForEachAsync(before.ReadThrough, until, pass, interaction =>
        {
            if (interaction.Corrects != InteractionId.None)
            {
                originals.Add(interaction.Corrects);
            }
            else if (!early.Remove(interaction.Id))
            {
                Add(news, interaction);
            }
        }, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var states = await StatesAsync(originals, cancellationToken).ConfigureAwait(false);
        HashSet<CustomerId> concerned = [.. states.Where(of => of.Any(Matters)).SelectMany(of => of.Select(state => state.Customer))];

        // What must be read again for other reasons is read from one source at one moment too, so it need not prove itself complete.
        concerned.UnionWith(HistoryUpdate.Of(before.State, news, lastDay, concerned, cancellationToken).CustomersToReread);
        var update = HistoryUpdate.Of(before.State, news, lastDay, concerned, cancellationToken);
        var found = await ReadAgainAsync(concerned, cancellationToken).ConfigureAwait(false);

        // What was appended after the end comes with tomorrow's news: seen now, it would count twice, or hide what it corrects.
        var later = new Dictionary<InteractionId, Interaction>();
        await ForEachAsync(pass.End, null, new(), interaction => later[interaction.Id] = interaction, cancellationToken).ConfigureAwait(false);
        await UncoverAsync(found, later, concerned, cancellationToken).ConfigureAwait(false);
        early.UnionWith(states.Where(of => of.All(state => state.Corrects != InteractionId.None || later.ContainsKey(state.Id))).Select(of => of[0].Original));

        var again = new PurchaseHistoryBuilder(unit, zone);
        foreach (Interaction interaction in found.Values)
        {
            Add(again, interaction);
        }

        return new()
        {
            State = update.Next(again, cancellationToken),
            ReadThrough = pass.End,
            CorrectedEarly = early,
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

    /// <summary>Of things that were corrected before they came, those whose correction is still there; an erasure may have taken it.</summary>
    internal async Task<IReadOnlySet<InteractionId>> StillCorrectedAsync(IEnumerable<InteractionId> early, CancellationToken cancellationToken) =>
        (await StatesAsync(early, cancellationToken).ConfigureAwait(false)).Where(states => states[^1].Corrects != InteractionId.None).Select(states => states[0].Original).ToHashSet();

    private static bool Matters(Interaction interaction) => interaction.Kind is InteractionKind.Purchase or InteractionKind.Return;

    private static void Add(PurchaseHistoryBuilder builder, Interaction interaction)
    {
        if (interaction.AsPurchase() is { } purchase)
        {
            builder.Add(purchase);
        }
        else if (interaction.AsReturn() is { } given)
        {
            builder.Add(given);
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
