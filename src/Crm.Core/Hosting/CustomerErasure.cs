using System.Diagnostics;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Erases a person from every store of personal data, and reads each again to see whether anything is left.</summary>
/// <remarks>As thread-safe as the stores it is given.</remarks>
public sealed class CustomerErasure
{
    private readonly ValueList<IPersonalDataStore> _stores;

    /// <summary>Initializes a new instance of the <see cref="CustomerErasure"/> class.</summary>
    /// <param name="stores">All stores that hold personal data.</param>
    /// <exception cref="ArgumentException">The list or one of the stores is null.</exception>
    public CustomerErasure(IEnumerable<IPersonalDataStore> stores) =>
        _stores = ValueList<IPersonalDataStore>.Of(ValueList<IPersonalDataStore>.Of(stores, nameof(stores)).OrderBy(store => store is not StoredHistories), nameof(stores));

    /// <summary>
    /// Erases a person. A store that throws is named in the report and the others are erased all the same; erasing again completes what
    /// was left.
    /// </summary>
    /// <param name="customer">Who.</param>
    /// <param name="cancellationToken">Stops the work; what was erased by then stays erased.</param>
    /// <returns>What each store states, and what was found in it afterwards.</returns>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is <see cref="CustomerId.None"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<ErasureReport> EraseAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        StoredText.Id(customer, CustomerId.None, nameof(customer));
        using Activity? activity = CrmTelemetry.Activities.StartActivity("crm.erasure");
        var outcomes = new List<StoreErasure>();
        foreach (IPersonalDataStore store in _stores)
        {
            outcomes.Add(await EraseAsync(store, customer, cancellationToken).ConfigureAwait(false));
        }

        // A refresh that began while the others were erased has read what was still there: it is made to begin again, and what it may have shown is taken back.
        foreach (int i in Enumerable.Range(0, outcomes.Count).Where(i => Again(_stores[i]) is not null).OrderBy(i => Again(_stores[i])))
        {
            if (outcomes[i] is { Statement: { } first, Fault: null })
            {
                StoreErasure again = await EraseAsync(_stores[i], customer, cancellationToken).ConfigureAwait(false);
                outcomes[i] = again.Statement is null ? again : again with
                {
                    Statement = again.Statement with { Removed = first.Removed + again.Statement.Removed, Redacted = first.Redacted + again.Statement.Redacted },
                };
            }
        }

        // Read when all have erased: one store may have fed another meanwhile.
        for (int i = 0; i < outcomes.Count; i++)
        {
            outcomes[i] = await ReadAgainAsync(_stores[i], customer, outcomes[i], cancellationToken).ConfigureAwait(false);
        }

        var report = new ErasureReport { Customer = customer, Stores = outcomes };
        CrmTelemetry.Erasures.Add(1, new KeyValuePair<string, object?>("crm.complete", report.IsComplete));
        activity?.SetTag("crm.complete", report.IsComplete);
        return report;
    }

    // What a refresh writes, in the order in which it must not come back.
    private static int? Again(IPersonalDataStore store) => store switch
    {
        StoredHistories => 0,
        IScoreStore => 1,
        LiveSegments => 2,
        ISegmentStore => 3,
        _ => null,
    };

    private static async ValueTask<StoreErasure> EraseAsync(IPersonalDataStore store, CustomerId customer, CancellationToken cancellationToken)
    {
        try
        {
            ErasureStatement? statement = await store.EraseAsync(customer, cancellationToken).ConfigureAwait(false);
            return new() { Store = store.DataName, Statement = statement, Fault = statement is null ? "erasing gave no statement" : null };
        }
        catch (Exception wrong) when (!IsCancellation(wrong, cancellationToken))
        {
            return new() { Store = store.DataName, Fault = $"erasing threw {wrong.GetType().Name}" };
        }
    }

    private static async ValueTask<StoreErasure> ReadAgainAsync(
        IPersonalDataStore store, CustomerId customer, StoreErasure outcome, CancellationToken cancellationToken)
    {
        try
        {
            long found = 0;
            await foreach (HeldData _ in store.ReadHeldDataAsync(customer, cancellationToken).ConfigureAwait(false))
            {
                found++;
            }

            // What shows data to the application is asked too: a store may forget to list what it still gives.
            return outcome with { Found = found > 0 ? found : await ShownAsync(store, customer, cancellationToken).ConfigureAwait(false) };
        }
        catch (Exception wrong) when (!IsCancellation(wrong, cancellationToken))
        {
            string fault = $"reading again threw {wrong.GetType().Name}";
            return outcome with { Fault = outcome.Fault is null ? fault : $"{outcome.Fault}; {fault}" };
        }
    }

    private static async ValueTask<long> ShownAsync(IPersonalDataStore store, CustomerId customer, CancellationToken cancellationToken)
    {
        long shown = 0;
        if (store is ICustomerStore customers && await customers.FindAsync(customer, cancellationToken).ConfigureAwait(false) is not null)
        {
            shown++;
        }

        if (store is IInteractionStore interactions)
        {
            var query = new InteractionQuery { Customer = customer, AsOf = AsOf.Hindsight(Instant.MaxValue), Limit = InteractionQuery.MostOnAPage };
            await foreach (InteractionPage page in interactions.ReadPagesAsync(query, cancellationToken).ConfigureAwait(false))
            {
                shown += page.Items.Count;
            }
        }

        if (store is ISegmentStore segments)
        {
            shown += (await segments.ReadMovesAsync(customer, cancellationToken).ConfigureAwait(false)).Count;
        }

        if (store is IScoreStore scores)
        {
            foreach (Stored<ScoreRun> run in await scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false))
            {
                shown += await scores.FindAsync(run.Value.Id, customer, cancellationToken).ConfigureAwait(false) is null ? 0 : 1;
            }
        }

        return shown;
    }

    private static bool IsCancellation(Exception wrong, CancellationToken cancellationToken) =>
        wrong is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
