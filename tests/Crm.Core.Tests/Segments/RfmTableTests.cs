using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

// Examples worked by hand; what is refused.
public sealed class RfmTableTests
{
    private static readonly RfmScheme _scheme = RfmScheme.Of(RfmCut.Days(30), RfmCut.Purchases(2), RfmCut.Amounts(Currency.Eur, 100));

    // Two share the third row.
    private static readonly RfmTable _table = _scheme.Score(new RfmColumns
    {
        Ids = [RfmBase.Id(1), RfmBase.Id(2), RfmBase.Id(3)],
        Recency = [10, 20, 60],
        Frequency = [5, 2, 1],
        Money = [300, 100, 50],
        Customers = [1, 1, 2],
        Currency = Currency.Eur,
    });

    [Fact]
    public void Score_AFewCustomers_GivesCellsAndTotals()
    {
        Assert.Equal(["2-2-2", "1-1-1"], _table.Cells.Select(cell => cell.Score.ToString()));
        RfmTotals best = _table.Cells[0].Totals;
        Assert.Equal((2L, 0.5, 400.0, 0.8, 15.0), (best.Customers, best.ShareOfCustomers, best.Money, best.ShareOfMoney!.Value, best.MeanRecency!.Value));
        RfmTotals worst = _table.Cells[1].Totals;
        Assert.Equal((2L, 0.5, 100.0, 0.2, 60.0), (worst.Customers, worst.ShareOfCustomers, worst.Money, worst.ShareOfMoney!.Value, worst.MeanRecency!.Value));
        Assert.Equal((4L, 500.0, 37.5), (_table.All.Customers, _table.All.Money, _table.All.MeanRecency!.Value));
        Assert.Equal(Currency.Eur, _table.Currency);
    }

    [Fact]
    public void Grid_AFewCustomers_IsRecencyByFrequency()
    {
        Assert.Equal((2, 2), (_table.Grid.RecencyBins, _table.Grid.FrequencyBins));
        Assert.Equal((2L, 400.0), (_table.Grid[2, 2].Customers, _table.Grid[2, 2].Money));
        Assert.Equal((0L, 0.0, 0.0, null), (_table.Grid[2, 1].Customers, _table.Grid[2, 1].Money, _table.Grid[2, 1].ShareOfMoney!.Value, _table.Grid[2, 1].MeanRecency));
        Assert.Equal("recency", Assert.Throws<ArgumentOutOfRangeException>(() => _table.Grid[0, 1]).ParamName);
        Assert.Equal("frequency", Assert.Throws<ArgumentOutOfRangeException>(() => _table.Grid[1, 3]).ParamName);
    }

