using Contoso.Customers;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;

namespace Crm.Core.Testing.Tests;

/// <summary>The sample of the guide keeps every promise: what a host writes against its own store is these three tests.</summary>
public sealed class SqliteStoresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-sqlite-");

    public static TheoryData<string> CustomerRules => new(CustomerStoreConformance.RuleNames);

    public static TheoryData<string> InteractionRules => new(InteractionStoreConformance.RuleNames);

    public static TheoryData<string> SegmentRules => new(SegmentStoreConformance.RuleNames);

    private Database NewDatabase => new(Path.Combine(_folder.FullName, Path.GetRandomFileName()));

    [Theory]
    [MemberData(nameof(CustomerRules))]
    public Task Customers_OfTheSample_Keep(string rule) =>
        CustomerStoreConformance.RunAsync(rule, () => Task.FromResult<ICustomerStore>(new SqliteCustomers(NewDatabase)));

    [Theory]
    [MemberData(nameof(InteractionRules))]
    public Task Interactions_OfTheSample_Keep(string rule) =>
        InteractionStoreConformance.RunAsync(rule, () => Task.FromResult<IInteractionStore>(new SqliteInteractions(NewDatabase)));

    [Theory]
    [MemberData(nameof(SegmentRules))]
    public Task Segments_OfTheSample_Keep(string rule) =>
        SegmentStoreConformance.RunAsync(rule, () => Task.FromResult<ISegmentStore>(new SqliteSegments(NewDatabase)));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
