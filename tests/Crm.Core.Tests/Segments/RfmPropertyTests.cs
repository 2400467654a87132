using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Segments;

// Properties over generated bases and schemes, and a slow oracle of the quantiles by the words of the documentation.
public sealed class RfmPropertyTests
{
    private static readonly RfmDimension[] _dimensions = [RfmDimension.Recency, RfmDimension.Frequency, RfmDimension.Money];

    [Fact]
    public void Score_Quantiles_GivesEveryRowTheScoreOfTheOracle() => FixedSeed.ForAll(RfmBase.Any.Zip(Gen.Choose(2, 10)), pair =>
    {
        var (customers, bins) = pair;
        RfmCut cut = RfmCut.Quantiles(bins);
        RfmTable table = customers.Score(RfmScheme.Of(cut, cut, cut));
        for (int row = 0; row < table.Count; row++)
        {
            int[] expected = [.. _dimensions.Select(dimension => customers.SlowScore(dimension, bins, customers.Rows[row]))];
            Assert.Equal(expected, Scores(table[row]));
        }
    });

    [Fact]
    public void Score_EqualValues_ScoreEqualAndBetterOnesNoWorse() => Holds((customers, _, table) =>
    {
        foreach (RfmDimension dimension in _dimensions)
        {
            var rows = customers.Rows.Index().OrderBy(row => RfmBase.Goodness(row.Item, dimension)).ToArray();
            for (int i = 1; i < rows.Length; i++)
            {
                int worse = Scores(table[rows[i - 1].Index])[(int)dimension];
                int better = Scores(table[rows[i].Index])[(int)dimension];
                bool isTie = RfmBase.Goodness(rows[i].Item, dimension) == RfmBase.Goodness(rows[i - 1].Item, dimension);
                Assert.True(isTie ? better == worse : better >= worse);
            }
        }
    });

    [Fact]
    public void Score_EveryBinThatCanBeFilled_IsFilled() => Holds((customers, scheme, table) =>
    {
        int[] bins = [scheme.Recency.Bins, scheme.Frequency.Bins, scheme.Money.Bins];
        foreach (RfmDimension dimension in _dimensions)
        {
            int distinct = customers.Rows.Select(row => RfmBase.Goodness(row, dimension) + 0.0).Distinct().Count();
            int[] filled = [.. Enumerable.Range(0, table.Count).Select(row => Scores(table[row])[(int)dimension]).Distinct()];
            Assert.Equal(Math.Min(distinct, bins[(int)dimension]), filled.Length);
            Assert.All(filled, score => Assert.InRange(score, 1, bins[(int)dimension]));
        }
    });

    [Fact]
    public void Score_ByTheSchemeOfTheTable_GivesTheSameTable() => Holds((customers, scheme, table) =>
    {
        Assert.True(table.Scheme.IsFixed);
        SameBits(table, customers.Score(table.Scheme));
        Assert.Equal(table.Scheme, scheme.Fit(customers.Columns()));
        Assert.Equal(table.Scheme, RfmScheme.FromJson(table.Scheme.ToJson()));
    });

    [Fact]
    public void Score_OneCustomerAtFixedPoints_GetsTheScoresOfTheBase() => Holds((customers, _, table) =>
    {
        foreach (var (row, customer) in customers.Rows.Index().Where(row => IsDecimal(row.Item.Money)))
        {
            Assert.Equal(table[row], table.Scheme.Score(ToCustomer(customer)));
            Assert.Equal(table[row], table[customer.Id]);
        }
    });

    [Fact]
    public void Score_ObjectDoor_GivesTheBitsOfTheColumns() => FixedSeed.ForAll(RfmBase.Any.Zip(RfmBase.AnyScheme), pair =>
    {
        var customers = new RfmBase([.. pair.Item1.Rows.Where(row => IsDecimal(row.Money)).Select(row => row with { Customers = 1 })]);
        RfmTable columns = customers.Score(pair.Item2);
        RfmTable objects = pair.Item2.Score(customers.Rows.Select(ToCustomer));
        SameBits(columns, objects);
        Assert.Equal(columns.Ids, objects.Ids);
        Assert.True(columns.Recency.SequenceEqual(objects.Recency) && columns.Frequency.SequenceEqual(objects.Frequency) && columns.Money.SequenceEqual(objects.Money));
    });

    [Fact]
    public void Score_RowsInAnotherOrder_GivesTheSameBits()
    {
        var pairs = from customers in RfmBase.Any
                    from shuffled in Gen.Shuffle<RfmBase.Row>(customers.Rows)
                    from scheme in RfmBase.AnyScheme
                    select (Customers: customers, Shuffled: new RfmBase(shuffled), Scheme: scheme);
        FixedSeed.ForAll(pairs, pair =>
        {
            RfmTable plain = pair.Customers.Score(pair.Scheme);
            RfmTable shuffled = pair.Shuffled.Score(pair.Scheme);
            SameBits(plain, shuffled);
            Assert.All(pair.Customers.Rows, row => Assert.Equal(plain[row.Id], shuffled[row.Id]));
        });
    }

