using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Testing.Tests;

/// <summary>Each fault is what it says: what was done, what the caller saw, and what is recorded.</summary>
public sealed class FaultTests
{
    private static readonly CustomerId _id = CustomerId.Of("ada");

    private static readonly Stored<Customer> _ada = new(Customer.Person(_id), StoreVersion.None);

    private static readonly Interaction _note = new()
    {
        Id = InteractionId.Of("1"),
        Customer = _id,
        At = default,
        RecordedAt = default,
        Source = SourceId.Of("test"),
        Detail = new NoteDetail { Text = "" },
    };

    private static readonly SegmentMove _move = new() { Customer = _id, Segment = SegmentId.Of("gold"), Entered = true, At = default, RecordedAt = default };

    private static readonly ScoreRun _run = new() { Id = RunId.Of("r"), Through = new(2026, 1, 1), StartedAt = default };

    private static readonly CustomerScore _score = new()
    {
        Customer = _id,
        Occasions = 1,
        LastPurchase = new(2026, 1, 1),
        Spent = 1,
        ProbabilityAlive = 1,
        Value = 1,
        Tier = Tier.Top,
    };

    private static readonly RunArtefact _model = new() { Run = _run.Id, Name = "bg-nbd", Content = new byte[] { 1, 2, 3 } };

    public static TheoryData<string> Members =>
    [
        .. from store in Stores.Keys
           from member in Stores[store](FaultPlan.Nothing()).Keys
           select $"{store}.{member}",
    ];

    private static Dictionary<string, Func<FaultPlan, Dictionary<string, Func<CancellationToken, Task>>>> Stores { get; } = new()
    {
        ["Customers"] = plan =>
        {
            var store = new FaultyCustomerStore(new InMemoryCustomerStore(), plan);
            return new()
            {
                [nameof(store.FindAsync)] = async token => await store.FindAsync(_id, token),
                [nameof(store.FindByKeyAsync)] = async token => await store.FindByKeyAsync(CustomerKey.None, token),
                [nameof(store.SaveAsync)] = async token => await store.SaveAsync([_ada], token),
                [nameof(store.ReadAllAsync)] = async token => await store.ReadAllAsync(token).CountAsync(token),
                [nameof(store.EraseAsync)] = async token => await store.EraseAsync(_id, token),
                [nameof(store.ReadHeldDataAsync)] = async token => await store.ReadHeldDataAsync(_id, token).CountAsync(token),
            };
        },
        ["CustomerReferences"] = plan =>
        {
            ICustomerReferences store = new FaultyCustomerStore(new InMemoryCustomerStore(), plan).References!;
            return new() { [nameof(store.FindNamingAsync)] = async token => await store.FindNamingAsync(_id, token) };
        },
        ["Interactions"] = plan =>
        {
            var store = new FaultyInteractionStore(new InMemoryInteractionStore(), plan);
            return new()
            {
                [nameof(store.AppendAsync)] = async token => await store.AppendAsync([_note], token),
                [nameof(store.ReadAsync)] = async token => await store.ReadAsync(new() { Customer = _id, AsOf = AsOf.At(default) }, token),
                [nameof(store.ReadStatesAsync)] = async token => await store.ReadStatesAsync(_note.Id, token),
                [nameof(store.ReadAppendedAsync)] = async token => await store.ReadAppendedAsync(StorePosition.Start, token).CountAsync(token),
                [nameof(store.EraseAsync)] = async token => await store.EraseAsync(_id, token),
                [nameof(store.ReadHeldDataAsync)] = async token => await store.ReadHeldDataAsync(_id, token).CountAsync(token),
            };
        },
        ["Segments"] = plan =>
        {
            var store = new FaultySegmentStore(new InMemorySegmentStore(), plan);
            return new()
            {
                [nameof(store.SaveAsync)] = async token => await store.SaveAsync(new(new() { Id = SegmentId.Of("s"), Name = "s" }, StoreVersion.None), token),
                [nameof(store.ReadSegmentsAsync)] = async token => await store.ReadSegmentsAsync(token).CountAsync(token),
                [nameof(store.MoveAsync)] = async token => await store.MoveAsync([_move], token),
                [nameof(store.ReadMovesAsync)] = async token => await store.ReadMovesAsync(_id, token),
                [nameof(store.ReadMembersAsync)] = async token => await store.ReadMembersAsync(SegmentId.Of("gold"), AsOf.At(default), token).CountAsync(token),
                [nameof(store.EraseAsync)] = async token => await store.EraseAsync(_id, token),
                [nameof(store.ReadHeldDataAsync)] = async token => await store.ReadHeldDataAsync(_id, token).CountAsync(token),
            };
        },
        ["Scores"] = plan =>
        {
            var store = new FaultyScoreStore(new InMemoryScoreStore(), plan);
            return new()
            {
                [nameof(store.SaveAsync)] = async token => await store.SaveAsync(new(_run, StoreVersion.None), [_score], token),
                [nameof(store.ReadRunsAsync)] = async token => await store.ReadRunsAsync(token),
                [nameof(store.FindAsync)] = async token => await store.FindAsync(_run.Id, _id, token),
                [nameof(store.ReadAllAsync)] = async token => await store.ReadAllAsync(_run.Id, token).CountAsync(token),
                [nameof(store.RemoveAsync)] = async token => await store.RemoveAsync(_run.Id, token),
                [nameof(store.EraseAsync)] = async token => await store.EraseAsync(_id, token),
                [nameof(store.ReadHeldDataAsync)] = async token => await store.ReadHeldDataAsync(_id, token).CountAsync(token),
            };
        },
        ["Models"] = plan =>
        {
            var store = new FaultyModelStore(new InMemoryModelStore(), plan);
            return new()
            {
                [nameof(store.SaveAsync)] = async token => await store.SaveAsync(_model, token),
                [nameof(store.FindAsync)] = async token => await store.FindAsync(_model.Run, _model.Name, token),
                [nameof(store.ReadNamesAsync)] = async token => await store.ReadNamesAsync(_model.Run, token),
                [nameof(store.RemoveAsync)] = async token => await store.RemoveAsync(_model.Run, _model.Name, token),
                [nameof(store.RemoveAsync) + " whole"] = async token => await store.RemoveAsync(_model.Run, token),
            };
        },
    };

