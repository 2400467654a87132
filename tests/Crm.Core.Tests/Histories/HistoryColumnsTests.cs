using Crm.Core.Histories;

namespace Crm.Core.Tests.Histories;

// Examples: histories of columns that came from outside.
public sealed class HistoryColumnsTests
{
    private static readonly HistoryFrame _weeks = new() { Unit = TimeUnit.Week };

    private static readonly HistoryColumns _two = new() { Frequency = [2, 0], Recency = [30.43, 0], Age = [38.86, 38.86] };

    public static TheoryData<string, HistoryColumns> OtherLengths => new()
    {
        { "Recency", _two with { Recency = [1] } },
        { "Age", _two with { Age = [1, 2, 3] } },
        { "Ids", _two with { Ids = [CustomerId.Of("1")] } },
        { "MeanSpend", _two with { MeanSpend = [] } },
        { "Customers", _two with { Customers = [1] } },
        { "HoldoutFrequency", _two with { HoldoutFrequency = [1] } },
        { "HoldoutMeanSpend", _two with { HoldoutFrequency = [1, 1], HoldoutMeanSpend = [1] } },
    };

    public static TheoryData<HistoryColumns, int, string, string, string> Faults => new()
    {
        { _two with { Frequency = [2, -1] }, 1, "frequency", "-1", "a whole number from 0 to 1,000,000" },
        { _two with { Recency = [39, 0] }, 0, "recency", "39", "a time from 0 to the age" },
        { _two with { Recency = [0, 0] }, 0, "recency", "0 with frequency 2", "0 exactly when the frequency is 0" },
        { _two with { Age = [38.86, double.NaN] }, 1, "age", "NaN", "a time from 0 to 1e9" },
        { _two with { MeanSpend = [10, 1] }, 1, "mean spend", "1 with frequency 0", "0 when there are no repeat occasions" },
        { _two with { MeanSpend = [double.PositiveInfinity, 0] }, 0, "mean spend", "Infinity", "a finite amount, up to 1e100" },
        { _two with { Customers = [1, 0] }, 1, "customers", "0", "a whole number, 1 or more" },
        { _two with { HoldoutFrequency = [-3, 0] }, 0, "holdout frequency", "-3", "a whole number, 0 or more" },
        { _two with { HoldoutFrequency = [0, 1], HoldoutMeanSpend = [0, double.NaN] }, 1, "holdout mean spend", "NaN", "a finite amount" },
        { _two with { HoldoutFrequency = [1, 0], HoldoutMeanSpend = [3, 4] }, 1, "holdout mean spend", "4 with holdout frequency 0", "0 when" },
        { _two with { Ids = [CustomerId.Of("7"), CustomerId.None] }, 1, "id", "none", "an id of 1 to 128 characters" },
        { _two with { Ids = [CustomerId.Of("7"), CustomerId.Of("7")] }, 1, "id", "an id that came before", "each customer once" },
    };

    [Fact]
    public void FromColumns_NoIds_NumbersTheRowsFromOne() =>
        Assert.Equal(["1", "2"], PurchaseHistories.FromColumns(_two, _weeks).Ids.Select(id => id.ToString()));

    [Fact]
    public void FromColumns_AllColumns_KeepsThemInTheOrderOfTheRows()
    {
        PurchaseHistories histories = PurchaseHistories.FromColumns(_two with
        {
            Ids = [CustomerId.Of("b"), CustomerId.Of("a")],
            MeanSpend = [22.35, 0],
            Customers = [3, 4],
            HoldoutFrequency = [1, 0],
            HoldoutMeanSpend = [26.48, 0],
        }, _weeks);
        Assert.Equal(PurchaseHistory.Of(2, 30.43, 38.86, TimeUnit.Week, 22.35), histories[CustomerId.Of("b")]);
        Assert.Equal(PurchaseHistory.Of(0, 0, 38.86, TimeUnit.Week), histories[1]);
        Assert.Equal((2, 7L), (histories.Count, histories.CustomerCount));
        Assert.Equal((1, 26.48), (histories.HoldoutFrequency[0], histories.HoldoutMeanSpend[0]));
        Assert.True(histories.TotalSpend.IsEmpty);
    }