    [Fact]
    public void Indexers_OfATable_FindRowsCustomersAndCells()
    {
        Assert.Equal(new RfmScore(2, 2, 2), _table[0]);
        Assert.Equal(new RfmScore(1, 1, 1), _table[RfmBase.Id(3)]);
        Assert.Equal(_table.Cells[0].Totals, _table.TotalsOf(new(2, 2, 2)));
        Assert.Equal(0, _table.TotalsOf(new(1, 2, 1)).Customers);
        Assert.False(_table.TryGet(RfmBase.Id(4), out RfmScore none));
        Assert.Equal(default, none);
        Assert.Contains("Customer 4 is not in this RFM table.", Assert.Throws<KeyNotFoundException>(() => _table[RfmBase.Id(4)]).Message, StringComparison.Ordinal);
        Assert.Equal("row", Assert.Throws<ArgumentOutOfRangeException>(() => _table[3]).ParamName);
        Assert.Contains("Scores go from 1-1-1 to 2-2-2; it was 3-1-1.", Assert.Throws<ArgumentOutOfRangeException>(() => _table.TotalsOf(new(3, 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_WithoutIds_IsAskedByRow()
    {
        RfmTable table = _scheme.Score(new RfmColumns { Recency = [1], Frequency = [1], Money = [1], Currency = Currency.Eur });
        Assert.Equal("2-1-1", table[0].ToString());
        Assert.Empty(table.Ids);
        Assert.Contains("was made without ids", Assert.Throws<KeyNotFoundException>(() => table[RfmBase.Id(1)]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ManyIds_FindsEachAndNoOther()
    {
        CustomerId[] ids = [.. Enumerable.Range(0, 70_000).Select(i => CustomerId.Of($"c{i}"))]; // some 1 of them with equal hashes
        double[] days = [.. ids.Select((_, i) => (double)(i % 61))];
        RfmTable table = RfmScheme.Quintiles.Score(new RfmColumns { Ids = ids, Recency = days, Frequency = new int[ids.Length], Money = days });
        Assert.All(Enumerable.Range(0, ids.Length), row => Assert.Equal(table[row], table[ids[row]]));
        Assert.False(table.TryGet(CustomerId.Of("c70000"), out _));
        Assert.False(table.TryGet(CustomerId.None, out _));
    }

    [Fact]
    public void Score_Nobody_IsATableOfNone()
    {
        RfmTable table = RfmScheme.Quintiles.Score(new RfmColumns { Ids = [], Recency = [], Frequency = [], Money = [] });
        Assert.Equal((0, 0L, null), (table.Count, table.All.Customers, table.All.MeanRecency));
        Assert.Empty(table.Cells);
        Assert.Equal(RfmScheme.Quintiles, table.Scheme);
        Assert.Equal(0, RfmSegments.Default.Assign(table).Sizes.Sum(size => size.Totals.Customers));
    }

    [Fact]
    public void Score_OneCustomer_StandsInTheMiddle()
    {
        RfmTable table = RfmBase.OfMoney(42).Score(RfmScheme.Quintiles);
        Assert.Equal("3-3-3", table[0].ToString());
        Assert.Equal((1L, 1.0, 1.0), (table.All.Customers, table.All.ShareOfCustomers, table.All.ShareOfMoney!.Value));
    }

    [Fact]
    public void Score_LosersAsRichAsWinners_HaveNoShareOfMoney() =>
        Assert.All(RfmBase.OfMoney(-5, 5).Score(RfmScheme.Quintiles).Cells, cell => Assert.Null(cell.Totals.ShareOfMoney));

    [Fact]
    public void Score_WrongRows_AreNamedWithTheirColumns()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => RfmScheme.Quintiles.Score(new RfmColumns
        {
            Recency = [1, -1, double.NaN, double.PositiveInfinity, 1],
            Frequency = [1, 1, -2, 1, 1],
            Money = [1, double.NaN, 1, double.NegativeInfinity, 1],
            Customers = [1, 1, 1, 1, 0],
        }));
        Assert.Equal(
            [
                "row 1, recency: found -1, expected a finite number of days, 0 or more",
                "row 1, money: found NaN, expected a finite amount",
                "row 2, recency: found NaN, expected a finite number of days, 0 or more",
                "row 2, frequency: found -2, expected a number of purchase days, 0 or more",
                "row 3, recency: found Infinity, expected a finite number of days, 0 or more",
                "row 3, money: found -Infinity, expected a finite amount",
                "row 4, customers: found 0, expected a whole number, 1 or more",
            ],
            refusal.Faults.Select(fault => fault.ToString()));
        Assert.Equal((7L, "columns"), (refusal.Total, refusal.ParamName));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.5)]
    public void Score_OneWrongDayAnywhere_IsFound(double wrong)
    {
        for (int row = 0; row < 40; row++)
        {
            double[] days = [.. Enumerable.Range(0, 40).Select(i => i == row ? wrong : i)];
            Assert.Equal(row, Assert.Throws<RowFaultsException>(() => RfmBase.OfDays(days).Score(RfmScheme.Quintiles)).Faults.Single().Row);
        }
    }

    [Fact]
    public void Score_ManyWrongRows_NamesTwentyAndTheTotal()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => RfmBase.OfMoney([.. Enumerable.Repeat(double.NaN, 33)]).Score(RfmScheme.Quintiles));
        Assert.Equal((20, 33L), (refusal.Faults.Count, refusal.Total));
    }

    [Fact]
    public void Score_IdsTwiceOrNone_AreNamed()
    {
        CustomerId[] ids = [RfmBase.Id(7), RfmBase.Id(8), CustomerId.None, RfmBase.Id(7), RfmBase.Id(7)];
        var refusal = Assert.Throws<RowFaultsException>(() => RfmScheme.Quintiles.Score(
            new RfmColumns { Ids = ids, Recency = new double[5], Frequency = new int[5], Money = new double[5] }));
        Assert.Equal(
            [
                "row 2, id: found none, expected an id of 1 to 128 characters",
                "row 3, id: found the customer of row 0 again, expected each customer once",
                "row 4, id: found the customer of row 0 again, expected each customer once",
            ],
            refusal.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Score_OtherLengths_AreRefusedByName()
    {
        Assert.Equal("Frequency", Assert.Throws<ArgumentException>(() => _scheme.Score(new RfmColumns { Recency = [1], Frequency = [], Money = [1] })).ParamName);
        Assert.Equal("Money", Assert.Throws<ArgumentException>(() => _scheme.Score(new RfmColumns { Recency = [1], Frequency = [1], Money = [] })).ParamName);
        Assert.Equal("Ids", Assert.Throws<ArgumentException>(() => _scheme.Score(new RfmColumns { Ids = [], Recency = [1], Frequency = [1], Money = [1] })).ParamName);
        Assert.Equal("Customers", Assert.Throws<ArgumentException>(() => _scheme.Score(new RfmColumns { Recency = [1], Frequency = [1], Money = [1], Customers = [1, 1] })).ParamName);
    }

    [Fact]
    public void Score_SumBeyondADouble_IsRefused() => Assert.Contains(
        "their sum is not", Assert.Throws<ArgumentException>(() => RfmBase.OfMoney(1e308, 1e308).Score(RfmScheme.Quintiles)).Message, StringComparison.Ordinal);

    [Fact]
    public void Ids_ChangedAfterwards_ChangeNothing()
    {
        CustomerId[] ids = [RfmBase.Id(1)];
        RfmTable table = RfmScheme.Quintiles.Score(new RfmColumns { Ids = ids, Recency = [1], Frequency = [1], Money = [1] });
        ids[0] = RfmBase.Id(2);
        Assert.Equal([RfmBase.Id(1)], table.Ids);
        Assert.True(table.Ids is not CustomerId[] && table.Cells is not RfmCell[] && table.Scheme.Money.Points is not double[]);
    }

    [Fact]
    public void ToString_ATable_ListsItsCells()
    {
        string[] lines = _table.ToString().Split(Environment.NewLine);
        Assert.Equal("cell      customers   of all              money   of all   days since", lines[0]);
        Assert.Equal("2-2-2             2   50.0 %                400   80.0 %         15.0", lines[1]);
        Assert.Equal(4, lines.Length);
    }
}
