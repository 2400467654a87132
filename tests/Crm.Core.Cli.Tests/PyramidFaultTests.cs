using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm pyramid and crm compare given what they cannot use: each refusal names what came, where, and what is accepted, and nothing is written.</summary>
public sealed class PyramidFaultTests
{
    private static readonly string[] _log = ["customer_id,date,amount", "a,2026-01-01,5", "b,2026-01-05,7", "a,2026-01-09,9"];

    [Theory]
    [InlineData("--by", "--by profit")]
    [InlineData("--by was 'revenu'", "--by revenu")]
    [InlineData("Did you mean 'revenue'?", "--by revenu")]
    [InlineData("--group", "--group rung")]
    [InlineData("--days", "--days 0")]
    [InlineData("--days", "--days many")]
    [InlineData("--fixed-costs", "--fixed-costs -5")]
    [InlineData("--other-marketing", "--other-marketing NaN")]
    [InlineData("--level", "--level 20%")]
    [InlineData("--level", "--level 99.5%")]
    [InlineData("--locale", "--locale de-DE")]
    [InlineData("--customers is a file of its own", "--customers -")]
    public void Pyramid_AWrongLine_IsRefused(string named, string line)
    {
        using var tool = new Tool();
        var run = tool.Run(["pyramid", tool.File("log.csv", _log), .. line.Split(' ')]);
        Assert.True(run.ExitCode == ExitCode.Usage && run.Output.Length == 0, run.ToString());
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"schema": 1, "name": "x", "cut": "shareOfCustomers", "tiers": [{"tier": "a", "share": 0.5}, {"tier": "b", "share": 0.6}]}""", "sum to")]
    [InlineData("""{"schema": 1, "name": "x", "cut": "threshold", "tiers": [{"tier": "a", "least": 5}, {"tier": "b", "least": 9}, {"tier": "c"}]}""", "tiers[1]")]
    [InlineData("""{"schema": 1, "name": "x", "cut": "sideways", "tiers": []}""", "cut")]
    [InlineData("{\"schema\": 1", "JSON")]
    [InlineData("""{"schema": 9}""", "9")]
    public void Pyramid_AWrongScheme_IsRefusedByPlace(string scheme, string named)
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--scheme", tool.File("scheme.json", scheme), "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("scheme.json", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("out")));
    }

    [Fact]
    public void Pyramid_ASchemeThatIsNotThere_IsToldWithTheNearest()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--scheme", "curri");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("no scheme and no file 'curri'", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'curry'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pyramid_SharesOfNoValue_IsRefusedInWords()
    {
        using var tool = new Tool();
        string scheme = tool.File("scheme.json", """{"schema": 1, "name": "x", "cut": "shareOfValue", "tiers": [{"tier": "a", "share": 0.5}, {"tier": "b", "share": 0.5}]}""");
        var run = tool.Run("pyramid", tool.File("log.csv", "customer_id,date,amount", "a,2026-01-01,0", "b,2026-01-05,0"), "--scheme", scheme);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("of nothing or less there are no shares", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pyramid_WrongCustomers_AreAllNamedByLine()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,profit,marketing,layer", "a,much,1,", "b,5,-2,", "c,1,1,friend", "d,1,1,");
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--customers", customers);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        foreach (string named in (string[])["3 faults", "line 2, column profit", "line 3, column marketing", "line 4, column layer", "prospect or suspect"])
        {
            Assert.Contains(named, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pyramid_ByAColumnThatSomeAreNotIn_NamesTheFirst()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--customers", tool.File("customers.csv", "customer_id,points", "a,5"), "--by", "points");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("of 1 customer of", run.Error, StringComparison.Ordinal);
        var missing = tool.Run("pyramid", tool.File("log.csv", _log), "--customers", tool.File("customers.csv", "customer_id,points", "a,5"), "--by", "point");
        Assert.Contains("there is no column point", missing.Error, StringComparison.Ordinal);
    }

    // Names that look like markup, or like our own, are names; scales without end are refused by line.
    [Fact]
    public void Pyramid_NamesLikeMarkup_AreNames()
    {
        using var tool = new Tool();
        string scheme = tool.File("scheme.json", """{"schema": 1, "name": "[x]", "cut": "shareOfCustomers", "tiers": [{"tier": "(new)", "share": 0.5}, {"tier": "(gone)", "share": 0.5}]}""");
        var run = tool.Run("pyramid", tool.File("log.csv", [.. _log, "c,2026-01-02,4", "c,2026-01-08,-4", "d,2026-01-09,2"]), "--scheme", scheme, "--days", "4", "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        var compared = tool.Run("compare", tool.File("a.csv", "customer_id,v[x],satisfaction", "a,1,good", "b,2,bad"), tool.File("b.csv", "customer_id,v[x]", "a,3", "c,4"), "--value", "v[x]", "--scheme", scheme, "-o", tool.At("out2"));
        Assert.True(compared.ExitCode == 0, compared.ToString());
        Assert.Contains("by v[x]", compared.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pyramid_NumbersWithoutEnd_AreRefusedByLine()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--customers", tool.File("customers.csv", "customer_id,satisfaction,profit", "a,1e200,1e308", "b,1,1"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("line 2, column satisfaction", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 2, column profit", run.Error, StringComparison.Ordinal);
        var tiny = tool.Run("pyramid", tool.File("log.csv", _log), "--customers", tool.File("tiny.csv", "customer_id,satisfaction", "a,0.0001", "b,0.0002"), "--days", "4", "--json");
        Assert.True(tiny.ExitCode == 0, tiny.ToString());
    }

    [Fact]
    public void Compare_AColumnThatIsNotThere_NamesTheOptionOfThisCommand()
    {
        using var tool = new Tool();
        string file = tool.File("a.csv", "customer_id,clv", "a,1");
        var run = tool.Run("compare", file, file, "--value", "value");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("--value names it", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--by", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pyramid_NoAmounts_SaysWhatToDo()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", "customer_id,date", "a,2026-01-01", "b,2026-01-02"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("--amount-column", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two files", "LOG 2026-01-05")]
    [InlineData("comes before", "LOG 2026-01-09 2026-01-05")]
    [InlineData("is no day", "LOG yesterday 2026-01-05")]
    [InlineData("--value", "LOG 2026-01-05 2026-01-09 --value clv")]
    [InlineData("--days", "LOG LOG --days 5")]
    [InlineData("--level", "LOG LOG --level 80%")]
    [InlineData("Standard input", "LOG -")]
    [InlineData("--locale", "LOG 2026-01-05 2026-01-09 --locale fr")]
    public void Compare_AWrongLine_IsRefused(string named, string line)
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        var run = tool.Run(["compare", .. line.Split(' ').Select(word => word == "LOG" ? log : word)]);
        Assert.True(run.ExitCode == ExitCode.Usage && run.Output.Length == 0, run.ToString());
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lies after the last purchase", "2026-01-05", "2026-02-01")]
    [InlineData("nobody had bought by", "2025-12-01", "2026-01-05")]
    public void Compare_DaysThatTheLogDoesNotCover_AreRefused(string named, string first, string second)
    {
        using var tool = new Tool();
        var run = tool.Run("compare", tool.File("log.csv", _log), first, second);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TwoCurrenciesOrACustomerTwice_AreRefusedByName()
    {
        using var tool = new Tool();
        string euros = tool.File("euros.csv", "# crm: currency=EUR", "customer_id,clv", "a,5", "b,2");
        string dollars = tool.File("dollars.csv", "# crm: currency=USD", "customer_id,clv", "a,5", "b,2");
        var run = tool.Run("compare", euros, dollars, "--value", "clv");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("EUR", run.Error, StringComparison.Ordinal);
        Assert.Contains("USD", run.Error, StringComparison.Ordinal);
        var twice = tool.Run("compare", euros, tool.File("twice.csv", "customer_id,clv", "a,5", "a,2", "b,"), "--value", "clv");
        Assert.Equal(ExitCode.Data, twice.ExitCode);
        Assert.Contains("line 3, column customer_id", twice.Error, StringComparison.Ordinal);
        Assert.Contains("line 4, column clv", twice.Error, StringComparison.Ordinal);
    }
}
