namespace Crm.Core.Cli.Files;

/// <summary>Keeps an answer from taking the place of what it is made of.</summary>
internal static class Overwriting
{
    private const int MostLinks = 40;

    /// <summary>Refuses an output that is one of the inputs, under whatever path: relative, or through links.</summary>
    /// <exception cref="UsageException">It is; the message names both.</exception>
    internal static void Refuse(string? output, params IEnumerable<(string Name, string? Path)> inputs) =>
        Refuse("-o", output, output is null || output == "-" || OutputFiles.IsDevice(output) ? [] : [output], inputs);

    /// <summary>Refuses a file that an option has written, where it is one of the inputs.</summary>
    /// <exception cref="UsageException">It is; the message names both.</exception>
    internal static void RefuseOption(string option, string? output, params IEnumerable<(string Name, string? Path)> inputs) =>
        Refuse(option, output, output is null ? [] : [output], inputs);

    /// <summary>Refuses a folder where one of the files to write is one of the inputs.</summary>
    /// <exception cref="UsageException">It is; the message names both.</exception>
    internal static void RefuseIn(string folder, IEnumerable<string> names, params IEnumerable<(string Name, string? Path)> inputs) =>
        Refuse("-o", folder, [.. names.Select(name => Path.Combine(folder, name))], inputs);

    private static void Refuse(string option, string? given, string[] files, IEnumerable<(string Name, string? Path)> inputs)
    {
        string[] written = [.. files.Select(file => Real(file))];
        foreach (var (name, path) in inputs)
        {
            if (!string.IsNullOrWhiteSpace(path) && path != "-" && written.Contains(Real(path), Comparer))
            {
                throw new UsageException($"{option} {given} would overwrite {name}, {path}. Give {option} another name.");
            }
        }
    }

    private static StringComparer Comparer => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private static string Real(string path)
    {
        int links = 0;
        return Real(path, ref links);
    }

    // The path without links, part by part; what cannot be followed stays as it is, and whoever opens it will say why.
    private static string Real(string path, ref int links)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (links < MostLinks && TargetOf(real) is { } target)
            {
                links++;
                real = Real(target, ref links);
            }
        }

        return real;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
