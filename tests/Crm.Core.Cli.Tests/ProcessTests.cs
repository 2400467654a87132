using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>The tool among other processes: Ctrl-C, pipes that close, disks that are full, completion in a shell.</summary>
public sealed class ProcessTests
{
    private const string Weights = """{"schema": 1, "default": {"utility": 1, "brand": 0, "relationship": 0, "cost": 0, "time": 0}}""";

    // Ctrl-C while rows are written aside and more are waited for, pressed once or by somebody without patience, and the end of a system.
    [UnixTheory(sendsSignals: true)]
    [InlineData(ExitCode.Cancelled, "INT")]
    [InlineData(ExitCode.Cancelled, "INT", "INT")]
    [InlineData(ExitCode.Terminated, "TERM")]
    [InlineData(ExitCode.HungUp, "HUP")]
    public void Score_InterruptedWhileItWrites_LeavesTheFolderAsItWas(int exitCode, params string[] signals)
    {
        using var tool = new Tool();
        string offers = tool.File("o.csv", "offer_id,utility", "a,1");
        tool.File("s.csv", "old");
        using var process = ToolProcess.Start("score", offers, "--weights", tool.File("w.json", Weights), "--customers", "-", "-o", tool.At("s.csv"));
        process.Input.Write("customer_id,segment\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => FormattableString.Invariant($"{i},\n"))));
        process.Input.Flush();
        Assert.True(SpinWait.SpinUntil(() => tool.Names().Length > 3, TimeSpan.FromMinutes(10)), "Nothing is written aside.");

        foreach (string signal in signals)
        {
            process.Signal(signal);
        }

        ToolRun run = process.End();
        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Equal(signals[0] == "INT", run.Error.Contains(CrmTool.Stopped, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["o.csv", "s.csv", "w.json"], tool.Names());
        Assert.Equal("old\n", File.ReadAllText(tool.At("s.csv")));
    }

    [UnixFact(sendsSignals: true)]
    public void Demo_InterruptedAtWork_WritesNothing()
    {
        using var tool = new Tool();
        using var process = ToolProcess.Start("demo", "--customers", "10000000", "-o", tool.At("out"));
        process.WaitForWork(TimeSpan.FromSeconds(3));
        process.Signal("INT");
        ToolRun run = process.End();
        Assert.True(run.ExitCode == ExitCode.Cancelled, run.ToString());
        Assert.Equal(CrmTool.Stopped, run.Error.Trim());
        Assert.Empty(tool.Names());
    }

    [UnixTheory]
    [InlineData("crm demo --customers 500 --json")]
    [InlineData("crm demo --customers 500")]
    [InlineData("crm --help")]
    public void Run_ReaderThatHasGone_EndsQuietly(string line)
    {
        // The tool begins when the reader has closed the pipe, not before.
        using var tool = new Tool();
        string gone = tool.At("gone");
        ToolRun run = ToolProcess.Bash($"mkfifo '{gone}'; {{ read -r _ < '{gone}'; {line}; }} | {{ exec 0<&-; echo > '{gone}'; }}; echo ${{PIPESTATUS[0]}}");
        Assert.Equal("141", run.Output.Trim());
        Assert.Equal("", run.Error);
    }

    [UnixFact]
    public void Run_ReaderOfTheFirstLine_GetsIt()
    {
        ToolRun run = ToolProcess.Bash("crm demo --customers 500 --json | head -1");
        Assert.Equal("{", run.Output.Trim());
        Assert.Equal("", run.Error);
    }

    [UnixTheory]
    [InlineData("> /dev/full")]
    [InlineData(">&-")]
    public void Run_StandardOutputTakesNothing_SaysSo(string where)
    {
        ToolRun run = ToolProcess.Bash($"crm demo --customers 500 --json {where}");
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.Contains("could not be written to standard output", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    // A fit that failed is an answer, too, for a program that asked for it.
    [UnixFact]
    public void Fit_FailsWithItsDocumentInAPipe_TheDocumentIsWhole()
    {
        using var tool = new Tool();
        ToolRun run = ToolProcess.Bash($"crm fit bg-nbd '{tool.File("s.csv", "x,t_x,T", "0,0,10", "0,0,12")}' --json | cat; exit ${{PIPESTATUS[0]}}");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.False(run.Json.GetProperty("converged").GetBoolean());
    }

    // Two commands into one file: the second goes on where the first ended.
    [UnixFact]
    public void Run_SeveralIntoOneFile_FollowEachOther()
    {
        using var tool = new Tool();
        ToolProcess.Bash($"(crm --version; crm fit --help; echo end) > '{tool.At("all")}'");
        string[] lines = File.ReadAllLines(tool.At("all"));
        Assert.Equal("0.1.0", lines[0].Split('+')[0]);
        Assert.Equal("end", lines[^1]);
    }

    [UnixTheory]
    [InlineData("crm fi", "fit")]
    [InlineData("crm fit p", "pareto-nbd")]
    [InlineData("crm analyze a.csv --on-bad-row s", "skip,stop")]
    [InlineData("crm analyze a.csv --zone Europe/Berl", "Europe/Berlin")]
    [InlineData("crm analyze ", "")]
    [InlineData("crm analyze --not-", "--not-after,--not-before")]
    [InlineData("crm completion ", "bash,powershell,zsh")]
    public void Completion_InBash_OffersWhatFits(string typed, string expected)
    {
        string words = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));
        ToolRun run = ToolProcess.Bash(
            $"source <(crm completion bash); COMP_LINE='{typed}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _crm_completion; IFS=,; echo \"${{COMPREPLY[*]}}\"");
        Assert.Equal("", run.Error);
        Assert.Equal(expected, run.Output.Trim());
    }
}