    [Fact]
    public void FromColumns_NoShares_CountsRowsAsCustomers() => Assert.Equal(2, PurchaseHistories.FromColumns(_two, _weeks).CustomerCount);

    [Fact]
    public void FromColumns_SharesBeyondAnInt_AreCounted() => Assert.Equal(
        2L * int.MaxValue, PurchaseHistories.FromColumns(_two with { Customers = [int.MaxValue, int.MaxValue] }, _weeks).CustomerCount);

    [Fact]
    public void FromColumns_ArrayChangedAfterwards_ChangesNothing()
    {
        double[] age = [38.86, 38.86];
        PurchaseHistories histories = PurchaseHistories.FromColumns(_two with { Age = age }, _weeks);
        age[0] = 99;
        Assert.Equal(38.86, histories.Age[0]);
    }

    [Fact]
    public void FromColumns_NoRows_IsEmpty() =>
        Assert.Empty(PurchaseHistories.FromColumns(new() { Frequency = [], Recency = [], Age = [] }, _weeks));

    [Theory]
    [MemberData(nameof(OtherLengths))]
    public void FromColumns_ColumnOfAnotherLength_IsRefusedByName(string column, HistoryColumns columns)
    {
        var refusal = Assert.Throws<ArgumentException>(() => PurchaseHistories.FromColumns(columns, _weeks));
        Assert.Equal(column, refusal.ParamName);
        Assert.Contains("Needs one entry for each of the 2 rows of Frequency; it has ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void FromColumns_WrongRow_IsRefusedByRowColumnFoundAndExpected(HistoryColumns columns, int row, string column, string found, string expected)
    {
        var refusal = Assert.Throws<RowFaultsException>(() => PurchaseHistories.FromColumns(columns, _weeks));
        Assert.Equal("columns", refusal.ParamName);
        RowFault fault = Assert.Single(refusal.Faults, f => f.Column == column);
        Assert.Equal(((long)row, found), (fault.Row, fault.Found));
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void FromColumns_FaultsInManyRows_NamesTwentyAndCountsAll()
    {
        int[] frequency = [.. Enumerable.Repeat(-1, 30)];
        double[] times = [.. Enumerable.Repeat(1.0, 30)];
        var refusal = Assert.Throws<RowFaultsException>(() =>
            PurchaseHistories.FromColumns(new() { Frequency = frequency, Recency = times, Age = times, MeanSpend = times }, _weeks));
        Assert.Equal((20, 30L), (refusal.Faults.Count, refusal.Total));
        Assert.Contains(" … and 10 more.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromColumns_SeveralFaultsInSeveralColumns_NamesAllTogether()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => PurchaseHistories.FromColumns(
            _two with { Age = [double.NaN, 38.86], Customers = [0, -1], HoldoutFrequency = [0, 0], HoldoutMeanSpend = [0, double.NaN] }, _weeks));
        Assert.Equal(
            ["0 age", "0 recency", "0 customers", "1 customers", "1 holdout mean spend"], refusal.Faults.Select(f => $"{f.Row} {f.Column}"));
    }

    [Fact]
    public void FromColumns_Null_IsRefused()
    {
        Assert.Equal("columns", Assert.Throws<ArgumentNullException>(() => PurchaseHistories.FromColumns(null!, _weeks)).ParamName);
        Assert.Equal("frame", Assert.Throws<ArgumentNullException>(() => PurchaseHistories.FromColumns(_two, null!)).ParamName);
    }

    [Fact]
    public void FromColumns_UnnamedUnit_IsAccepted() =>
        Assert.Equal(TimeUnit.Unnamed, PurchaseHistories.FromColumns(_two, new() { Unit = TimeUnit.Unnamed })[0].Unit);

    [Fact]
    public void FromColumns_HoldoutSpendWithoutFrequency_IsRefused()
    {
        var exception = Assert.Throws<ArgumentException>(() => PurchaseHistories.FromColumns(_two with { HoldoutMeanSpend = [1, 2] }, _weeks));
        Assert.Equal("columns", exception.ParamName);
        Assert.Contains("HoldoutFrequency", exception.Message, StringComparison.Ordinal);
    }
}
