namespace Crm.Core.Cli;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    internal const int Success = 0;

    /// <summary>The data or the fit is at fault; the message says which row or why.</summary>
    internal const int Data = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>Whoever read the answer has gone, as a shell says it of a program that wrote on.</summary>
    internal const int NoReader = 141;

    /// <summary>The user stopped it, as a shell says it of Ctrl-C.</summary>
    internal const int Cancelled = 130;

    /// <summary>The terminal was closed.</summary>
    internal const int HungUp = 129;

    /// <summary>The system ended it.</summary>
    internal const int Terminated = 143;
}
