namespace Crm.Core.Cli.Commands;

/// <summary>Finds what somebody who mistyped may have meant.</summary>
internal static class Nearest
{
    // More errors than that, or more than a third of the word, and it is another word.
    private const int MostErrors = 3;

    /// <summary>" Did you mean 'bg-nbd'?", or nothing where nothing accepted is near.</summary>
    internal static string Words(string given, IEnumerable<string> accepted)
    {
        string[] near = [.. To(given, accepted).Take(3).Select(name => $"'{name}'")];
        return near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>The accepted words nearest to the given one, all with the fewest errors.</summary>
    internal static IEnumerable<string> To(string given, IEnumerable<string> accepted)
    {
        string typed = given.ToLowerInvariant();
        var found = accepted.Select(name => (Name: name, Errors: Errors(typed, name.ToLowerInvariant()))).ToList();
        int fewest = found.Count == 0 ? int.MaxValue : found.Min(candidate => candidate.Errors);
        int most = Math.Min(MostErrors, Math.Max(1, given.Trim('-').Length / 3));
        return fewest > most ? [] : found.Where(candidate => candidate.Errors == fewest).Select(candidate => candidate.Name);
    }

    // Letters left out, put in, replaced, or two neighbours exchanged (Damerau 1964, no letter edited twice).
    private static int Errors(string typed, string meant)
    {
        var cost = new int[typed.Length + 1, meant.Length + 1];
        for (int i = 0; i <= typed.Length; i++)
        {
            for (int j = 0; j <= meant.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (typed[i - 1] == meant[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[typed.Length, meant.Length];
    }
}
