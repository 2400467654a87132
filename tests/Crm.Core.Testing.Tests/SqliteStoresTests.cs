using Contoso.Customers;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;

namespace Crm.Core.Testing.Tests;

/// <summary>The sample of the guide keeps every promise: what a host writes against its own store is these six tests, and five for sequences.</summary>
public sealed class SqliteStoresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-sqlite-");

    public static TheoryData<string> CustomerRules => new(CustomerStoreConformance.RuleNames);

    public static TheoryData<string> InteractionRules => new(InteractionStoreConformance.RuleNames);

    public static TheoryData<string> SegmentRules => new(SegmentStoreConformance.RuleNames);

    public static TheoryData<string> ScoreRules => new(ScoreStoreConformance.RuleNames);

    public static TheoryData<string> ModelRules => new(ModelStoreConformance.RuleNames);

    public static TheoryData<string> HistoryRules => new(HistorySourceConformance.RuleNames);

    private static SequenceOptions Few { get; } = new() { Sequences = 6, Length = 25, Workers = 2 };

    private Database NewDatabase => new(Path.Combine(_folder.FullName, Path.GetRandomFileName()));

    [Theory]
    [MemberData(nameof(CustomerRules))]
    public async Task Customers_OfTheSample_Keep(string rule)
    {
        // It finds who names whom, so the rules of that are not skipped.
        ConformanceResult result = await CustomerStoreConformance.RunAsync(rule, () => Task.FromResult<ICustomerStore>(new SqliteCustomers(NewDatabase)));
        Assert.Equal(ConformanceOutcome.Passed, result.Outcome);
    }

    [Theory]
    [MemberData(nameof(InteractionRules))]
    public Task Interactions_OfTheSample_Keep(string rule) =>
        InteractionStoreConformance.RunAsync(rule, () => Task.FromResult<IInteractionStore>(new SqliteInteractions(NewDatabase)));

    [Theory]
    [MemberData(nameof(SegmentRules))]
    public Task Segments_OfTheSample_Keep(string rule) =>
        SegmentStoreConformance.RunAsync(rule, () => Task.FromResult<ISegmentStore>(new SqliteSegments(NewDatabase)));

    [Theory]
    [MemberData(nameof(ScoreRules))]
    public Task Scores_OfTheSample_Keep(string rule) =>
        ScoreStoreConformance.RunAsync(rule, () => Task.FromResult<IScoreStore>(new SqliteScores(NewDatabase)));

    [Theory]
    [MemberData(nameof(ModelRules))]
    public Task Models_OfTheSample_Keep(string rule) =>
        ModelStoreConformance.RunAsync(rule, () => Task.FromResult<IModelStore>(new SqliteModels(NewDatabase)));

    [Theory]
    [MemberData(nameof(HistoryRules))]
    public Task Histories_OfTheSample_Keep(string rule) => HistorySourceConformance.RunAsync(rule, () =>
    {
        Database database = NewDatabase;
        return Task.FromResult(new HistorySourceSetup(new SqliteInteractions(database), new SqliteHistories(database)));
    });

    [Fact]
    public Task Customers_OfTheSampleInRandomSequences_DoAsTheModel() => CustomerStoreSequences.RunAsync(() => Task.FromResult<ICustomerStore>(new SqliteCustomers(NewDatabase)), Few);

    [Fact]
    public Task Interactions_OfTheSampleInRandomSequences_DoAsTheModel() =>
        InteractionStoreSequences.RunAsync(() => Task.FromResult<IInteractionStore>(new SqliteInteractions(NewDatabase)), Few);

    [Fact]
    public Task Segments_OfTheSampleInRandomSequences_DoAsTheModel() => SegmentStoreSequences.RunAsync(() => Task.FromResult<ISegmentStore>(new SqliteSegments(NewDatabase)), Few);

    [Fact]
    public Task Scores_OfTheSampleInRandomSequences_DoAsTheModel() => ScoreStoreSequences.RunAsync(() => Task.FromResult<IScoreStore>(new SqliteScores(NewDatabase)), Few);

    [Fact]
    public Task Models_OfTheSampleInRandomSequences_DoAsTheModel() => ModelStoreSequences.RunAsync(() => Task.FromResult<IModelStore>(new SqliteModels(NewDatabase)), Few);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
