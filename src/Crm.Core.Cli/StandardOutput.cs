using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Crm.Core.Cli;

/// <summary>Standard output as it is, with the news that nobody reads it any more.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    // A screen shows each line as it comes; a file and a pipe are filled block by block.
    internal static TextWriter Open() => new StreamWriter(OpenStream(), new UTF8Encoding(false), bufferSize: 1 << 16)
    {
        AutoFlush = !Console.IsOutputRedirected,
    };

    /// <summary>Whether writing failed because the reader has gone, as <c>head</c> does once it has its lines.</summary>
    internal static bool HasNoReader(IOException exception) =>
        exception.HResult is WindowsBrokenPipe or WindowsNoData || (!OperatingSystem.IsWindows() && exception.HResult == BrokenPipe);

    // The console's own stream keeps it to itself that a pipe is closed, and the work would go on for nobody. A file of its own would not
    // move the position that several commands share in ( … ; … ) > FILE, so that only a pipe is opened here.
    private static Stream OpenStream()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }
}
