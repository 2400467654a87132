using System.Text;
using System.Text.Json;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Hosting;

public sealed class CustomerErasureTests
{
    private static readonly CustomerId _ada = CustomerId.Of("42");

    [Fact]
    public void EraseAsync_AnyStory_LeavesNothingOfOneAndTheOthersWhole() => FixedSeed.ForAll(CustomerStories.All, story =>
    {
        var stores = StoresOf(story);
        CustomerId id = story.AnyCustomer();
        ErasureReport report = Now(new CustomerErasure(stores).EraseAsync(id));
        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal(["customers", "interactions", "segments"], report.Stores.Select(store => store.Store));
        Assert.Equal(1, report.Stores[0].Statement!.Removed);
        Assert.All(stores, store => Assert.Empty(store.ReadHeldDataAsync(id, default).ToBlockingEnumerable()));
        Assert.Equal(2, ((ICustomerStore)stores[0]).ReadAllAsync(default).ToBlockingEnumerable().Count());
        ErasureReport again = Now(new CustomerErasure(stores).EraseAsync(id));
        Assert.True(again.IsComplete);
        Assert.All(again.Stores, store => Assert.Equal((0, 0), (store.Statement!.Removed, store.Statement.Redacted)));
    });

    [Fact]
    public async Task EraseAsync_AStoreThatThrows_IsNamedAndTheOthersAreErased()
    {
        var broken = new FaultyDataStore("scores") { Items = { "1" }, OnErase = new IOException("Ada Lovelace is locked") };
        var after = new FaultyDataStore("letters") { Items = { "1", "2" } };
        var erasure = new CustomerErasure([broken, after]);
        ErasureReport report = await erasure.EraseAsync(_ada);
        Assert.False(report.IsComplete);
        Assert.Equal("erasing threw IOException", report.Stores[0].Fault);
        Assert.Equal(1, report.Stores[0].Found);
        Assert.Equal((2L, 0L), (report.Stores[1].Statement!.Removed, report.Stores[1].Found));
        Assert.DoesNotContain("Ada", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("scores: read again, 1 were found; erasing threw IOException", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("letters: states that it removed 2 and redacted 0; read again, nothing was found; it leaves to others: backups of 30 days", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Backups, logs and files of the host are the host's to erase", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("Free text about others, such as notes of their interactions, may still name the person", report.ToString(), StringComparison.Ordinal);

        broken.OnErase = null;
        Assert.True((await erasure.EraseAsync(_ada)).IsComplete);
    }

    [Fact]
    public async Task EraseAsync_AStoreThatStatesMoreThanItDoes_IsFoundOut()
    {
        ErasureReport report = await new CustomerErasure([new FaultyDataStore("letters") { Items = { "1" }, ErasesNothing = true }]).EraseAsync(_ada);
        Assert.Equal((1L, 1L), (report.Stores[0].Statement!.Removed, report.Stores[0].Found));
        Assert.False(report.IsComplete);
    }

    [Fact]
    public async Task EraseAsync_AStoreThatCannotBeReadAgain_IsNotComplete()
    {
        ErasureReport report = await new CustomerErasure([new FaultyDataStore("letters") { OnRead = new TimeoutException("Ada") }, new FaultyDataStore("mute") { GivesNoStatement = true }]).EraseAsync(_ada);
        Assert.Null(report.Stores[0].Found);
        Assert.Equal("reading again threw TimeoutException", report.Stores[0].Fault);
        Assert.Equal("erasing gave no statement", report.Stores[1].Fault);
        Assert.False(report.IsComplete);
        Assert.Contains("could not be read again", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EraseAsync_AStoreThatListsNothingButStillShows_IsFoundOut()
    {
        var hiding = new HidingStore();
        await hiding.Customers.SaveAsync([new(Customer.Person(_ada), StoreVersion.None)], default);
        ErasureReport report = await new CustomerErasure([hiding]).EraseAsync(_ada);
        Assert.Equal(1, report.Stores[0].Found);
        Assert.False(report.IsComplete);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_003)]
    public async Task EraseAsync_InteractionsThatAreStillShown_AreAllCounted(int count)
    {
        var interactions = new InMemoryInteractionStore();
        await interactions.AppendAsync([.. Enumerable.Range(0, count).Select(i => new Interaction
        {
            Id = InteractionId.Of($"i{i}"), Customer = _ada, At = CustomerStories.Start, RecordedAt = CustomerStories.Start, Source = SourceId.Of("till"), Detail = new VisitDetail(),
        })], default);
        ErasureReport report = await new CustomerErasure([new HidingInteractions(interactions)]).EraseAsync(_ada);
        Assert.Equal(count, report.Stores[0].Found);
    }

    [Fact]
    public async Task EraseAsync_ScoresThatAreStillShown_AreCountedInEveryRun()
    {
        var scores = new InMemoryScoreStore();
        foreach (string run in (string[])["1", "2", "3"])
        {
            CustomerScore score = new() { Customer = _ada, Occasions = 1, LastPurchase = new(2026, 1, 1), Spent = 5, ProbabilityAlive = 0.5, Value = 9, Tier = Tier.Top };
            await scores.SaveAsync(
                new(new() { Id = RunId.Of(run), Through = new(2026, 1, 1), StartedAt = CustomerStories.Start }, StoreVersion.None), run == "2" ? [] : [score], default);
        }

        ErasureReport report = await new CustomerErasure([new HidingScores(scores)]).EraseAsync(_ada);
        Assert.Equal(2, report.Stores[0].Found);
        Assert.False(report.IsComplete);
        Assert.True((await new CustomerErasure([scores, new HidingScores(scores)]).EraseAsync(_ada)).IsComplete);
    }

    [Fact]
    public async Task EraseAsync_Cancelled_SaysSoAndIsNoFaultOfAStore()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new CustomerErasure([new FaultyDataStore("letters")]).EraseAsync(_ada, cancelled.Token));
        var own = new FaultyDataStore("letters") { OnErase = new OperationCanceledException("its own timeout") };
        Assert.Equal("erasing threw OperationCanceledException", (await new CustomerErasure([own]).EraseAsync(_ada)).Stores[0].Fault);
    }

    [Fact]
    public async Task EraseAsync_Nobody_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await new CustomerErasure([]).EraseAsync(CustomerId.None));

    [Fact]
    public void WriteAsync_AnyStory_IsOneDocumentOfEverythingThatIsHeld() => FixedSeed.ForAll(CustomerStories.All, story =>
    {
        var stores = StoresOf(story);
        CustomerId id = story.AnyCustomer();
        using var stream = new MemoryStream();
        long items = Now(new CustomerExport(stores, new StillClock(CustomerStories.Start)).WriteAsync(id, stream));
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(1, document.RootElement.GetProperty("schema").GetInt32());
        Assert.Equal(id.ToString(), document.RootElement.GetProperty("customer").GetString());
        Assert.Equal("2026-03-01T00:00:00Z", document.RootElement.GetProperty("at").GetString());
        var written = document.RootElement.GetProperty("stores").EnumerateArray().SelectMany(store => store.GetProperty("items").EnumerateArray()
            .Select(item => (store.GetProperty("store").GetString(), item.GetProperty("kind").GetString(), item.GetProperty("data").GetRawText())));
        var held = stores.SelectMany(store => store.ReadHeldDataAsync(id, default).ToBlockingEnumerable().Select(item => ((string?)store.DataName, (string?)item.Kind, item.Json)));
        Assert.Equal(held, written);
        Assert.Equal(held.Count(), items);
        Assert.Equal(story.Interactions.Count(interaction => interaction.Customer == id), written.Count(item => item.Item2 == "interaction"));
    });

    [Fact]
    public async Task WriteAsync_MuchData_IsWrittenAsItIsReadAndLeavesTheStreamOpen()
    {
        var store = new FaultyDataStore("letters");
        store.Items.AddRange(Enumerable.Range(0, 200).Select(i => $"\"{new string('x', 5_000)}{i}\""));
        using var stream = new CountingStream();
        Assert.Equal(200, await new CustomerExport([store], new StillClock(CustomerStories.Start)).WriteAsync(_ada, stream));
        Assert.InRange(stream.LargestWrite, 1, 200_000);
        Assert.True(stream.CanWrite);
        Assert.Equal(200, JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("stores")[0].GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task WriteAsync_AnItemThatIsNoJson_NamesTheStoreAndNotTheItem()
    {
        using var stream = new MemoryStream();
        var wrong = await Assert.ThrowsAsync<StoreContractException>(async () =>
            await new CustomerExport([new FaultyDataStore("letters") { Items = { "Ada Lovelace" } }], new StillClock(CustomerStories.Start)).WriteAsync(_ada, stream));
        Assert.Equal(nameof(FaultyDataStore), wrong.Store);
        Assert.DoesNotContain("Ada", wrong.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())));
    }

    private static T Now<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static IPersonalDataStore[] StoresOf(CustomerStories story)
    {
        var (customers, interactions, segments) = (new InMemoryCustomerStore(), new InMemoryInteractionStore(), new InMemorySegmentStore());
        Now(customers.SaveAsync([.. story.Customers.Select(customer => new Stored<Customer>(customer, StoreVersion.None))], default));
        Now(interactions.AppendAsync(story.Interactions, default));
        Now(segments.MoveAsync(story.Moves, default));
        return [customers, interactions, segments];
    }

    /// <summary>A stream that remembers how much was written at once.</summary>
    private sealed class CountingStream : MemoryStream
    {
        private bool _isAsync;

        internal int LargestWrite { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Assert.True(_isAsync, "written to synchronously");
            base.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            _isAsync = true;
            Write(buffer.ToArray(), 0, buffer.Length);
            _isAsync = false;
            return default;
        }
    }

    private static async IAsyncEnumerable<HeldData> NothingAsync()
    {
        await Task.Yield();
        yield break;
    }

    /// <summary>A store of interactions that states an erasure, does none, and lists nothing.</summary>
    private sealed class HidingInteractions(IInteractionStore inner) : IInteractionStore
    {
        public string DataName => inner.DataName;

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => new(new ErasureStatement { Store = DataName, Removed = 1 });

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => NothingAsync();

        public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) => inner.AppendAsync(interactions, cancellationToken);

        public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken) => inner.ReadAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) => inner.ReadStatesAsync(original, cancellationToken);

        public IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken) => inner.ReadAppendedAsync(after, cancellationToken);
    }

    /// <summary>A store of scores that states an erasure, does none, and lists nothing.</summary>
    private sealed class HidingScores(IScoreStore inner) : IScoreStore
    {
        public string DataName => inner.DataName;

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => new(new ErasureStatement { Store = DataName, Removed = 1 });

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => NothingAsync();

        public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken) => inner.SaveAsync(run, scores, cancellationToken);

        public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken) => inner.ReadRunsAsync(cancellationToken);

        public ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken) => inner.FindAsync(run, customer, cancellationToken);

        public IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken) => inner.ReadAllAsync(run, cancellationToken);

        public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => inner.RemoveAsync(run, cancellationToken);
    }

    /// <summary>A store of customers whose list of what it holds is empty.</summary>
    private sealed class HidingStore : ICustomerStore
    {
        internal InMemoryCustomerStore Customers { get; } = new();

        public string DataName => "customers";

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => new(new ErasureStatement { Store = DataName, Removed = 1 });

        public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield break;
        }

        public ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken) => Customers.FindAsync(id, cancellationToken);

        public ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken) => Customers.FindByKeyAsync(key, cancellationToken);

        public ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken) => Customers.SaveAsync(changes, cancellationToken);

        public IAsyncEnumerable<Stored<Customer>> ReadAllAsync(CancellationToken cancellationToken) => Customers.ReadAllAsync(cancellationToken);
    }
}
