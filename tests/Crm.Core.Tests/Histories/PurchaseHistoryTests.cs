using Crm.Core.Histories;

namespace Crm.Core.Tests.Histories;

// Examples: what makes a history of one customer, and what does not.
public sealed class PurchaseHistoryTests
{
    [Fact]
    public void Of_ProperNumbers_KeepsThem()
    {
        PurchaseHistory history = PurchaseHistory.Of(2, 30.43, 38.86, TimeUnit.Week, 22.35);
        Assert.Equal((2, 30.43, 38.86, 22.35, TimeUnit.Week),
            (history.Frequency, history.Recency, history.Age, history.MeanSpend, history.Unit));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 1e9)]
    [InlineData(1_000_000, 1, 1)]
    [InlineData(1, 1e-300, 1)]
    public void Of_NumbersAtTheEdge_AreAccepted(int frequency, double recency, double age) =>
        Assert.Equal(frequency, PurchaseHistory.Of(frequency, recency, age, TimeUnit.Unnamed).Frequency);

    [Theory]
    [InlineData(-1, 1, 2, 0, "frequency", "-1", "a whole number from 0 to 1,000,000")]
    [InlineData(1_000_001, 1, 2, 0, "frequency", "1000001", "a whole number from 0 to 1,000,000")]
    [InlineData(1, 3, 2, 0, "recency", "3", "a time from 0 to the age")]
    [InlineData(1, -1, 2, 0, "recency", "-1", "a time from 0 to the age")]
    [InlineData(1, double.NaN, 2, 0, "recency", "NaN", "a time from 0 to the age")]
    [InlineData(1, 0, 2, 0, "recency", "0 with frequency 1", "0 exactly when the frequency is 0")]
    [InlineData(0, 1, 2, 0, "recency", "1 with frequency 0", "0 exactly when the frequency is 0")]
    [InlineData(0, 0, -1, 0, "age", "-1", "a time from 0 to 1e9")]
    [InlineData(0, 0, double.NaN, 0, "age", "NaN", "a time from 0 to 1e9")]
    [InlineData(0, 0, double.PositiveInfinity, 0, "age", "Infinity", "a time from 0 to 1e9")]
    [InlineData(0, 0, 1.1e9, 0, "age", "1100000000", "a time from 0 to 1e9")]
    [InlineData(1, 1, 2, double.NaN, "mean spend", "NaN", "a finite amount, up to 1e100")]
    [InlineData(1, 1, 2, 1e300, "mean spend", "1E+300", "a finite amount, up to 1e100")]
    [InlineData(0, 0, 2, 5, "mean spend", "5 with frequency 0", "0 when there are no repeat occasions")]
    public void Of_NoHistory_IsRefusedByColumnFoundAndExpected(
        int frequency, double recency, double age, double meanSpend, string column, string found, string expected)
    {
        var refusal = Assert.Throws<RowFaultsException>(() => PurchaseHistory.Of(frequency, recency, age, TimeUnit.Week, meanSpend));
        RowFault fault = Assert.Single(refusal.Faults, f => f.Column == column);
        Assert.Equal((0L, found), (fault.Row, fault.Found));
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
        Assert.Contains($"row 0, {column}: found {found}, expected {expected}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralFaults_NamesThemTogether()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => PurchaseHistory.Of(-1, 5, -2, TimeUnit.Week, double.NaN));
        Assert.Equal(["frequency", "age", "recency", "mean spend"], refusal.Faults.Select(f => f.Column));
    }

    [Fact]
    public void TryOf_ProperNumbers_GivesTheHistory()
    {
        Assert.True(PurchaseHistory.TryOf(2, 30.43, 38.86, TimeUnit.Week, 22.35, Currency.None, out var history, out var faults));
        Assert.Equal(PurchaseHistory.Of(2, 30.43, 38.86, TimeUnit.Week, 22.35), history);
        Assert.Empty(faults);
    }

    [Fact]
    public void TryOf_NoHistory_GivesTheFaultsAndTheDefaultValue()
    {
        Assert.False(PurchaseHistory.TryOf(1, 3, 2, TimeUnit.Week, 10, Currency.None, out var history, out var faults));
        Assert.Equal(default, history);
        Assert.Equal("row 0, recency: found 3, expected a time from 0 to the age: from the first occasion to the last", Assert.Single(faults).ToString());
    }

    [Fact]
    public void Default_IsACustomerSeenForNoTime() => Assert.Equal(PurchaseHistory.Of(0, 0, 0, TimeUnit.Unnamed), default);
}
