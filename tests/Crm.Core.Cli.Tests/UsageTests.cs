using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>A wrong command line ends with exit code 2, says what is accepted, and does nothing.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("Required command")]
    [InlineData("foo", "foo")]
    [InlineData("--frobnicate", "--frobnicate")]
    [InlineData("analyze", "TRANSACTIONS|analyze", "--output")]
    [InlineData("analyze a.csv -o out --unit fortnight", "fortnight", "day, week, month or year")]
    [InlineData("analyze a.csv -o out --until 30.09.1997", "30.09.1997", "1997-09-30")]
    [InlineData("analyze a.csv -o out --zone Mars", "Mars", "IANA")]
    [InlineData("analyze a.csv -o out --currency EURO", "EURO", "ISO 4217")]
    [InlineData("analyze a.csv -o out --margin 130%", "130%", "0.30 or 30%")]
    [InlineData("analyze a.csv -o out --discount -5%/y", "")]
    [InlineData("analyze a.csv -o out --discount ten", "ten", "10%/y")]
    [InlineData("analyze a.csv -o out --horizon soon", "soon", "39w")]
    [InlineData("analyze a.csv -o out --horizon -3w", "")]
    [InlineData("analyze a.csv -o out --horizon 1e3w", "1e3w", "1000w and not 1e3w")]
    [InlineData("predict bg-nbd s.csv -o p.csv --horizon 1E3", "1E3", "1000w and not 1e3w")]
    [InlineData("analyze a.csv -o out --not-before 1.1.2020", "--not-before", "1997-09-30")]
    [InlineData("analyze a.csv -o out --on-bad-row ignore", "stop or skip")]
    [InlineData("analyze a.csv -o out --duplicates merge", "keep or drop")]
    [InlineData("summarize a.csv -o out --holdout-until 1998-06-30", "--until")]
    [InlineData("summarize a.csv -o - --json", "standard output")]
    [InlineData("summarize a.csv -o out --unit unnamed", "unnamed")]
    [InlineData("fit bgnbd s.csv", "bgnbd", "bg-nbd", "mbg-nbd", "gamma-gamma")]
    [InlineData("predict gamma-gamma s.csv --horizon 39w -o p.csv", "gamma-gamma", "bg-nbd")]
    [InlineData("predict bg-nbd s.csv -o p.csv", "--horizon")]
    [InlineData("predict bg-nbd s.csv -o p.csv --horizon unlimited", "end")]
    [InlineData("predict bg-nbd s.csv -o p.csv --horizon 39w --discount 10%/y --delta 0.1", "--discount", "--delta")]
    [InlineData("demo --customers 5", "100 to 10,000,000")]
    [InlineData("demo --customers abc", "abc", "whole number")]
    [InlineData("demo --customers 99999999999", "whole number")]
    [InlineData("demo --seed -1", "")]
    [InlineData("analyze a.csv -o out --discount 10", "10%/y")]
    [InlineData("analyze a.csv -o out --margin 30%%", "30%")]
    [InlineData("fit bg-nbd s.csv -o - --json", "standard output")]
    [InlineData("score", "OFFERS|score", "--weights")]
    [InlineData("score o.csv", "--weights")]
    [InlineData("score o.csv --weights w.json --top 0", "--top was '0'", "1 or more")]
    [InlineData("score o.csv --weights w.json --top 2.5", "'2.5'", "whole number")]
    [InlineData("score o.csv --weights w.json --minimum 12,5", "'12,5'", "decimal point")]
    [InlineData("score o.csv --weights w.json --minimum NaN", "'NaN'", "decimal point")]
    [InlineData("score o.csv --weights w.json --channel a;b", "'a;b'", "1 to 128 characters")]
    [InlineData("score o.csv --weights  --top 1", "--weights is blank")]
    [InlineData("score o.csv --weights w.json -o - --json", "standard output")]
    [InlineData("score - --weights w.json --customers -", "standard input")]
    public void Run_WrongCommandLine_IsTwoAndSaysWhatIsAccepted(string line, params string[] said)
    {
        using var tool = new Tool();
        var run = line.StartsWith("Required", StringComparison.Ordinal) ? tool.Run() : tool.Run(line.Split(' '));
        Assert.True(run.ExitCode == ExitCode.Usage, run.ToString());
        Assert.Equal("", run.Output);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part.Split('|'), option => run.Error.Contains(option, StringComparison.Ordinal)));
    }

    // One fault, one message, and the way to the help: what the parser cannot make of the rest of the line follows from it.
    [Theory]
    [InlineData("analize x", "There is no command 'analize'. Did you mean 'analyze'?")]
    [InlineData("analize a.csv --output out --unit week", "There is no command 'analize'. Did you mean 'analyze'?")]
    [InlineData("--quiet fi x", "There is no command 'fi'. Did you mean 'fit'?")]
    [InlineData("nothing-like-it", "There is no command 'nothing-like-it'.")]
    [InlineData("--frobnicate", "There is no option '--frobnicate'.")]
    public void Run_OneFault_IsOneMessage(string line, string message)
    {
        using var tool = new Tool();
        var run = tool.Run(line.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal(message, run.Error.Split('\n')[0].TrimEnd());
        int lines = line.StartsWith("--quiet", StringComparison.Ordinal) ? 1 : 2; // without the way to the help
        Assert.Equal(lines, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    // This message is the parser's, in the language of the machine.
    [Fact]
    public void Run_OneArgumentTooMany_IsOneMessage()
    {
        using var tool = new Tool();
        string[] said = tool.Run("analyze", "a.csv", "b.csv", "-o", "out").Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, said.Length);
        Assert.Contains("'b.csv'", said[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("analyze --help")]
    [InlineData("summarize --help")]
    [InlineData("fit --help")]
    [InlineData("predict --help")]
    [InlineData("demo --help")]
    [InlineData("score --help")]
    [InlineData("completion --help")]
    [InlineData("--version")]
    public void Run_Help_IsZeroAndOnStandardOutput(string line)
    {
        using var tool = new Tool();
        var run = tool.Run(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.NotEqual("", run.Output);
        Assert.Equal("", run.Error);
    }

    // Without a day, a month and a year of four digits a date would be filled in, and be wrong.
    [Theory]
    [InlineData("%%%")]
    [InlineData("MM/dd")]
    [InlineData("MM/dd/yy")]
    [InlineData("yyyy-MM")]
    [InlineData("D")]
    [InlineData("dd/MM/yyyy '")]
    public void Run_BadDateFormat_IsTwo(string format)
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("a.csv", "customer_id,date,amount", "1,x,5"), "-o", tool.At("out"), "--date-format", format);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("dd/MM/yyyy", run.Error, StringComparison.Ordinal);
    }
}