    [Theory, MemberData(nameof(Members))]
    public async Task EveryMember_ByItsPlan_FailsAndIsRecorded(string name)
    {
        string[] parts = name.Split('.');
        string member = parts[1].Split(' ')[0];
        foreach (StoreFault fault in new[] { StoreFault.ThrowsBefore, StoreFault.ThrowsAfter, StoreFault.BreaksOff })
        {
            FaultPlan plan = FaultPlan.Of(member, fault);
            var failure = await Assert.ThrowsAsync<StoreFaultException>(() => Stores[parts[0]](plan)[parts[1]](default));
            Assert.Equal(new StoreCall(1, member, fault), Assert.Single(plan.Calls));
            Assert.Equal(plan.Calls[0], failure.Call);
            Assert.Equal($"The fault plan has {member} fail: {fault}.", failure.Message);
        }

        foreach (StoreFault fault in new[] { StoreFault.TimesOut, StoreFault.AnswersLate })
        {
            using var source = new CancellationTokenSource();
            Task waiting = Stores[parts[0]](FaultPlan.Of(member, fault))[parts[1]](source.Token);
            await Task.Delay(10);
            Assert.False(waiting.IsCompleted);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        FaultPlan other = FaultPlan.Of("Other", StoreFault.ThrowsBefore);
        await Stores[parts[0]](other)[parts[1]](default);
        Assert.Equal($"1. {member}: None", Assert.Single(other.Calls).ToString());
    }

    [Fact]
    public void EveryMember_OfTheInterfaces_IsTried() => Assert.Equal(
        from contract in new[] { typeof(ICustomerStore), typeof(ICustomerReferences), typeof(IInteractionStore), typeof(ISegmentStore), typeof(IScoreStore), typeof(IModelStore) }
        from method in contract.GetMethods().Concat(contract.GetInterfaces().SelectMany(also => also.GetMethods()))
        where !method.IsSpecialName
        let name = $"{contract.Name[1..].Replace("Store", "s", StringComparison.Ordinal)}.{method.Name}"
        orderby name
        select name,
        Members.Select<object[], string>(row => ((string)row[0]).Split(' ')[0]).Order());

    [Fact]
    public async Task References_OfACustomerStore_AreThereWhereTheOtherStoreFindsThem()
    {
        var inner = new InMemoryCustomerStore();
        await inner.SaveAsync([_ada, new(Customer.Person(CustomerId.Of("bob")).With(new Referral { By = _id, Dates = FactDates.Of(SourceId.Of("test"), Instant.MinValue) }), StoreVersion.None)], default);
        var store = new FaultyCustomerStore(inner, FaultPlan.Of(nameof(ICustomerReferences.FindNamingAsync), StoreFault.ThrowsBefore, times: 1));
        var profiles = new CustomerProfiles(store, new InMemoryInteractionStore(), SystemClock.Instance, references: store.References);
        await Assert.ThrowsAsync<StoreFaultException>(async () => await profiles.FindAsync(_id));
        Assert.Equal([CustomerId.Of("bob")], (await profiles.FindAsync(_id))!.Brought);
        Assert.Null(new FaultyCustomerStore(store, FaultPlan.Nothing()).References);
    }

    [Fact]
    public async Task Save_ThatThrowsBefore_SavedNothing()
    {
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Script(StoreFault.ThrowsBefore));
        await Assert.ThrowsAsync<StoreFaultException>(async () => await store.SaveAsync([_ada], default));
        Assert.Null(await store.FindAsync(_id, default));
    }

