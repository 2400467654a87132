using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>What the tool shows where: colours, bars, notes, suggestions.</summary>
public sealed class TerminalTests
{
    private const string Red = "\u001b[";

    [Theory]
    [InlineData(false, "", false)]
    [InlineData(true, "TERM=dumb", false)]
    [InlineData(true, "NO_COLOR=1", false)]
    [InlineData(false, "FORCE_COLOR=1", true)]
    [InlineData(false, "FORCE_COLOR=0", false)]
    [InlineData(false, "FORCE_COLOR=", false)]
    [InlineData(true, "FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData(true, "FORCE_COLOR=1 NO_COLOR= TERM=dumb", true)]
    public void Fail_Colours_AreAsTheEnvironmentWants(bool isTerminal, string environment, bool coloured)
    {
        using var error = new StringWriter();
        string long_ = new('x', 500);
        TerminalOn(error, isTerminal, environment).Fail(long_);
        Assert.Equal(coloured, error.ToString().Contains(Red, StringComparison.Ordinal));
        if (!isTerminal)
        {
            Assert.Contains(long_, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "TERM=dumb")]
    public void During_NowhereToDrawABar_ShowsNothing(bool isTerminal, string environment)
    {
        using var error = new StringWriter();
        int answer = TerminalOn(error, isTerminal, environment).During("reading", work =>
        {
            work.Done(0.5);
            work.Report("fitting");
            return 42;
        });
        Assert.Equal((42, ""), (answer, error.ToString()));
    }

    // However fast the machine is: the work ends when all has been shown.
    [Fact]
    public void During_OnATerminal_ShowsStagesAndTheTimeLeft()
    {
        using var error = new LockedWriter();
        bool IsShown(string text) => SpinWait.SpinUntil(() => error.ToString().Contains(text, StringComparison.Ordinal), TimeSpan.FromMinutes(10));
        var shown = TerminalOn(error, true, "TERM=xterm FORCE_COLOR=1").During("reading", work =>
        {
            bool reading = IsShown("reading") && IsShown("00:00:0");
            work.Report("fitting");
            bool fitting = IsShown("fitting");
            double share = 0;
            bool left = SpinWait.SpinUntil(
                () =>
                {
                    work.Done(share = Math.Min(share + 0.001, 0.9));
                    Thread.Sleep(20);
                    return error.ToString().Contains(" left", StringComparison.Ordinal);
                },
                TimeSpan.FromMinutes(10));
            return (reading, fitting, left);
        });
        Assert.True(shown == (true, true, true), $"{shown} {error}");
    }

    [UnixFact]
    public void Run_OnATerminal_ShowsWhatItDoesAndForHowLong()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            return; // nothing here makes a terminal
        }

        using var tool = new Tool();
        string file = tool.File("shop.csv", SmallShop.Lines);

        // A build server that is told of in the environment changes nothing: there is a terminal.
        // Who writes the file takes a rest in between, so that there is something to be seen on every machine.
        string pipe = tool.At("pipe");
        string fed = $"export TERM=xterm GITHUB_ACTIONS=true; unset NO_COLOR; mkfifo {pipe}; (head -n 3 {file}; sleep 3; tail -n +4 {file}) > {pipe} & ";
        string line = $"summarize {pipe} -o {tool.At("s.csv")}";
        ToolRun run = ToolProcess.Bash($"{fed} script -qec 'crm {line}' /dev/null < /dev/null");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.All(["reading", "00:00:0"], part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        File.Delete(pipe);
        ToolRun quiet = ToolProcess.Bash($"{fed} script -qec 'crm {line} --quiet' /dev/null < /dev/null");
        Assert.True(quiet.ExitCode == 0, quiet.ToString());
        Assert.DoesNotContain("reading", quiet.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("-q")]
    public void Run_Quiet_SaysErrorsOnly(string option)
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", [.. SmallShop.Lines, "1,never,5"]);
        var run = tool.Run("analyze", file, "-o", tool.At("out"), option, "--on-bad-row", "skip");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("", run.Error);
        Assert.NotEqual("", run.Output);
        Assert.Equal("", tool.Run(option, "analyze", file, "-o", tool.At("out"), "--on-bad-row", "skip", "--json").Error);
        Assert.Contains("line ", tool.Run("analyze", file, "-o", tool.At("out"), option).Error, StringComparison.Ordinal);
        Assert.Equal("Option '--output' is required.", tool.Run("analyze", file, option).Error.Trim());
    }

    [Theory]
    [InlineData("fut", "'fit'")]
    [InlineData("anaylze a.csv", "'analyze'")]
    [InlineData("fit bgnbd s.csv", "'bg-nbd'")]
    [InlineData("fit --unt day bg-nbd s.csv", "no option '--unt'", "'--unit'")]
    [InlineData("fit bg-nbd s.csv --unit wek", "'week'")]
    [InlineData("fit bg-nbd s.csv --prior waek", "'weak'")]
    [InlineData("summarize --jsn -o x", "no option '--jsn'", "'--json'")]
    [InlineData("score --wieghts w.json o.csv", "'--weights'")]
    [InlineData("analyze a.csv -o out --zone Europe/Berln", "'Europe/Berlin'")]
    [InlineData("analyze a.csv -o out --on-bad-row skp", "'skip'")]
    [InlineData("analyze a.csv -o out --duplicates dorp", "'drop'")]
    [InlineData("predict bg-nbd s.csv -o p.csv --horizon unlimted", "'unlimited'")]
    [InlineData("completion bsh", "'bash'")]
    [InlineData("summarize a.csv --ouput x", "'--output'")]
    public void Run_Typo_SuggestsWhatWasMeant(string line, params string[] said)
    {
        using var tool = new Tool();
        var run = tool.Run(line.Split(' '));
        Assert.True(run.ExitCode == ExitCode.Usage, run.ToString());
        Assert.Contains("Did you mean", run.Error, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    // What is far from everything gets no guess, and a file may be called anything after -- or with its folder.
    [Fact]
    public void Run_WordsThatAreNoTypos_GetNoGuess()
    {
        using var tool = new Tool();
        Assert.DoesNotContain("Did you mean", tool.Run("dance").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", tool.Run("completion", "fish").Error, StringComparison.Ordinal);
        Assert.Contains("There is no file --jsn", tool.Run("summarize", "-o", tool.At("x"), "--", "--jsn").Error, StringComparison.Ordinal);
        Assert.Contains("There is no file ./--jsn", tool.Run("summarize", "-o", tool.At("x"), "./--jsn").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("analyze")]
    [InlineData("summarize")]
    [InlineData("fit")]
    [InlineData("predict")]
    [InlineData("score")]
    [InlineData("completion")]
    public void Help_Examples_AreCommandLinesThatParse(string command)
    {
        using var tool = new Tool();
        string help = tool.Run(command, "--help").Output;
        string[] examples = [.. help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Select(line => line.Trim()).Where(line => line.Contains("crm ", StringComparison.Ordinal))];
        Assert.NotEmpty(examples);

        // An unknown file is a fault of the data; a fault of the line would be another exit code.
        foreach (string part in examples.SelectMany(example => example.Split(" | ", StringSplitOptions.TrimEntries)).Where(part => part.StartsWith("crm ", StringComparison.Ordinal)))
        {
            string[] words = [.. part.Split("   ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(word => word is "results" or "demo" && command != word ? tool.At(word) : word)];
            if (words[0] != "demo")
            {
                Assert.NotEqual(ExitCode.Usage, tool.Run(words).ExitCode);
            }
        }

        Assert.Contains("crm analyze purchases.csv", tool.Run("--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _crm_completion crm")]
    [InlineData("zsh", "#compdef crm")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName crm")]
    public void Completion_Script_AsksTheToolItself(string shell, string said)
    {
        using var tool = new Tool();
        var run = tool.Run("completion", shell);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fi", "fit")]
    [InlineData("fit p", "pareto-nbd")]
    [InlineData("summarize a.csv --unit ", "day", "week", "month", "year")]
    [InlineData("analyze a.csv --dup", "--duplicates")]
    public void Suggest_Directive_GivesTheWordsThatFit(string typed, params string[] expected)
    {
        using var tool = new Tool();
        var run = tool.Run(FormattableString.Invariant($"[suggest:{typed.Length}]"), typed);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] words = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.All(expected, word => Assert.Contains(word, words));
    }

    [Fact]
    public void Run_StandardOutputForThreeFiles_IsAUsageError()
    {
        using var tool = new Tool();
        Assert.Contains("three files", tool.Run("analyze", "a.csv", "-o", "-").Error, StringComparison.Ordinal);
        Assert.Contains("three files", tool.Run("demo", "-o", "-").Error, StringComparison.Ordinal);
    }

    // The document is on one side and everything else on the other, for every command with one file to write.
    [Fact]
    public void Run_FileOnStandardOutput_IsAloneThere()
    {
        using var tool = new Tool();
        string shop = tool.File("shop.csv", SmallShop.Lines);
        var summary = tool.Run("summarize", shop, "-o", "-");
        Assert.StartsWith("# crm: unit=week", summary.Output, StringComparison.Ordinal);
        byte[] histories = Encoding.UTF8.GetBytes(summary.Output);
        Assert.Equal("mbg-nbd", Tool.RunWith(histories, ["fit", "mbg-nbd", "-", "-o", "-"]).Json.GetProperty("model").GetString());
        var predicted = Tool.RunWith(histories, ["predict", "mbg-nbd", "-", "--horizon", "39w", "-o", "-"]);
        Assert.Equal(summary.Output.Split('\n').Length, predicted.Output.Split('\n').Length);
    }

    private static Terminal TerminalOn(StringWriter error, bool isTerminal, string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return new(TextWriter.Null, error, () => Stream.Null, outputIsTerminal: isTerminal, errorIsTerminal: isTerminal, name => variables.GetValueOrDefault(name));
    }
}