    [Fact]
    public void Score_WeightedRows_GiveTheSameBitsAsRepeatedRows() => Holds((customers, scheme, table) => SameBits(table, customers.Repeated().Score(scheme)));

    [Fact]
    public void Score_MoneyScaled_MovesNobody() => FixedSeed.ForAll(RfmBase.AnyBody.Zip(RfmBase.AnyScheme.Zip(Gen.Choose(-20, 20))), pair =>
    {
        var (customers, (scheme, power)) = (pair.Item1, (pair.Item2.Item1, pair.Item2.Item2));
        double factor = Math.ScaleB(1, power); // a power of two, which no rounding hides
        customers = new([.. customers.Rows.Where(row => Math.Abs(row.Money) != double.Epsilon)]);
        RfmTable plain = customers.Score(scheme);
        RfmTable scaled = new RfmBase([.. customers.Rows.Select(row => row with { Money = row.Money * factor })]).Score(scheme);
        Assert.True(plain.Money.SequenceEqual(scaled.Money));
        Assert.Equal(plain.Cells.Select(cell => cell.Totals.Money * factor), scaled.Cells.Select(cell => cell.Totals.Money));
        Assert.Equal(plain.Cells.Select(cell => cell.Totals.ShareOfMoney), scaled.Cells.Select(cell => cell.Totals.ShareOfMoney));
    });

    [Fact]
    public void Score_CellsGridAndSegments_PartitionTheCustomers() => Holds((customers, _, table) =>
    {
        RfmSegmentation segmentation = RfmSegments.Default.Assign(table);
        double most = customers.Rows.Max(row => Math.Abs(row.Money));
        void Same(IEnumerable<int> rows, RfmTotals totals)
        {
            RfmBase.Row[] theirs = [.. rows.Select(row => customers.Rows[row])];
            Assert.Equal(theirs.Sum(row => (long)row.Customers), totals.Customers);
            Assert.Equal(theirs.Sum(row => row.Money * row.Customers), totals.Money, (1e-12 * most * 40 * customers.Rows.Count) + double.Epsilon);
            Assert.Equal(theirs.Length == 0, totals.MeanRecency is null);
            Assert.Equal(theirs.Sum(row => row.Days * row.Customers) / Math.Max(1, totals.Customers), totals.MeanRecency ?? 0, 1e-6);
        }

        int[] all = [.. Enumerable.Range(0, table.Count)];
        Assert.Equal(table.Cells.Select(cell => cell.Score), all.Select(row => table[row]).Distinct().OrderByDescending(s => s.Recency).ThenByDescending(s => s.Frequency).ThenByDescending(s => s.Money));
        Assert.All(table.Cells, cell => Same(all.Where(row => table[row] == cell.Score), cell.Totals));
        Assert.All(segmentation.Sizes, size => Same(all.Where(row => segmentation[row] == size.Segment.Id), size.Totals));
        Assert.Equal(customers.Rows.Sum(row => (long)row.Customers), segmentation.Sizes.Sum(size => size.Totals.Customers));
        Assert.Equal(1, segmentation.Sizes.Sum(size => size.Totals.ShareOfCustomers), 1e-12);
        for (int recency = 1; recency <= table.Grid.RecencyBins; recency++)
        {
            for (int frequency = 1; frequency <= table.Grid.FrequencyBins; frequency++)
            {
                Same(all.Where(row => (table[row].Recency, table[row].Frequency) == (recency, frequency)), table.Grid[recency, frequency]);
            }
        }

        Same(all, table.All);
    });

    private static void Holds(Action<RfmBase, RfmScheme, RfmTable> check) =>
        FixedSeed.ForAll(RfmBase.AnyBody.Zip(RfmBase.AnyScheme), pair => check(pair.Item1, pair.Item2, pair.Item1.Score(pair.Item2)));

    private static int[] Scores(RfmScore score) => [score.Recency, score.Frequency, score.Money];

    // Amounts that a decimal holds and gives back: what money in objects can be.
    private static bool IsDecimal(double amount) => Math.Abs(amount) < 1e10 && (double)(decimal)amount == amount;

    private static RfmCustomer ToCustomer(RfmBase.Row row) => new(row.Id, row.Days, row.Purchases, Money.Of((decimal)row.Money, Currency.None));

    private static void SameBits(RfmTable left, RfmTable right)
    {
        Assert.Equal(left.Scheme, right.Scheme);
        Assert.Equal(left.Cells, right.Cells);
        Assert.Equal(left.All, right.All);
        for (int recency = 1; recency <= left.Grid.RecencyBins; recency++)
        {
            for (int frequency = 1; frequency <= left.Grid.FrequencyBins; frequency++)
            {
                Assert.Equal(left.Grid[recency, frequency], right.Grid[recency, frequency]);
            }
        }
    }
}
