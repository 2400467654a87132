using System.Text;
using Contoso.Customers;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Crm.Core.Testing.Tests;

/// <summary>What the sample erases is gone from its files, byte for byte; and it finds who names whom.</summary>
public sealed class SqliteErasureTests : IDisposable
{
    private const string Trace = "Zuleikha";

    private static readonly Instant _start = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly FactDates _told = FactDates.Of(SourceId.Of("crm"), _start);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-sqlite-");
    private readonly Database _database;

    // The log goes with the last connection: this one keeps it, whatever other tests close, so that what is left in it is seen.
    private readonly SqliteConnection _idle;

    public SqliteErasureTests()
    {
        string file = Path.Combine(_folder.FullName, "shop.db");
        _database = new Database(file);
        _idle = new SqliteConnection($"Data Source={file};Pooling=False");
        _idle.Open();
        Assert.Equal(0L, Count(_idle, null));
    }

    private IPersonalDataStore[] Stores => [new SqliteCustomers(_database), new SqliteInteractions(_database), new SqliteSegments(_database), new SqliteScores(_database)];

    // Her rows lie in clusters between those of others. Where pages of the database split and merge, a row that moves leaves a copy in the
    // free part of the page before, which secure_delete does not reach: only a file that is written anew holds none.
    [Fact]
    public async Task Erase_OfTheSample_LeavesNoByteInTheFiles()
    {
        IPersonalDataStore[] stores = Stores;
        var (customers, interactions) = ((ICustomerStore)stores[0], (IInteractionStore)stores[1]);
        await customers.SaveAsync([new(Person(0), StoreVersion.None)], default);
        int[] order = [.. Enumerable.Range(1, 1_200).OrderBy(i => (i * 7_919) % 1_201)];
        foreach (int[] some in order.Chunk(60))
        {
            await customers.SaveAsync([.. some.Select(i => new Stored<Customer>(Person(i), StoreVersion.None))], default);
            await customers.UpdateAsync(Id(0), known => known!.With(some.Select(i => Account(i, Trace))), default);
            await interactions.AppendAsync([.. some.SelectMany(i => (Interaction[])[Note(i, "Somebody", Id(i)), Note(i, Trace, Id(0))])], default);
        }

        CustomerId[] all = [Id(0), .. order.Select(Id)];
        await ((ISegmentStore)stores[2]).MoveAsync([.. all.Select(id => new SegmentMove { Customer = id, Segment = SegmentId.Of("all"), Entered = true, At = _start, RecordedAt = _start, Why = id == Id(0) ? Trace : "Somebody" })], default);
        var run = new ScoreRun { Id = RunId.Of("1"), Through = new(2026, 1, 1), StartedAt = _start };
        await ((IScoreStore)stores[3]).SaveAsync(new(run, StoreVersion.None), [.. all.Select(id => new CustomerScore { Customer = id, Occasions = 1, LastPurchase = new(2026, 1, 1), Spent = 5, ProbabilityAlive = 0.5, Value = 9, Tier = Tier.Top })], default);
        Assert.NotEmpty(Holding(Trace));
        ErasureReport report = await new CustomerErasure(stores).EraseAsync(Id(0));
        Assert.True(report.IsComplete, report.ToString());
        Assert.All(report.Stores, store => Assert.Equal("backups of the database file", store.Statement!.Remaining));
        Assert.Empty(Holding(Trace));
        Assert.NotEmpty(Holding("Somebody"));
        Assert.Equal(1_200, await customers.ReadAllAsync(default).CountAsync());
    }

    // With all that a night's refresh keeps of her: scores, segments, and the state that tomorrow goes on from.
    [Fact]
    public async Task Erase_AfterARefresh_LeavesNoByteInTheFiles()
    {
        var (interactions, scores, models, segments) = (new SqliteInteractions(_database), new SqliteScores(_database), new SqliteModels(_database), new SqliteSegments(_database));
        var her = CustomerId.Of(Trace);
        await interactions.AppendAsync([.. ShopLog.Purchases(300).Select(row => row.Customer == CustomerId.Of("17") ? row with { Customer = her } : row)], default);
        await new CrmRefresh(interactions, scores, models, segments, new SetClock(Instant.FromUtc(2026, 1, 1, 0, 0)), new()
        {
            Analysis = new() { Models = ["mbg-nbd"] },
            Segmenter = new TierSegmenter(PyramidScheme.Curry),
        }).RunThroughAsync(new LocalDate(2025, 12, 20));
        ErasureReport report = await new CustomerErasure([interactions, scores, segments, new StoredHistories(scores, models, interactions)]).EraseAsync(her);
        Assert.True(report.IsComplete, report.ToString());
        Assert.All(report.Stores, store => Assert.True(store.Statement!.Removed > 0, store.ToString()));
        Assert.Empty(Holding(Trace));
    }

