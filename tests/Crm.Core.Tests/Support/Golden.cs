using System.Globalization;
using Crm.Core.Histories;

namespace Crm.Core.Tests.Support;

/// <summary>Answers of arbitrary precision that are part of this repository: see the head of each file, and the program that made them.</summary>
internal static class Golden
{
    /// <summary>The simulated base that the fits of <see cref="Fits"/> are of: rows 1, 2, 3, …, in weeks.</summary>
    internal static PurchaseHistories Base { get; } = ReadBase();

    /// <summary>The fits to <see cref="Base"/>, by model, with their answers.</summary>
    internal static ReferenceFile Fits { get; } = ReferenceFile.ReadFrom(PathOf("small-base.json"));

    /// <summary>The rows of a table, by the names in its head.</summary>
    internal static IEnumerable<Func<string, string>> Rows(string file)
    {
        string[] lines = [.. File.ReadLines(PathOf(file)).Where(line => line.Length > 0 && line[0] != '#')];
        string[] names = lines[0].Split(',');
        foreach (string line in lines.Skip(1))
        {
            string[] fields = line.Split(',');
            yield return name => fields[Array.IndexOf(names, name)];
        }
    }

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string PathOf(string file) => Path.Combine(SharedData.RepositoryRoot(), "tests", "Crm.Core.Tests", "Golden", file);

    private static PurchaseHistories ReadBase()
    {
        var rows = Rows("small-base.csv").ToList();
        double[] Column(string name) => [.. rows.Select(row => Number(row(name)))];
        return PurchaseHistories.FromColumns(
            new()
            {
                Frequency = [.. Column("x").Select(x => (int)x)],
                Recency = Column("t_x"),
                Age = Column("T"),
                MeanSpend = Column("mean_spend"),
            },
            new() { Unit = TimeUnit.Week });
    }
}
