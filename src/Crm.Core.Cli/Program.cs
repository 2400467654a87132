using System.Runtime.InteropServices;

namespace Crm.Core.Cli;

/// <summary>The entry point of the crm tool.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // The work stops at its next step and tidies up. Where it waits for input there is none: then the process ends. It always ends
            // by itself, and is never just ended, since whatever is half-written goes only then.
            pressed.Cancel = true;
            if (cancellation.IsCancellationRequested)
            {
                End();
            }

            cancellation.Cancel();
            _ = Task.Delay(TimeSpan.FromSeconds(2)).ContinueWith(_ => End(), TaskScheduler.Default);
        };

        // Since .NET 10 these end a process on the spot, and what is half-written would stay.
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(ExitCode.Terminated));
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(ExitCode.HungUp));
        return CrmTool.Run(args, Terminal.OfProcess(), cancellation.Token);
    }

    private static void End()
    {
        Console.Error.WriteLine(CrmTool.Stopped);
        Environment.Exit(ExitCode.Cancelled);
    }
}
