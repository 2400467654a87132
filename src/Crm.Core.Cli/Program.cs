namespace Crm.Core.Cli;

/// <summary>The entry point of the crm tool.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };
        return CrmTool.Run(args, Terminal.OfProcess(), cancellation.Token);
    }
}
