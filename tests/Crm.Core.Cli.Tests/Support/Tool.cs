using System.Text;
using NodaTime;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>The tool run in process, in a folder of its own that is gone afterwards.</summary>
internal sealed class Tool : IDisposable
{
    /// <summary>The moment at which all runs take place: noon of the last day of 2026.</summary>
    internal static Instant Now { get; } = Instant.FromUtc(2026, 12, 31, 12, 0);

    internal string Folder { get; } = Directory.CreateTempSubdirectory("crm-tests-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    internal string At(string name) => Path.Combine(Folder, name);

    /// <summary>Makes a file in the folder, lines joined by LF, and gives its path.</summary>
    internal string File(string name, params string[] lines) => Bytes(name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    internal string Bytes(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    internal ToolRun Run(params string[] args) => RunWith([], args);

    internal static ToolRun RunWith(byte[] input, string[] args, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, () => new MemoryStream(input), outputIsTerminal: false, errorIsTerminal: false, _ => null)
        {
            Clock = new StoppedClock(Now),
        };
        int exitCode = CrmTool.Run(args, terminal, cancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>What stands in the folder, by name, sorted.</summary>
    internal string[] Names() => [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
