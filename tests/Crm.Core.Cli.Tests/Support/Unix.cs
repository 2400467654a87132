using System.Globalization;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>What the tests need of systems of the Unix family.</summary>
internal static class Unix
{
    private const ulong Hangup = 1 << (1 - 1);
    private const ulong Interrupt = 1 << (2 - 1);
    private const ulong Terminate = 1 << (15 - 1);

    /// <summary>Why tests of pipes, devices and, where they send some, signals cannot run here; null where they can.</summary>
    internal static string? Lacks(bool sendsSignals) =>
        OperatingSystem.IsWindows() ? "Windows has no such thing."
        : sendsSignals && (Ignored() & (Hangup | Interrupt | Terminate)) != 0 ? "The tests were started so that they and all they start ignore signals, as nohup does, or & in a script."
        : null;

    // Linux tells; a program started by one that ignores a signal ignores it too.
    private static ulong Ignored()
    {
        const string status = "/proc/self/status";
        string? line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
