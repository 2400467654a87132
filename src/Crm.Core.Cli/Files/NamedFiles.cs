namespace Crm.Core.Cli.Files;

/// <summary>Files that got their names one after the other, with what stood there before, so that it can be put back.</summary>
internal sealed class NamedFiles
{
    private readonly List<(string Final, string? Before)> _files = [];

    /// <summary>Gives a file its name. What had it stays beside it for the time being, so that at no moment there is none.</summary>
    internal void Name(string aside, string final, bool mayBePutBack)
    {
        if (!mayBePutBack || !File.Exists(final))
        {
            File.Move(aside, final, overwrite: true);
            _files.Add((final, null));
            return;
        }

        string before = final + FormattableString.Invariant($".{Environment.ProcessId}.before");
        try
        {
            File.Replace(aside, final, before);
        }
        catch
        {
            Remove(before);
            throw;
        }

        _files.Add((final, before));
    }

    /// <summary>Puts back what was there before, and says what became of the files; nothing where none had got its name.</summary>
    internal string PutBack()
    {
        List<string> old = [];
        List<string> renewed = [];
        foreach (var (final, before) in Enumerable.Reverse(_files))
        {
            try
            {
                if (before is null)
                {
                    File.Delete(final);
                }
                else
                {
                    File.Move(before, final, overwrite: true);
                }

                old.Add(final);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                renewed.Add(before is null ? final : $"{final} (what it was is {before})");
            }
        }

        _files.Clear();
        return string.Join(' ', Words(old, "as before"), Words(renewed, "new, and could not be put back")).Trim();
    }

    /// <summary>Lets go of what was there before.</summary>
    internal void Keep()
    {
        foreach (var (_, before) in _files)
        {
            if (before is not null)
            {
                Remove(before);
            }
        }

        _files.Clear();
    }

    private static string Words(List<string> files, string outcome) =>
        files.Count == 0 ? "" : $"{string.Join(", ", files)} {Plural.Of(files.Count, "is", "are")} {outcome}.";

    // A file that is of no use any more is no reason to fail.
    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
