using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Who is shown in a report: ids, codes in their place, or names, as it was asked for.</summary>
public sealed class ReportIdentityTests
{
    private static readonly string[] _lines =
        [SmallShop.Lines[0], .. SmallShop.Lines[1..].Select(line => "customer-" + line)];

    [Fact]
    public void HashIds_ShowsCodesThatCustomersCsvExplains()
    {
        using var tool = new Tool();
        ToolRun run = tool.Run("analyze", tool.File("shop.csv", _lines), "-o", tool.At("out"), "--hash-ids");
        Assert.True(run.ExitCode == 0, run.ToString());
        string report = File.ReadAllText(tool.At("out/report.html"));
        Assert.DoesNotContain("customer-", report, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(tool.At("out/customers.csv"));
        Assert.EndsWith(",report_id", rows[1], StringComparison.Ordinal);
        string[] codes = [.. rows[2..].Select(row => row[(row.LastIndexOf(',') + 1)..])];
        Assert.All(codes, code => Assert.Matches("^[0-9a-f]{12}$", code));
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Equal(20, codes.Count(code => report.Contains(code, StringComparison.Ordinal)));
    }

    [Fact]
    public void HashIds_WithoutAKey_GivesOtherCodesEachTime()
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", _lines);
        Assert.Equal(0, tool.Run("analyze", file, "-o", tool.At("a"), "--hash-ids").ExitCode);
        Assert.Equal(0, tool.Run("analyze", file, "-o", tool.At("b"), "--hash-ids").ExitCode);
        Assert.NotEqual(File.ReadAllText(tool.At("a/customers.csv")), File.ReadAllText(tool.At("b/customers.csv")));
    }

    [Fact]
    public void Hashed_WithAKey_GivesTheSameCodesAndOthersWithAnother()
    {
        CustomerId id = CustomerId.Of("42");
        Assert.Equal(Report.ShownIdentity.Hashed("key").Of(id), Report.ShownIdentity.Hashed("key").Of(id));
        Assert.NotEqual(Report.ShownIdentity.Hashed("key").Of(id), Report.ShownIdentity.Hashed("yek").Of(id));

        // The first 12 digits of HMAC-SHA256("key", "42"), by the hmac module of Python.
        Assert.Equal("f2991b7ce981", Report.ShownIdentity.Hashed("key").Of(id));
    }

    [Fact]
    public void Names_OfAFile_StandBesideTheIdsEscaped()
    {
        using var tool = new Tool();
        string[] names = [.. _lines[1..].Select(line => line.Split(',')[0]).Distinct().Select(id => $"{id},<b>Ada & Söhne {id[9..]}</b>"), "nobody,Nobody"];
        string file = tool.File("names.csv", ["customer_id,name", .. names]);
        ToolRun run = tool.Run("analyze", tool.File("shop.csv", _lines), "-o", tool.At("out"), "--names", file);
        Assert.True(run.ExitCode == 0, run.ToString());
        string report = File.ReadAllText(tool.At("out/report.html"));
        Assert.Contains("&lt;b&gt;Ada &amp; S", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody<", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", File.ReadAllText(tool.At("out/result.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_InTheTransactionsThemselves_AreReadFromThere()
    {
        using var tool = new Tool();
        string[] lines = [_lines[0] + ",who", .. _lines[1..].Select(line => line + ",Grace " + line.Split(',')[0][9..])];
        string file = tool.File("shop.csv", lines);
        Assert.Equal(0, tool.Run("analyze", file, "-o", tool.At("without")).ExitCode);
        Assert.DoesNotContain("Grace", File.ReadAllText(tool.At("without/report.html")), StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("analyze", file, "-o", tool.At("with"), "--names", file, "--name-column", "who").ExitCode);
        Assert.Contains("<td>Grace ", File.ReadAllText(tool.At("with/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,name", "there is no column customer_id")]
    [InlineData("customer_id,nom", "--name-column")]
    public void Names_WithoutTheColumns_AreRefusedAndNothingIsWritten(string header, string message)
    {
        using var tool = new Tool();
        ToolRun run = tool.Run("analyze", tool.File("shop.csv", _lines), "-o", tool.At("out"), "--names", tool.File("names.csv", [header, "a,b"]));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("names.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("out")));
    }

    [Fact]
    public void Names_OfNobodyShown_AreSaidToBeMissing()
    {
        using var tool = new Tool();
        ToolRun run = tool.Run(
            "analyze", tool.File("shop.csv", _lines), "-o", tool.At("out"), "--names", tool.File("names.csv", ["customer_id,name", "x,X"]));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no name of any of the 20 most valuable", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hash-ids", "--names", "names.csv")]
    [InlineData("--names", "-")]
    public void Names_ThatContradict_AreAUsageError(params string[] options)
    {
        using var tool = new Tool();
        ToolRun run = tool.Run(["analyze", tool.File("shop.csv", _lines), "-o", tool.At("out"), .. options]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--names", run.Error, StringComparison.Ordinal);
    }
}
