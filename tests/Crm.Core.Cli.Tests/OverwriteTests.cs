using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>An answer that would take the place of what it is made of is refused before anything is read, and the input stays as it was.</summary>
public sealed class OverwriteTests
{
    private const string Kept = "kept";

    [Theory]
    [InlineData("in.csv", "score {in.csv} --weights w.json -o {in.csv}", "OFFERS")]
    [InlineData("in.csv", "score o.csv --weights w.json --customers {in.csv} -o {in.csv}", "--customers")]
    [InlineData("in.csv", "score - --weights {in.csv} -o {in.csv}", "--weights")]
    [InlineData("in.csv", "score {in.csv} --weights w.json -o {sub/../in.csv}", "OFFERS")]
    [InlineData("in.csv", "score {in.csv} --weights w.json -o {link.csv}", "OFFERS")]
    [InlineData("in.csv", "score {link.csv} --weights w.json -o {in.csv}", "OFFERS")]
    [InlineData("in.csv", "score {in.csv} --weights w.json -o {linked/in.csv}", "OFFERS")]
    [InlineData("in.csv", "score o.csv --weights {linked/link.csv} --json -o {in.csv}", "--weights")]
    [InlineData("in.csv", "summarize {in.csv} -o {in.csv}", "TRANSACTIONS")]
    [InlineData("in.csv", "fit bg-nbd {in.csv} -o {in.csv}", "SUMMARY")]
    [InlineData("in.csv", "predict bg-nbd {in.csv} --horizon 39w -o {in.csv}", "SUMMARY")]
    [InlineData("in.csv", "predict bg-nbd s.csv --horizon 39w --fit a.json --fit {in.csv} -o {in.csv}", "--fit")]
    [InlineData("customers.csv", "analyze {customers.csv} -o {sub/..}", "TRANSACTIONS")]
    [InlineData("result.json", "analyze {result.json} -o {linked}", "TRANSACTIONS")]
    public void Run_OutputThatIsAnInput_IsRefusedNamingBoth(string input, string line, string named)
    {
        using var tool = new Tool();
        tool.File(input, Kept);
        Directory.CreateDirectory(tool.At("sub"));
        File.CreateSymbolicLink(tool.At("link.csv"), input);
        Directory.CreateSymbolicLink(tool.At("linked"), ".");
        string[] before = tool.Names();
        string[] args = [.. line.Split(' ').Select(word => word.StartsWith('{') ? tool.At(word[1..^1]) : word)];

        var run = tool.Run(args);

        Assert.True(run.ExitCode == ExitCode.Usage, run.ToString());
        Assert.Equal("", run.Output);
        Assert.All(["-o ", args[^1], named, input, "--help"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Equal(Kept + "\n", File.ReadAllText(tool.At(input)));
        Assert.Equal(before, tool.Names());
    }

    [Fact]
    public void Run_OutputBesideTheInputs_IsWritten()
    {
        using var tool = new Tool();
        string transactions = tool.File("shop.csv", "customer_id,date,amount", "1,2024-01-01,5", "1,2024-02-01,5", "2,2024-01-05,7");
        tool.File("old.csv", "old");
        File.CreateSymbolicLink(tool.At("link.csv"), "old.csv");
        File.CreateSymbolicLink(tool.At("loop.csv"), "loop.csv");
        foreach (string output in (string[])["new.csv", "old.csv", "link.csv"])
        {
            var run = tool.Run("summarize", transactions, "-o", tool.At(output));
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        Assert.Equal(ExitCode.Data, tool.Run("summarize", transactions, "-o", tool.At("loop.csv/x")).ExitCode);
        Assert.StartsWith("# crm:", tool.Run("summarize", transactions, "-o", "-").Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(tool.At("new.csv")), File.ReadAllText(tool.At("old.csv")));
    }
}
