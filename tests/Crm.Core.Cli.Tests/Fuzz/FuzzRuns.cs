using System.Globalization;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>How fuzzing goes: seeds that are the same every time, and what holds of every run whatever was done to the files.</summary>
/// <remarks>CRM_FUZZ_TIMES multiplies the number of runs; CRM_FUZZ_SEED begins elsewhere.</remarks>
internal static class FuzzRuns
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private static int Times { get; } = Whole("CRM_FUZZ_TIMES", 1);

    private static int FirstSeed { get; } = Whole("CRM_FUZZ_SEED", 1);

    /// <summary>Does something once for each seed; what fails names it.</summary>
    internal static void Repeat(int runs, Action<Random> once)
    {
        for (int seed = FirstSeed; seed < FirstSeed + (runs * Times); seed++)
        {
            try
            {
                once(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Seed {seed} (CRM_FUZZ_SEED={seed} repeats it): {exception.Message}"), exception);
            }
        }
    }

    /// <summary>Runs the tool and checks what always holds: an end in time, an exit code by design, words and no trace, all or nothing written.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="output">The name of the file to be written in the tool's folder.</param>
    /// <param name="named">The inputs, one of which a failure must name.</param>
    /// <param name="args">The command line.</param>
    internal static ToolRun Checked(Tool tool, string output, string[] named, params string[] args)
    {
        File.Delete(tool.At(output));
        string[] before = tool.Names();

        // On a thread of its own: those of the pool may all be busy with other tests.
        Task<ToolRun> running = Task.Factory.StartNew(() => tool.Run(args), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(running.Wait(_limit), "It did not come to an end.");
        ToolRun run = running.Result;
        string line = string.Join(' ', args);
        Assert.True(run.ExitCode is ExitCode.Success or ExitCode.Data or ExitCode.Usage, $"{line}: {run}");
        Assert.All(["should not", "   at ", "(Parameter", ".part"], noise => Assert.False(run.Error.Contains(noise, StringComparison.Ordinal), $"{line}: {run}"));
        Assert.Equal(run.ExitCode == 0 ? [.. before.Append(output).Order(StringComparer.Ordinal)] : before, tool.Names());
        if (run.ExitCode != 0)
        {
            Assert.True(named.Any(name => run.Error.Contains(name, StringComparison.Ordinal)), $"No file is named: {run}");
            Assert.Equal("", run.Output);
        }

        return run;
    }

    private static int Whole(string variable, int unlessGiven) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : unlessGiven;
}
