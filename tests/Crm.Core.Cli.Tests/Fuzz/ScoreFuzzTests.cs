using System.Globalization;
using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>Mutated offers, customers and weights.</summary>
public sealed class ScoreFuzzTests
{
    private const string Weights = """
        {"schema": 1, "scales": {"cost": {"kind": "money", "currency": "EUR"}, "time": {"kind": "identity", "missing": 0}},
         "default": {"utility": 1, "brand": 0.5, "relationship": 0.25, "cost": 2, "time": 0.5},
         "segments": [{"segment": "students", "cost": 4}, {"segment": "doctoral", "parent": "students", "time": 4}]}
        """;

    // Factors in eighths, so that every benefit below is exact.
    private static readonly string[][] _offers = MakeOffers();
    private static readonly string[][] _customers =
    [
        ["customer_id", "segment", "relationship"], ["1", "students", ""], ["2", "doctoral|students", "4"], ["3", "", "0.5"], ["4", "strangers", "-2"], ["5", "default", ""],
    ];

    [Fact]
    public void Score_DamagedOffers_AreRefusedOrGiveNumbersOnly() => FuzzRuns.Repeat(70, random => Damaged("offers.csv", random));

    [Fact]
    public void Score_DamagedCustomers_AreRefusedOrGiveNumbersOnly() => FuzzRuns.Repeat(70, random => Damaged("customers.csv", random));

    [Fact]
    public void Score_DamagedWeights_AreRefusedOrGiveNumbersOnly() => FuzzRuns.Repeat(100, random => Damaged("weights.json", random));

    [Fact]
    public void Score_SameFilesInAnotherDress_HaveTheSameBits() => FuzzRuns.Repeat(40, random =>
    {
        using var tool = new Tool();
        Prepare(tool, _offers);
        string[] expected = Score(tool);
        tool.Bytes("offers.csv", Dress.Of(_offers, random, (column, field) => column is "offer_id" ? field : Dress.Number(field, random), mayShuffle: true));
        tool.Bytes("customers.csv", Dress.Of(_customers, random, (column, field) => column == "relationship" ? Dress.Number(field, random) : field, mayShuffle: true));
        tool.Bytes("weights.json", JsonDamage.Redressed(Encoding.UTF8.GetBytes(Weights), random, passesOver: false));
        Assert.Equal(expected, Score(tool));
    });

    [Fact]
    public void Score_OneFactorChanged_IsTheFormulaOfTheChangedFactors() => FuzzRuns.Repeat(40, random =>
    {
        using var tool = new Tool();
        string[][] offers = [.. _offers.Select(row => row.ToArray())];
        offers[random.Next(1, offers.Length)][random.Next(1, 6)] = Eighths(random.Next(1_000));
        Prepare(tool, offers);
        var found = Score(tool).Select(line => line.Split(',')).Where(cells => cells[0] == "5").ToDictionary(cells => cells[3], cells => double.Parse(cells[4], CultureInfo.InvariantCulture));
        Assert.Equal(offers.Length - 1, found.Count);
        foreach (string[] offer in offers[1..])
        {
            double[] f = [.. offer[1..].Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            Assert.Equal(f[0] + (0.5 * f[1]) + (0.25 * f[2]) - (2 * f[3]) - (0.5 * f[4]), found[offer[0]]);
        }
    });

    private static void Damaged(string name, Random random)
    {
        using var tool = new Tool();
        Prepare(tool, _offers);
        byte[] good = File.ReadAllBytes(tool.At(name));
        File.WriteAllBytes(tool.At(name), name == "weights.json" && random.Next(2) == 0 ? JsonDamage.Of(good, random) : Damage.Of(good, random));
        string[] more = random.Next(4) == 0 ? ["--on-bad-row", "skip"] : [];
        var run = Run(tool, more);
        if (run.ExitCode == 0)
        {
            Assert.All(File.ReadAllLines(tool.At("scores.csv"))[2..], line => Assert.All(
                line.Split(',')[^6..],
                cell => Assert.True(double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number), line)));
        }
    }

    private static string[] Score(Tool tool)
    {
        var run = Run(tool);
        Assert.True(run.ExitCode == 0, run.ToString());
        return [.. File.ReadAllLines(tool.At("scores.csv"))[2..].Order(StringComparer.Ordinal)];
    }

    private static ToolRun Run(Tool tool, params string[] more) => FuzzRuns.Checked(
        tool,
        "scores.csv",
        ["offers.csv", "customers.csv", "weights.json"],
        ["score", tool.At("offers.csv"), "--weights", tool.At("weights.json"), "--customers", tool.At("customers.csv"), "-o", tool.At("scores.csv"), .. more]);

    private static void Prepare(Tool tool, string[][] offers)
    {
        tool.File("offers.csv", [.. offers.Select(row => string.Join(',', row))]);
        tool.File("customers.csv", [.. _customers.Select(row => string.Join(',', row))]);
        tool.File("weights.json", Weights);
        tool.File("scores.csv", "");
    }

    private static string[][] MakeOffers()
    {
        var random = new Random(2005);
        return
        [
            ["offer_id", "utility", "brand", "relationship", "cost", "time"],
            .. Enumerable.Range(1, 12).Select(i => (string[])[FormattableString.Invariant($"o{i}"), .. Enumerable.Range(0, 5).Select(_ => Eighths(random.Next(1_000)))]),
        ];
    }

    private static string Eighths(int eighths) => (eighths / 8m).ToString(CultureInfo.InvariantCulture);
}
