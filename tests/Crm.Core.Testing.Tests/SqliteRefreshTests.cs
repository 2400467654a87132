using Contoso.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Testing.Tests;

/// <summary>The whole flow over the sample of the guide: the same answers as from memory, day after day, and nobody left after an erasure.</summary>
public sealed class SqliteRefreshTests : IDisposable
{
    private static readonly LocalDate _november = new(2025, 11, 30);
    private static readonly RefreshOptions _options = new()
    {
        Analysis = new() { Models = ["mbg-nbd"] },
        Segmenter = new TierSegmenter(PyramidScheme.Curry),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-sqlite-");

    [Fact]
    public async Task Refresh_OverTheSample_GivesWhatItGivesOverMemory()
    {
        var database = new Database(Path.Combine(_folder.FullName, "shop.db"));
        IPersonalDataStore[] kept = [new SqliteInteractions(database), new SqliteScores(database), new SqliteSegments(database)];
        IPersonalDataStore[] remembered = [new InMemoryInteractionStore(), new InMemoryScoreStore(), new InMemorySegmentStore()];
        IReadOnlyList<Interaction> log = ShopLog.Purchases(300);
        var texts = new List<List<string>>();
        foreach (var (stores, models) in ((IPersonalDataStore[], IModelStore)[])[(kept, new SqliteModels(database)), (remembered, new InMemoryModelStore())])
        {
            var (interactions, scores) = ((IInteractionStore)stores[0], (IScoreStore)stores[1]);
            var refresh = new CrmRefresh(interactions, scores, models, (Segments.ISegmentStore)stores[2], new SetClock(Instant.FromUtc(2026, 1, 1, 0, 0)), _options);
            var found = new List<string>();
            await interactions.AppendAsync([.. log.Where(row => row.At.InUtc().Date <= _november)], CancellationToken.None);
            await ReadAsync(await refresh.RunThroughAsync(_november));
            await interactions.AppendAsync([.. log.Where(row => row.At.InUtc().Date > _november)], CancellationToken.None);
            RefreshResult carried = await refresh.RunThroughAsync(_november.PlusDays(20));
            Assert.False(carried.Shown!.IsWhole);
            await ReadAsync(carried);
            ErasureReport report = await new CustomerErasure([.. stores, new StoredHistories(scores, models, interactions)]).EraseAsync(CustomerId.Of("17"));
            Assert.True(report.IsComplete, report.ToString());
            RefreshResult anew = await refresh.RunThroughAsync(_november.PlusDays(20));
            Assert.Equal((false, 299), (anew.Shown!.IsWhole, anew.Shown.Customers));
            await ReadAsync(anew);
            texts.Add(found);

            async Task ReadAsync(RefreshResult result)
            {
                var rows = new List<string>();
                await foreach (CustomerScore score in scores.ReadAllAsync(result.Shown!.Id, CancellationToken.None))
                {
                    rows.Add(ScoreJson.Write(score));
                }

                found.AddRange(rows.Order(StringComparer.Ordinal));
                found.AddRange(await models.ReadNamesAsync(result.Shown!.Id, CancellationToken.None));
                found.Add(result.Shown.Fingerprint + " " + result.SegmentMoves);
            }
        }

        Assert.Equal(texts[1], texts[0]);
    }

    [Fact]
    public void Sample_OfTheGuide_StaysUnder300Lines()
    {
        string folder = Path.Combine(Root(), "docs", "samples", "SqliteStores");
        string[] files = ["Database.cs", "Statements.cs", "SqliteCustomers.cs", "SqliteInteractions.cs"];
        int lines = files.SelectMany(file => File.ReadLines(Path.Combine(folder, file))).Select(line => line.Trim())
            .Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal));
        Assert.InRange(lines, 100, 299);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Crm.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
