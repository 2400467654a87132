using System.Diagnostics;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>The tool as a process of its own, for what only a process has: signals, pipes, an exit code.</summary>
internal sealed class ToolProcess : IDisposable
{
    // It only tells what hangs: nobody waits so long for what works.
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ToolProcess(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = AppContext.BaseDirectory + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["LC_ALL"] = "C"; // A locale that is not installed here makes bash warn, which is none of our output.
        Array.ForEach(["FORCE_COLOR", "NO_COLOR", "CRM_DEBUG"], name => start.Environment.Remove(name));
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gets standard input.</summary>
    internal StreamWriter Input => _process.StandardInput;

    internal static ToolProcess Start(params string[] args) => new(Path.Combine(AppContext.BaseDirectory, "crm"), args);

    /// <summary>Runs a line of bash, to which the tool is known as crm.</summary>
    internal static ToolRun Bash(string line)
    {
        using var bash = new ToolProcess("bash", ["-c", line]);
        bash.Input.Close();
        return bash.End();
    }

    /// <summary>Runs a file of zsh, to which the tool is known as crm.</summary>
    internal static ToolRun Zsh(string file, params string[] args)
    {
        using var zsh = new ToolProcess("zsh", ["-f", file, .. args]);
        zsh.Input.Close();
        return zsh.End();
    }

    /// <summary>Sends a signal: INT is what Ctrl-C sends, TERM what a system that shuts down sends.</summary>
    internal void Signal(string name)
    {
        // By bash: not every system has a program of that name.
        using Process kill = Process.Start("bash", ["-c", FormattableString.Invariant($"kill -{name} {_process.Id}")]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the process has worked so long: on a busy machine it may take much longer to begin.</summary>
    internal void WaitForWork(TimeSpan time)
    {
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    _process.Refresh();
                    return _process.HasExited || _process.TotalProcessorTime >= time;
                },
                _limit),
            "It does not work.");
    }

    /// <summary>Waits for the end.</summary>
    internal ToolRun End()
    {
        Assert.True(_process.WaitForExit(_limit), "It did not come to an end.");
        return new(_process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
