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
                Environment.Exit(ExitCode.Cancelled);
            }

            cancellation.Cancel();
            _ = Task.Delay(TimeSpan.FromSeconds(2)).ContinueWith(
                _ =>
                {
                    Console.Error.WriteLine(CrmTool.Stopped);
                    Environment.Exit(ExitCode.Cancelled);
                },
                TaskScheduler.Default);
        };
        return CrmTool.Run(args, Terminal.OfProcess(), cancellation.Token);
    }
}
