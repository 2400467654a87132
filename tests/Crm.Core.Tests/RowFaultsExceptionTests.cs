namespace Crm.Core.Tests;

// Examples: the words of a list of faults.
public sealed class RowFaultsExceptionTests
{
    [Fact]
    public void Message_OneFault_NamesRowColumnFoundAndExpected()
    {
        RowFaultsException refusal = Refused(1);
        Assert.Equal("1 value is wrong: row 7, age: found -1.5, expected 0 or more. (Parameter 'columns')", refusal.Message);
        Assert.Equal(("columns", 1L), (refusal.ParamName, refusal.Total));
    }

    [Fact]
    public void Message_TwentyFaults_NamesAll()
    {
        RowFaultsException refusal = Refused(20);
        Assert.StartsWith("20 values are wrong: row 7, ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("more", refusal.Message.Replace("0 or more", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(20, refusal.Faults.Count);
    }

    [Fact]
    public void Message_MoreThanTwentyFaults_NamesTwentyAndTheTotal()
    {
        RowFaultsException refusal = Refused(25);
        Assert.StartsWith("25 values are wrong: row 7, ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(" … and 5 more.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((20, 25L, 26L), (refusal.Faults.Count, refusal.Total, refusal.Faults[^1].Row));
        Assert.DoesNotContain("row 27", refusal.Message, StringComparison.Ordinal);
    }

    private static RowFaultsException Refused(int faults)
    {
        var list = new RowFaultList();
        for (int i = 0; i < faults; i++)
        {
            list.Add(7 + i, "age", $"{-1.5}", "0 or more");
        }

        return Assert.Throws<RowFaultsException>(() => list.ThrowIfAny("columns"));
    }
}
