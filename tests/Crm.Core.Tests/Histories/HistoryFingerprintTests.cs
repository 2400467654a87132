using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Histories;

/// <summary>Properties: the fingerprint is that of the numbers, not of ids, order or sharing; any other number gives another.</summary>
public sealed class HistoryFingerprintTests
{
    private static Gen<Row[]> Bases =>
        (from x in Gen.Choose(0, 3)
         from age in Gen.Elements(10, 10.5, 20)
         from early in Gen.Elements(0.25, 0.5, 1)
         from spend in Gen.Elements(12.5, 0.1, -3)
         from customers in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
         select new Row(x, x == 0 ? 0 : age * early, age, x == 0 ? 0 : spend, customers)).NonEmptyListOf().Select(rows => rows.ToArray());

    [Fact]
    public void Fingerprint_AnyBase_Has32HexDigits() => FixedSeed.ForAll(Bases, rows =>
        Assert.Matches("^[0-9a-f]{32}$", Of(rows).Fingerprint), 50);

    [Fact]
    public void Fingerprint_OtherOrderIdsAndSharing_IsTheSame()
    {
        var pairs = from rows in Bases from shuffled in Gen.Shuffle(Repeated(rows)) select (rows, shuffled);
        FixedSeed.ForAll(pairs, pair => Assert.Equal(Of(pair.rows).Fingerprint, Of(pair.shuffled, "other").Fingerprint));
    }

    [Fact]
    public void Fingerprint_AnyNumberChanged_IsAnother()
    {
        var cases = from rows in Bases from row in Gen.Choose(0, rows.Length - 1) select (rows, row);
        FixedSeed.ForAll(cases, given =>
        {
            Row row = given.rows[given.row];
            string before = Of(given.rows).Fingerprint;
            Row[] others =
            [
                row with { X = row.X + 1, Recency = row.X == 0 ? row.Age : row.Recency },
                row with { Age = Math.BitIncrement(row.Age) },
                row with { Customers = row.Customers + 1 },
                .. row.X == 0 ? (Row[])[] : [row with { Recency = Math.BitDecrement(row.Recency) }, row with { Spend = Math.BitIncrement(row.Spend) }],
            ];
            Assert.All(others, other => Assert.NotEqual(before, Of([.. given.rows.Select((same, i) => i == given.row ? other : same)]).Fingerprint));
        });
    }

    [Fact]
    public void Fingerprint_NoAmounts_IsThatOfNothingSpent()
    {
        Row[] rows = [new(0, 0, 9, 0, 1), new(2, 3, 9, 0, 1)];
        PurchaseHistories unpriced = PurchaseHistories.FromColumns(new() { Frequency = [0, 2], Recency = [0, 3], Age = [9, 9] }, new() { Unit = TimeUnit.Week });
        Assert.Equal(Of(rows).Fingerprint, unpriced.Fingerprint);
    }

    [Fact]
    public void Fingerprint_MinusZero_IsZero()
    {
        string zero = Of([new(0, 0, 9, 0, 1), new(0, 0, 9, 0, 1)]).Fingerprint;
        Assert.Equal(zero, Of([new(0, -0.0, 9, 0, 1), new(0, 0, 9, -0.0, 1)]).Fingerprint);
        Assert.Equal(zero, Of([new(0, -0.0, 9, -0.0, 2)]).Fingerprint);
    }

    private static PurchaseHistories Of(Row[] rows, string prefix = "c") => PurchaseHistories.FromColumns(
        new()
        {
            Ids = [.. rows.Select((_, i) => CustomerId.Of(prefix + i.ToString(CultureInfo.InvariantCulture)))],
            Frequency = [.. rows.Select(row => row.X)],
            Recency = [.. rows.Select(row => row.Recency)],
            Age = [.. rows.Select(row => row.Age)],
            MeanSpend = [.. rows.Select(row => row.Spend)],
            Customers = rows.All(row => row.Customers == 1) ? null : [.. rows.Select(row => row.Customers)],
        },
        new() { Unit = TimeUnit.Week });

    private static Row[] Repeated(Row[] rows) => [.. rows.SelectMany(row => Enumerable.Repeat(row with { Customers = 1 }, row.Customers))];

    private sealed record Row(int X, double Recency, double Age, double Spend, int Customers);
}