    [Fact]
    public async Task Save_ThatThrowsAfter_SavedAll()
    {
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Script(StoreFault.ThrowsAfter));
        await Assert.ThrowsAsync<StoreFaultException>(async () => await store.SaveAsync([_ada], default));
        Assert.Equal(_ada.Value, (await store.FindAsync(_id, default))!.Value);
    }

    [Fact]
    public async Task Save_ThatTimesOut_SavedNothing()
    {
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Script(StoreFault.TimesOut));
        using var source = new CancellationTokenSource(20);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.SaveAsync([_ada], source.Token));
        Assert.Null(await store.FindAsync(_id, default));
    }

    [Fact]
    public async Task Save_ThatAnswersLate_IsCancelledForItsCallerAndSavedAll()
    {
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Script(StoreFault.AnswersLate));
        using var source = new CancellationTokenSource();
        Task waiting = store.SaveAsync([_ada], source.Token).AsTask();
        Assert.Equal(_ada.Value, (await store.FindAsync(_id, default))!.Value);
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(_ada.Value, (await store.FindAsync(_id, default))!.Value);
    }

    [Fact]
    public async Task SaveOfARun_ThatAnswersLate_IsCancelledForItsCallerAndSavedAll()
    {
        var (scores, models) = (new InMemoryScoreStore(), new InMemoryModelStore());
        using var source = new CancellationTokenSource();
        Task[] waiting =
        [
            new FaultyScoreStore(scores, FaultPlan.Script(StoreFault.AnswersLate)).SaveAsync(new(_run, StoreVersion.None), [_score], source.Token).AsTask(),
            new FaultyModelStore(models, FaultPlan.Script(StoreFault.AnswersLate)).SaveAsync(_model, source.Token).AsTask(),
        ];
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[1]);
        Assert.Equal(_run, Assert.Single(await scores.ReadRunsAsync(default)).Value);
        Assert.Equal(_score, await scores.FindAsync(_run.Id, _id, default));
        Assert.Equal(_model, await models.FindAsync(_run.Id, _model.Name, default));
    }

    [Fact]
    public async Task SaveOfARun_Repeated_MeetsItselfAndSavedAll()
    {
        var store = new FaultyScoreStore(new InMemoryScoreStore(), FaultPlan.Script(StoreFault.AnswersTwice));
        await Assert.ThrowsAsync<ConcurrencyConflictException>(async () => await store.SaveAsync(new(_run, StoreVersion.None), [_score], default));
        Assert.Single(await store.ReadRunsAsync(default));
        Assert.Equal([_score], await store.ReadAllAsync(_run.Id, default).ToListAsync());
    }

    [Fact]
    public async Task Reading_ThatAnswersLate_GivesAllAndDoesNotEnd()
    {
        var inner = new InMemoryCustomerStore();
        await inner.SaveAsync([_ada, new(Customer.Person(CustomerId.Of("bob")), StoreVersion.None)], default);
        var store = new FaultyCustomerStore(inner, FaultPlan.Script(StoreFault.AnswersLate));
        using var source = new CancellationTokenSource();
        int read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Stored<Customer> _ in store.ReadAllAsync(source.Token))
            {
                if (++read == 2)
                {
                    source.CancelAfter(10);
                }
            }
        });
        Assert.Equal(2, read);
    }

    [Fact]
    public async Task Save_Repeated_MeetsItself()
    {
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Script(StoreFault.AnswersTwice));
        await Assert.ThrowsAsync<ConcurrencyConflictException>(async () => await store.SaveAsync([_ada], default));
        Assert.NotNull(await store.FindAsync(_id, default));
    }

    [Fact]
    public async Task Append_Repeated_IsThereAlready()
    {
        var store = new FaultyInteractionStore(new InMemoryInteractionStore(), FaultPlan.Script(StoreFault.AnswersTwice));
        Assert.Equal(new AppendResult(0, 1), await store.AppendAsync([_note], default));
        Assert.Equal(1, await store.ReadAppendedAsync(StorePosition.Start, default).CountAsync());
    }

    [Fact]
    public async Task Reading_Repeated_GivesEachItemTwice()
    {
        var inner = new InMemoryCustomerStore();
        await inner.SaveAsync([_ada, new(Customer.Person(CustomerId.Of("bob")), StoreVersion.None)], default);
        var store = new FaultyCustomerStore(inner, FaultPlan.Script(StoreFault.AnswersTwice));
        Assert.Equal(4, await store.ReadAllAsync(default).CountAsync());
        Assert.Equal(2, await store.ReadAllAsync(default).CountAsync());
    }

    [Theory]
    [InlineData(StoreFault.BreaksOff, 1)]
    [InlineData(StoreFault.ThrowsAfter, 2)]
    [InlineData(StoreFault.ThrowsBefore, 0)]
    public async Task Reading_ThatBreaks_GivesSoManyItems(StoreFault fault, int items)
    {
        var inner = new InMemoryCustomerStore();
        await inner.SaveAsync([_ada, new(Customer.Person(CustomerId.Of("bob")), StoreVersion.None)], default);
        var store = new FaultyCustomerStore(inner, FaultPlan.Script(fault));
        int read = 0;
        await Assert.ThrowsAsync<StoreFaultException>(async () =>
        {
            await foreach (Stored<Customer> _ in store.ReadAllAsync(default))
            {
                read++;
            }
        });
        Assert.Equal(items, read);
    }

    [Fact]
    public async Task Script_SharedByStores_CountsTheirCallsTogether()
    {
        FaultPlan plan = FaultPlan.Script(StoreFault.None, StoreFault.ThrowsBefore);
        var customers = new FaultyCustomerStore(new InMemoryCustomerStore(), plan);
        var segments = new FaultySegmentStore(new InMemorySegmentStore(), plan);
        await customers.SaveAsync([_ada], default);
        await Assert.ThrowsAsync<StoreFaultException>(async () => await segments.MoveAsync([_move], default));
        Assert.Equal(1, await segments.MoveAsync([_move], default));
        Assert.Equal(["1. SaveAsync: None", "2. MoveAsync: ThrowsBefore", "3. MoveAsync: None"], plan.Calls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task Of_AMemberSoManyTimes_FailsThoseAndNoMore()
    {
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Of(nameof(ICustomerStore.SaveAsync), StoreFault.ThrowsBefore, times: 2));
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<StoreFaultException>(async () => await store.SaveAsync([_ada], default));
            Assert.Null(await store.FindAsync(_id, default));
        }

        await store.SaveAsync([_ada], default);
        Assert.Equal(5, store.Plan.Calls.Count);
    }

    [Fact]
    public async Task Seeded_ByOneSeed_FailsTheSameCallsEveryTime()
    {
        async Task<string> Run(ulong seed)
        {
            var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Seeded(seed, 0.3, StoreFault.ThrowsBefore, StoreFault.ThrowsAfter));
            for (int i = 0; i < 200; i++)
            {
                try
                {
                    await store.FindAsync(_id, default);
                }
                catch (StoreFaultException)
                {
                    // Which ones fail is read in the record.
                }
            }

            Assert.InRange(store.Plan.Calls.Count(call => call.Fault != StoreFault.None), 30, 90);
            Assert.Contains(store.Plan.Calls, call => call.Fault == StoreFault.ThrowsAfter);
            return string.Join(' ', store.Plan.Calls);
        }

        Assert.Equal(await Run(7), await Run(7));
        Assert.NotEqual(await Run(7), await Run(8));
    }

    [Fact]
    public void Plans_OfWrongArguments_AreRefusedByName()
    {
        Assert.Equal("share", Assert.Throws<ArgumentOutOfRangeException>(() => FaultPlan.Seeded(1, double.NaN, StoreFault.ThrowsBefore)).ParamName);
        Assert.Equal("share", Assert.Throws<ArgumentOutOfRangeException>(() => FaultPlan.Seeded(1, 1.1, StoreFault.ThrowsBefore)).ParamName);
        Assert.Equal("faults", Assert.Throws<ArgumentException>(() => FaultPlan.Seeded(1, 0.5)).ParamName);
        Assert.Equal("times", Assert.Throws<ArgumentOutOfRangeException>(() => FaultPlan.Of("SaveAsync", StoreFault.ThrowsBefore, -1)).ParamName);
        Assert.Equal("inner", Assert.Throws<ArgumentNullException>(() => new FaultyCustomerStore(null!, FaultPlan.Nothing())).ParamName);
        Assert.Equal("inner", Assert.Throws<ArgumentNullException>(() => new FaultyScoreStore(null!, FaultPlan.Nothing())).ParamName);
        Assert.Equal("inner", Assert.Throws<ArgumentNullException>(() => new FaultyModelStore(null!, FaultPlan.Nothing())).ParamName);
        Assert.Equal("plan", Assert.Throws<ArgumentNullException>(() => new FaultySegmentStore(new InMemorySegmentStore(), null!)).ParamName);
    }

    [Fact]
    public async Task UpdateAsync_OverASaveAnsweredLate_KeepsTheChangeOnce()
    {
        // What a service makes of it: the retry of a caller finds its own work done.
        var store = new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Of(nameof(ICustomerStore.SaveAsync), StoreFault.ThrowsAfter, times: 1));
        CustomerName name = CustomerName.Of("Ada", FactDates.Of(SourceId.Of("test"), Instant.MinValue));
        Customer Named(Customer? was) => was is null ? _ada.Value.With(name) : was.Facts.Contains(name) ? was : was.With(name);
        await Assert.ThrowsAsync<StoreFaultException>(async () => await store.UpdateAsync(_id, Named, default));
        await store.UpdateAsync(_id, Named, default);
        Assert.Equal([name], (await store.FindAsync(_id, default))!.Value.Facts);
    }
}
