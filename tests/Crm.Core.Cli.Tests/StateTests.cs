using System.IO.Compression;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm summarize --state: day after day the same file as from the whole log, or a refusal that leaves all as it was.</summary>
public sealed class StateTests
{
    private const string Header = "customer_id,date,amount";

    [Fact]
    public void State_LogInThreeParts_GivesTheSummaryOfTheWhole()
    {
        using var tool = new Tool();
        foreach (var (i, part) in Parts("2025-05-31", "2025-08-31", "9999-12-31").Index())
        {
            Run(tool, tool.File($"{i}.csv", [Header, .. part]), "--unit", "week", "--currency", "EUR");
        }

        Assert.Equal(0, tool.Run("summarize", tool.File("whole.csv", SmallShop.Lines), "--unit", "week", "--currency", "EUR", "-o", tool.At("whole-summary.csv")).ExitCode);
        Assert.Equal(File.ReadAllText(tool.At("whole-summary.csv")), File.ReadAllText(tool.At("summary.csv")));
    }

    [Fact]
    public void State_Present_GivesUnitZoneAndCurrency()
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-01,10"), "--unit", "day", "--zone", "Europe/Berlin", "--currency", "EUR");
        Run(tool, tool.File("b.csv", Header, "anna,2026-01-02T23:30:00Z,5"));
        Assert.Equal(
            ["# crm: unit=day; until=2026-01-03; currency=EUR; zone=Europe/Berlin", "customer_id,frequency,recency,age,mean_spend", "anna,1,2,2,5"],
            File.ReadAllLines(tool.At("summary.csv")));
    }

    [Fact]
    public void State_DayWithoutPurchases_GoesOn()
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-01,10"), "--unit", "day");
        Run(tool, tool.File("b.csv", Header), "--until", "2026-01-05");
        Assert.Equal("anna,0,0,4,0", File.ReadAllLines(tool.At("summary.csv"))[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_SameLogAgain_IsRefused(bool zipped)
    {
        using var tool = new Tool();
        string log = tool.File("a.csv", Header, "anna,2026-01-01,10");
        Run(tool, log);
        string again = zipped ? tool.Bytes("a.csv.gz", Zipped(File.ReadAllBytes(log))) : log;
        AssertRefused(tool, again, [], "has been added to", "same content");
    }

    [Fact]
    public void State_ReturnsWithoutSource_AreRefusedNamingWhoMasked()
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-05,10", "bert,2026-01-05,10"));
        string message = AssertRefused(tool, tool.File("b.csv", Header, "anna,2026-01-06,-10", "bert,2026-01-04,3"), [], "2 customers", "'xxxx'", "--source");
        Assert.DoesNotContain("anna", message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_ReturnOfOneCustomer_IsNotSaidAsIfThereWereMore()
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-05,10"));
        AssertRefused(tool, tool.File("b.csv", Header, "anna,2026-01-06,-10"), [], ": 1 customer ('xxxx') has a return");
    }

    [Fact]
    public void State_ReturnsWithSource_GivesTheSummaryOfTheWhole()
    {
        using var tool = new Tool();
        string[] news = ["anna,2026-01-06,-4", "bert,2026-01-04,3", "carl,2026-01-07,8"];
        string[] old = ["anna,2026-01-05,10", "bert,2026-01-05,10", "dora,2026-01-05,10"];
        Run(tool, tool.File("a.csv", [Header, .. old]));
        string whole = tool.File("whole.csv", [Header, .. old, .. news]);
        Run(tool, tool.File("b.csv", [Header, .. news]), "--source", whole);
        Assert.Equal(0, tool.Run("summarize", whole, "-o", tool.At("whole-summary.csv")).ExitCode);
        Assert.Equal(File.ReadAllText(tool.At("whole-summary.csv")), File.ReadAllText(tool.At("summary.csv")));
    }

    [Fact]
    public void State_SourceWithoutTheNews_IsRefused()
    {
        using var tool = new Tool();
        string old = tool.File("a.csv", Header, "anna,2026-01-05,10");
        Run(tool, old);
        AssertRefused(tool, tool.File("b.csv", Header, "anna,2026-01-04,3"), ["--source", old], "does not hold all", "'xxxx'");
    }

    [Theory]
    [InlineData("--unit", "day", "week")]
    [InlineData("--zone", "Europe/Berlin", "UTC")]
    [InlineData("--currency", "USD", "EUR")]
    [InlineData("--until", "2026-01-04", "2026-01-05")]
    public void State_OfAnotherFrame_IsRefusedNamingBoth(string option, string value, string own)
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-05,10"), "--currency", "EUR");
        AssertRefused(tool, tool.File("b.csv", Header, "anna,2026-01-06,3"), [option, value], value, own);
    }

    [Fact]
    public void State_Damaged_IsRefused()
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-05,10"));
        byte[] bytes = File.ReadAllBytes(tool.At("state"));
        bytes[^40] ^= 1;
        tool.Bytes("state", bytes);
        AssertRefused(tool, tool.File("b.csv", Header, "anna,2026-01-06,3"), [], "damaged or was cut short");
        tool.File("state", "something else");
        AssertRefused(tool, tool.At("b.csv"), [], "no state of histories");
    }

    [Fact]
    public void State_SummaryThatCannotBeWritten_LeavesTheStateAsItWas()
    {
        using var tool = new Tool();
        Run(tool, tool.File("a.csv", Header, "anna,2026-01-05,10"));
        byte[] before = File.ReadAllBytes(tool.At("state"));
        var run = tool.Run("summarize", tool.File("b.csv", Header, "anna,2026-01-06,3"), "--state", tool.At("state"), "-o", tool.At("none/summary.csv"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(tool.At("state")));
        Assert.Equal(["a.csv", "b.csv", "state", "summary.csv"], tool.Names());
    }

    [Fact]
    public void State_ThatCannotBeWritten_LeavesTheSummaryUnmade()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("a.csv", Header, "anna,2026-01-06,3"), "--state", tool.At("none/state"), "-o", tool.At("summary.csv"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Equal(["a.csv"], tool.Names());
    }

    // At the last moment, when both files are written and the summary has its name, something takes the name of the state.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Commit_SecondFileCannotGetItsName_PutsTheFirstBack(bool wasThere)
    {
        using var tool = new Tool();
        if (wasThere)
        {
            tool.File("summary.csv", "old");
        }

        using (var files = new OutputFiles(isSynced: true))
        {
            files.Write(tool.At("summary.csv"), writer => writer.WriteLine("new"));
            files.WriteBytes(tool.At("state"), stream => stream.WriteByte(1));
            Directory.CreateDirectory(tool.At("state"));
            var refused = Assert.Throws<InputException>(files.Commit);
            Assert.StartsWith($"{tool.At("state")} cannot be written: ", refused.Message, StringComparison.Ordinal);
            Assert.EndsWith($" {tool.At("summary.csv")} is as before.", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(".part", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(wasThere ? ["state", "summary.csv"] : ["state"], tool.Names());
        Assert.Equal(wasThere ? "old\n" : null, wasThere ? File.ReadAllText(tool.At("summary.csv")) : null);
    }

    [Fact]
    public void Commit_FilesThatWereThere_LeavesNothingElseBehind()
    {
        using var tool = new Tool();
        tool.File("summary.csv", "old");
        tool.File("state", "old");
        using (var files = new OutputFiles())
        {
            files.Write(tool.At("summary.csv"), writer => writer.WriteLine("new"));
            files.Write(tool.At("state"), writer => writer.WriteLine("new"));
            files.Commit();
        }

        Assert.Equal(["state", "summary.csv"], tool.Names());
        Assert.All(tool.Names(), name => Assert.Equal("new\n", File.ReadAllText(tool.At(name))));
    }

    // The first file cannot be put back, since its folder went away with what it was: that is said, too.
    [Fact]
    public void PutBack_OfWhatIsGone_SaysThatTheFileIsNew()
    {
        using var tool = new Tool();
        tool.File("summary.csv", "old");
        var named = new NamedFiles();
        named.Name(tool.File("aside", "new"), tool.At("summary.csv"), mayBePutBack: true);
        File.Delete(tool.Names().Where(name => name.EndsWith(".before", StringComparison.Ordinal)).Select(tool.At).Single());
        Assert.Contains("is new, and could not be put back", named.PutBack(), StringComparison.Ordinal);
        Assert.Equal("new\n", File.ReadAllText(tool.At("summary.csv")));
    }

    // The same by the tool: the name of the state is taken while the summary goes to standard output.
    [Fact]
    public void State_TakenWhileTheSummaryIsPrinted_SaysWhatIsWhere()
    {
        using var tool = new Tool();
        string log = tool.File("a.csv", Header, "anna,2026-01-05,10");
        using var output = new WriterThatDoes(() => Directory.CreateDirectory(tool.At("state")));
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, () => Stream.Null, outputIsTerminal: false, errorIsTerminal: false);
        Assert.Equal(ExitCode.Data, CrmTool.Run(["summarize", log, "--state", tool.At("state"), "-o", "-"], terminal, CancellationToken.None));
        Assert.Contains("anna,0,0,0,0", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The summary went to standard output all the same; give the log again", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["a.csv", "state"], tool.Names());
    }

    [Fact]
    public void State_SummaryOnStandardOutput_IsTheSameAndTheStateIsKept()
    {
        using var tool = new Tool();
        string log = tool.File("a.csv", Header, "anna,2026-01-05,10");
        var run = tool.Run("summarize", log, "--state", tool.At("state"), "-o", "-");
        Assert.Equal(tool.Run("summarize", log, "-o", "-").Output, run.Output);
        AssertRefused(tool, log, [], "has been added to");
    }

    [Theory]
    [InlineData("summarize a.csv -o out --source whole.csv", "--state")]
    [InlineData("summarize a.csv -o out --state s --until 2026-01-01 --holdout-until 2026-02-01", "test period")]
    [InlineData("summarize - -o out --state s --source -", "read once")]
    [InlineData("summarize a.csv -o s --state s", "--state")]
    [InlineData("summarize a.csv -o out --state a.csv", "would overwrite")]
    [InlineData("summarize a.csv -o out --state s --source s", "would overwrite")]
    [InlineData("summarize a.csv -o out --state -", "Give it a file")]
    public void State_OptionsThatMakeNoSense_AreRefused(string line, string expected)
    {
        var run = Tool.RunWith([], line.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private sealed class WriterThatDoes(Action first) : StringWriter
    {
        public override void Write(char[] buffer, int index, int count)
        {
            first();
            base.Write(buffer, index, count);
        }
    }

    private static void Run(Tool tool, string log, params string[] options)
    {
        var run = tool.Run(["summarize", log, "--state", tool.At("state"), "-o", tool.At("summary.csv"), .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    private static string AssertRefused(Tool tool, string log, string[] options, params string[] expected)
    {
        byte[] before = File.ReadAllBytes(tool.At("state"));
        var run = tool.Run(["summarize", log, "--state", tool.At("state"), "-o", tool.At("refused.csv"), .. options]);
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.All(expected, words => Assert.Contains(words, run.Error, StringComparison.Ordinal));
        Assert.False(File.Exists(tool.At("refused.csv")));
        Assert.Equal(before, File.ReadAllBytes(tool.At("state")));
        return run.Error;
    }

    private static IEnumerable<string[]> Parts(params string[] until)
    {
        string after = "";
        foreach (string last in until)
        {
            yield return [.. SmallShop.Lines[1..].Where(line => IsIn(line.Split(',')[1], after, last))];
            after = last;
        }
    }

    private static bool IsIn(string day, string after, string last) => string.CompareOrdinal(day, after) > 0 && string.CompareOrdinal(day, last) <= 0;

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
