using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Customers;

public sealed class AttributeCoverageTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly AttributeId _born = AttributeId.Of("born");
    private static readonly AttributeId _health = AttributeId.Of("health");

    private static readonly AttributeSchema _schema = AttributeSchema.Of(
        new AttributeDefinition { Id = _health, Kind = AttributeKind.Number, FreshFor = Duration.FromHours(24) },
        new AttributeDefinition { Id = AttributeId.Of("income"), Kind = AttributeKind.Number },
        new AttributeDefinition { Id = _born, Kind = AttributeKind.Number });

    [Fact]
    public void OfAsync_AnyStory_IsWhatCountingEveryValueFinds() => FixedSeed.ForAll(CustomerStories.All, story =>
    {
        AsOf asOf = story.AnyView();
        AttributeCoverage report = Of(asOf, [.. story.Customers]);
        Assert.Equal(3, report.Customers);
        AttributeFact[] values = [.. story.Customers.SelectMany(customer => customer.Facts.OfType<AttributeFact>().Select(fact => fact.Attribute).Distinct()
            .Select(id => customer.Attribute(id, asOf)).OfType<AttributeFact>())];
        Assert.Equal(values.Length, report.Attributes.Sum(row => row.Customers));
        Assert.Equal(
            ["health", "income", "born", .. values.Select(fact => fact.Attribute.ToString()).Where(id => id is not ("health" or "income" or "born")).Distinct().Order(StringComparer.Ordinal)],
            report.Attributes.Select(row => row.Attribute.ToString()));
        foreach (AttributeCoverageRow row in report.Attributes)
        {
            AttributeFact[] own = [.. values.Where(fact => fact.Attribute == row.Attribute)];
            double[] ages = [.. own.Select(fact => Math.Max(0, Math.Floor((asOf.TrueAt - fact.Dates.RecordedAt).TotalDays))).Order()];
            Assert.Equal(own.Length, row.Customers);
            Assert.Equal(own.Length / 3.0, row.Share);
            Assert.Equal(ages.Length == 0 ? null : (int)ages[(ages.Length - 1) / 2], row.MedianAgeInDays);
            Assert.Equal(row.Attribute == _health ? own.Count(fact => asOf.TrueAt - fact.Dates.RecordedAt > Duration.FromHours(24)) : 0, row.Stale);
            Assert.Equal(own.Length, row.Fresh + row.Stale);
            Assert.Equal(own.GroupBy(fact => fact.Dates.Source).Select(group => (group.Key, (long)group.Count())).ToHashSet(), row.Sources.Select(source => (source.Source, source.Customers)).ToHashSet());
        }
    });

    [Fact]
    public void OfAsync_AFewCustomers_SaysItInWords()
    {
        AttributeCoverage report = Of(
            AsOf.At(_now),
            Ada("1", Fact(_born, "crm", 40), Fact(_health, "survey", 2)),
            Ada("2", Fact(_born, "shop", 10), Fact(_health, "survey", 1), Fact(AttributeId.Of("hobby"), "crm", 3)),
            Ada("3", Fact(_born, "shop", 20)),
            Ada("4"));
        Assert.Equal(
            """
            4 customers, 4 attributes, as of 2026-03-10T12:00:00Z.
            health: 2 customers (50 %), 1 fresh, 1 stale, median age 1 days; from survey 2
            income: nobody has it
            born: 3 customers (75 %), 3 fresh, 0 stale, median age 20 days; from shop 2, crm 1
            hobby (not declared): 1 customers (25 %), 1 fresh, 0 stale, median age 3 days; from crm 1
            """.ReplaceLineEndings("\n"),
            report.ToString());
        Assert.False(report.Attributes[3].IsDeclared);
    }

    [Fact]
    public void OfAsync_NoCustomers_HasNoShares() => Assert.All(Of(AsOf.At(_now)).Attributes, row => Assert.Equal((0, 0.0, null), (row.Customers, row.Share, row.MedianAgeInDays)));

    [Fact]
    public async Task OfAsync_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await AttributeCoverage.OfAsync(new InMemoryCustomerStore(), _schema, AsOf.At(_now), cancelled.Token));
    }

    private static AttributeCoverage Of(AsOf asOf, params Customer[] customers)
    {
        var store = new InMemoryCustomerStore();
        store.SaveAsync([.. customers.Select(customer => new Stored<Customer>(customer, StoreVersion.None))], default).AsTask().GetAwaiter().GetResult();
        return AttributeCoverage.OfAsync(store, _schema, asOf).AsTask().GetAwaiter().GetResult();
    }

    private static Customer Ada(string id, params CustomerFact[] facts) => Customer.Person(CustomerId.Of(id)).With(facts);

    private static AttributeFact Fact(AttributeId attribute, string source, int daysAgo) =>
        AttributeFact.Of(attribute, AttributeValue.Of(1), FactDates.Of(SourceId.Of(source), _now - Duration.FromDays(daysAgo)));
}
