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
    private static readonly IReadOnlyList<Interaction> _log = [.. ShopLog.Purchases(100).Where(row => row.At.InUtc().Date <= LastDay)];
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
        var refresh = new CrmRefresh(
            new FaultyInteractionStore(Interactions, plan), new FaultyScoreStore(Scores, plan), new FaultyModelStore(Models, plan), new FaultySegmentStore(Segments, plan), _clock, _options);
        using var source = new CancellationTokenSource();
        Task running = Task.Run(() => refresh.RunThroughAsync(through ?? LastDay, null, source.Token));
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
            return false;
        }
        catch (Exception failure) when (failure is StoreFaultException or OperationCanceledException or ConcurrencyConflictException or StoreContractException)
        {
            return true;
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
        foreach (CustomerId customer in _log.Select(row => row.Customer).Distinct().Order())
        {
            moves.Add($"{customer}: {string.Join(", ", (await Segments.ReadMovesAsync(customer, default)).Select(move => $"{move.Segment} {move.Entered}"))}");
        }

        return string.Join('\n', moves);
    }
}
