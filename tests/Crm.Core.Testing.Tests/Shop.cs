using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Testing.Tests;

/// <summary>The stores of a host, and what a visitor sees of them.</summary>
internal sealed record Shop(IInteractionStore Interactions, IScoreStore Scores, IModelStore Models, ISegmentStore Segments)
{
    private static readonly LocalDate _firstDay = new(2025, 11, 30);
    private static readonly IReadOnlyList<Interaction> _log = [.. ShopLog.Purchases(100).Concat(Calls).Where(row => row.At.InUtc().Date <= LastDay)];
    private static readonly RefreshOptions _options = new()
    {
        BatchSize = 40,
        KeepRuns = 1,
        Segmenter = new TierSegmenter(PyramidScheme.Curry),
        Analysis = new() { Models = ["mbg-nbd"] },
    };

    private readonly SetClock _clock = new(Instant.FromUtc(2026, 1, 1, 3, 0));

    /// <summary>Gets the day through which the base is renewed.</summary>
    internal static LocalDate LastDay => new(2025, 12, 9);

    internal static IEnumerable<CustomerId> Everybody => _log.Select(row => row.Customer).Distinct().Order();

    internal ICustomerStore Customers { get; init; } = new InMemoryCustomerStore();

    /// <summary>Gets a value indicating whether the histories are made by a source, each time anew.</summary>
    internal bool HasSource { get; init; }

    /// <summary>Gets a value indicating whether what it cost to serve customers is taken off their values.</summary>
    internal bool HasCosts { get; init; }

    private static IEnumerable<Interaction> Calls =>
        from month in Enumerable.Range(1, 12)
        from customer in Enumerable.Range(0, 34)
        select new Interaction
        {
            Id = InteractionId.Of(FormattableString.Invariant($"call-{customer}-{month}")),
            Customer = CustomerId.Of(FormattableString.Invariant($"{3 * customer}")),
            At = Instant.FromUtc(2025, month, 5, 12, 0),
            RecordedAt = Instant.FromUtc(2025, month, 5, 12, 0),
            Source = SourceId.Of("desk"),
            Cost = Money.Of(0.75m, Currency.Eur),
            Detail = new EnquiryDetail(),
        };

    internal static Shop InMemory() => new(new InMemoryInteractionStore(), new InMemoryScoreStore(), new InMemoryModelStore(), new InMemorySegmentStore());

    /// <summary>Fills the stores to where a refresh through the last day begins: with the base of days before, or with none.</summary>
    internal async Task<Shop> BeginAsync(bool isFirst)
    {
        if (!isFirst)
        {
            await Interactions.AppendAsync([.. _log.Where(row => row.At.InUtc().Date <= _firstDay)], default);
            Assert.False(await RefreshAsync(FaultPlan.Nothing(), _firstDay));
        }

        await Interactions.AppendAsync(_log, default);
        return this;
    }

    /// <summary>Refreshes over stores that fail by the plan; a caller who gets no answer gives up. Gives whether it failed.</summary>
    internal async Task<bool> RefreshAsync(FaultPlan plan, LocalDate? through = null)
    {
        var (interactions, scores, models, segments) = (
            new FaultyInteractionStore(Interactions, plan), new FaultyScoreStore(Scores, plan), new FaultyModelStore(Models, plan), new FaultySegmentStore(Segments, plan));
        RefreshOptions options = HasCosts ? _options with { CostToServeDays = 90 } : _options;
        CrmRefresh refresh = HasSource
            ? new(new InteractionHistories(interactions), scores, models, segments, _clock, options, interactions)
            : new(interactions, scores, models, segments, _clock, options);
        return !await IsDoneAsync(plan, token => refresh.RunThroughAsync(through ?? LastDay, null, token));
    }

    /// <summary>Erases a customer from stores that fail by the plan; a caller who gets no answer gives up. Gives the report, null where there is none.</summary>
    internal async Task<ErasureReport?> EraseAsync(FaultPlan plan, CustomerId customer)
    {
        var (interactions, scores) = (new FaultyInteractionStore(Interactions, plan), new FaultyScoreStore(Scores, plan));
        var erasure = new CustomerErasure(
        [
            new FaultyCustomerStore(Customers, plan),
            interactions,
            new FaultySegmentStore(Segments, plan),
            scores,
            new StoredHistories(scores, new FaultyModelStore(Models, plan), interactions),
        ]);
        ErasureReport? report = null;
        return await IsDoneAsync(plan, async token => report = await erasure.EraseAsync(customer, token)) ? report : null;
    }

    /// <summary>Gives all that the stores hold on a customer, and the state of the histories if asked.</summary>
    internal async Task<string> HeldAsync(CustomerId customer, bool withState)
    {
        IPersonalDataStore[] stores = [Customers, Interactions, Segments, Scores, .. withState ? [new StoredHistories(Scores, Models, Interactions)] : (IPersonalDataStore[])[]];
        var held = new List<string>();
        foreach (IPersonalDataStore store in stores)
        {
            held.AddRange(await store.ReadHeldDataAsync(customer, default).Select(item => $"{store.DataName}: {item.Json}").ToListAsync());
        }

        return string.Join('\n', held.Order(StringComparer.Ordinal));
    }

    /// <summary>Gives whether work over failing stores was done. A caller who gets no answer gives up.</summary>
    private static async Task<bool> IsDoneAsync(FaultPlan plan, Func<CancellationToken, Task> work)
    {
        using var source = new CancellationTokenSource();
        Task running = Task.Run(() => work(source.Token));
        while (!running.IsCompleted && !plan.Calls.Any(call => call.Fault is StoreFault.TimesOut or StoreFault.AnswersLate))
        {
            await Task.WhenAny(running, Task.Delay(1));
        }

        // Long enough for the work of a call whose answer is late.
        await Task.WhenAny(running, Task.Delay(5));
        await source.CancelAsync();
        try
        {
            await running;
            return true;
        }
        catch (Exception failure) when (failure is StoreFaultException or OperationCanceledException or ConcurrencyConflictException or StoreContractException)
        {
            return false;
        }
    }

    /// <summary>Gives the base that is shown, every score of it.</summary>
    internal async Task<string> ShownAsync()
    {
        ScoreRun? run = (await Scores.ReadRunsAsync(default)).Select(stored => stored.Value).Where(one => one.PublishedAt is not null).MaxBy(one => one.PublishedAt);
        if (run is null)
        {
            return "";
        }

        var scores = await Scores.ReadAllAsync(run.Id, default).Select(ScoreJson.Write).ToListAsync();
        return string.Join('\n', scores.Order(StringComparer.Ordinal).Prepend(FormattableString.Invariant($"{run.Through} {run.Customers} {run.Written} {run.Fingerprint} {run.Model}")));
    }

    /// <summary>Gives who is in which segment.</summary>
    internal async Task<string> MembersAsync()
    {
        var members = new List<string>();
        foreach (Segment segment in _options.Segmenter!.Segments)
        {
            members.AddRange(await Segments.ReadMembersAsync(segment.Id, AsOf.Hindsight(Instant.MaxValue), default).Select(move => $"{segment.Id} {move.Customer}").ToListAsync());
        }

        return string.Join('\n', members.Order(StringComparer.Ordinal));
    }

    /// <summary>Gives who moved where, in which order.</summary>
    internal async Task<string> MovesAsync()
    {
        var moves = new List<string>();
        foreach (CustomerId customer in Everybody)
        {
            moves.Add($"{customer}: {string.Join(", ", (await Segments.ReadMovesAsync(customer, default)).Select(move => $"{move.Segment} {move.Entered}"))}");
        }

        return string.Join('\n', moves);
    }
}