    // A reader in the middle of the database keeps the log from being emptied: the statement says so, and erasing again completes it.
    [Fact]
    public async Task Erase_WhileAnotherReads_SaysWhatRemains()
    {
        var customers = new SqliteCustomers(_database);
        await customers.SaveAsync([new(Person(0), StoreVersion.None), new(Person(1), StoreVersion.None)], default);
        using (SqliteTransaction transaction = _idle.BeginTransaction(deferred: true))
        {
            Assert.Equal(2L, Count(_idle, transaction));
            ErasureStatement held = await customers.EraseAsync(Id(0), default);
            Assert.Equal(1, held.Removed);
            Assert.Equal("backups of the database file; and the write-ahead log, which another reads: erase again", held.Remaining);
            Assert.NotEmpty(Holding(Trace));
        }

        Assert.Equal("backups of the database file", (await customers.EraseAsync(Id(0), default)).Remaining);
        Assert.Empty(Holding(Trace));
    }

    [Fact]
    public async Task FindNaming_OfTheSample_FindsWhatMemoryFinds()
    {
        (ICustomerStore, ICustomerReferences)[] stores = [Both(new SqliteCustomers(_database)), Both(new InMemoryCustomerStore())];
        var found = new List<string>();
        foreach (var (customers, references) in stores)
        {
            // Each names the one whose number is half its own; the even ones a third, who names himself.
            await customers.SaveAsync(
            [
                .. Enumerable.Range(1, 40).Select(i => new Stored<Customer>(
                    Customer.Person(Id(i)).With(
                    [
                        new Referral { By = Id(i / 2), Dates = _told },
                        .. i % 2 == 0 || i == 3 ? (CustomerFact[])[new AccountMove { System = SourceId.Of("shop"), Account = "1", To = Id(3), Dates = _told }] : [],
                    ]),
                    StoreVersion.None)),
            ], default);
            Customer ended = (await customers.FindAsync(Id(8), default))!.Value;
            await customers.UpdateAsync(Id(8), known => known!.End(ended.Facts[0], _start + Duration.FromDays(1), _start + Duration.FromDays(1)), default);
            await customers.EraseAsync(Id(6), default);
            for (int i = 0; i <= 41; i++)
            {
                found.Add($"{i}: {string.Join(' ', await references.FindNamingAsync(Id(i), default))}");
            }

            using var cancelled = new CancellationTokenSource();
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await references.FindNamingAsync(Id(1), cancelled.Token));
        }

        Assert.Contains("4: c8 c9", found);
        Assert.Equal(found.Skip(42), found.Take(42));

        static (ICustomerStore, ICustomerReferences) Both<T>(T store)
            where T : ICustomerStore, ICustomerReferences => (store, store);
    }

    public void Dispose()
    {
        _idle.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static object? Count(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using SqliteCommand command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = ("SELECT count(*) FROM customers", transaction);
        return command.ExecuteScalar();
    }

    private static CustomerId Id(int i) => CustomerId.Of(FormattableString.Invariant($"c{i}"));

    // Who is to be erased bears the trace in every text: name, address, account and note.
    private static Customer Person(int i)
    {
        string word = i == 0 ? Trace : "Somebody";
        return Customer.Person(Id(i)).With(
            CustomerName.Of($"{word} {new string('x', i % 500)}", _told), ContactPoint.Email(FormattableString.Invariant($"{word}.{i}@example.com"), _told), Account(i, word));
    }

    private static ExternalId Account(int i, string word) => ExternalId.Of(SourceId.Of("shop"), FormattableString.Invariant($"{i % 25}-{word}-{i}"), _told);

    private static Interaction Note(int i, string word, CustomerId customer) => new()
    {
        Id = InteractionId.Of(FormattableString.Invariant($"{i % 25}-{word}-{i}")),
        Customer = customer,
        At = _start + Duration.FromHours(i),
        RecordedAt = _start + Duration.FromHours(i),
        Source = SourceId.Of("phone"),
        Detail = new NoteDetail { Text = $"{word} called {new string('y', i % 700)}" },
    };

    /// <summary>The files of the database, the write-ahead log among them, in which a text stands.</summary>
    private string[] Holding(string text)
    {
        byte[][] sought = [Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text.ToLowerInvariant())];
        return [.. _folder.GetFiles().Where(file => Array.Exists(sought, bytes => Bytes(file).AsSpan().IndexOf(bytes) >= 0)).Select(file => file.Name)];
    }

    private static byte[] Bytes(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
