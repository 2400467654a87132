using System.Globalization;
using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>Mutated tables of histories, and mutated saved fits, under which they are predicted.</summary>
public sealed class SummaryFuzzTests
{
    private static readonly string[][] _rows = MakeRows();
    private static readonly byte[] _good = Encoding.UTF8.GetBytes(string.Join('\n', _rows.Select(row => string.Join(',', row))) + "\n");
    private static readonly (string Buying, string Spend) _fits = MakeFits();

    [Fact]
    public void Predict_DamagedSummary_IsRefusedOrGivesNumbersOnly() => FuzzRuns.Repeat(80, random =>
    {
        using var tool = new Tool();
        string file = tool.Bytes("file.csv", Damage.Of(_good, random));
        Prepare(tool);
        string[] more = random.Next(4) == 0 ? ["--on-bad-row", "skip"] : [];
        var run = FuzzRuns.Checked(tool, "p.csv", ["file.csv"], ["predict", "mbg-nbd", file, "--unit", "week", .. Fits(tool), "--horizon", "39w", "-o", tool.At("p.csv"), .. more]);
        if (run.ExitCode == 0)
        {
            AssertNumbers(tool.At("p.csv"));
        }
    });

    [Fact]
    public void Predict_SameSummaryInAnotherDress_HasTheSameBits() => FuzzRuns.Repeat(30, random =>
    {
        using var tool = new Tool();
        Prepare(tool);
        string[] expected = Predict(tool, _good);
        string[][] rows = [.. _rows.Select(row => row.ToArray())];
        if (random.Next(2) == 0)
        {
            rows[0] = ["customer_id", "x", "t_x", "T", "m_x"];
        }

        byte[] dressed = Dress.Of(rows, random, (column, field) => column == "customer_id" ? field : Dress.Number(field, random), mayShuffle: true);
        Assert.Equal(expected, Predict(tool, dressed));
    });

    // The row that changed has the answer of a file with that row alone; all others keep their bits.
    [Fact]
    public void Predict_OneHistoryChanged_ChangesItsAnswerOnly() => FuzzRuns.Repeat(20, random =>
    {
        using var tool = new Tool();
        Prepare(tool);
        string[] before = Predict(tool, _good);
        string[][] rows = [.. _rows.Select(row => row.ToArray())];
        int at = random.Next(1, rows.Length);
        rows[at] = [rows[at][0], Whole(random.Next(1, 300)), Whole(random.Next(1, 40)), Whole(random.Next(40, 60)), Whole(random.Next(1, 500))];
        string[] alone = Predict(tool, ToBytes([rows[0], rows[at]]));
        string id = rows[at][0] + ",";
        string[] expected = [.. before.Where(line => !line.StartsWith(id, StringComparison.Ordinal)), alone.Single(line => line.StartsWith(id, StringComparison.Ordinal))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Predict(tool, ToBytes(rows)));
    });

    [Fact]
    public void Predict_DamagedFit_IsRefusedOrGivesNumbersOnly() => FuzzRuns.Repeat(100, random =>
    {
        using var tool = new Tool();
        Prepare(tool);
        string name = random.Next(2) == 0 ? "buying.json" : "spend.json";
        byte[] good = File.ReadAllBytes(tool.At(name));
        File.WriteAllBytes(tool.At(name), random.Next(2) == 0 ? Damage.Of(good, random) : JsonDamage.Of(good, random));
        string file = tool.Bytes("file.csv", _good);
        var run = FuzzRuns.Checked(tool, "p.csv", [name, "file.csv"], ["predict", "mbg-nbd", file, "--unit", "week", .. Fits(tool), "--horizon", "39w", "-o", tool.At("p.csv")]);
        if (run.ExitCode == 0)
        {
            AssertNumbers(tool.At("p.csv"));
        }
    });

    [Fact]
    public void Predict_SameFitInAnotherDress_HasTheSameBits() => FuzzRuns.Repeat(20, random =>
    {
        using var tool = new Tool();
        Prepare(tool);
        string[] expected = Predict(tool, _good);
        foreach (string name in (string[])["buying.json", "spend.json"])
        {
            File.WriteAllBytes(tool.At(name), JsonDamage.Redressed(File.ReadAllBytes(tool.At(name)), random, passesOver: true));
        }

        Assert.Equal(expected, Predict(tool, _good));
    });

    private static string[] Predict(Tool tool, byte[] bytes)
    {
        var run = FuzzRuns.Checked(
            tool, "p.csv", ["file.csv"], ["predict", "mbg-nbd", tool.Bytes("file.csv", bytes), "--unit", "week", .. Fits(tool), "--horizon", "39w", "-o", tool.At("p.csv")]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return [.. File.ReadAllLines(tool.At("p.csv")).Skip(2).Order(StringComparer.Ordinal)];
    }

    private static string[] Fits(Tool tool) => ["--fit", tool.At("buying.json"), "--fit", tool.At("spend.json")];

    private static void Prepare(Tool tool)
    {
        File.WriteAllText(tool.At("buying.json"), _fits.Buying);
        File.WriteAllText(tool.At("spend.json"), _fits.Spend);
        tool.File("file.csv", "");
        tool.File("p.csv", "");
    }

    private static void AssertNumbers(string path) => Assert.All(File.ReadAllLines(path)[2..], line => Assert.All(
        line.Split(',')[^7..].Where(cell => cell.Length > 0),
        cell => Assert.True(double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number), line)));

    private static string[][] MakeRows()
    {
        using var tool = new Tool();
        tool.Run("summarize", tool.Bytes("shop.csv", PlainShop.Make().ToBytes()), "-o", tool.At("s.csv"));
        return [.. File.ReadAllLines(tool.At("s.csv"))[1..].Select(line => line.Split(','))];
    }

    private static (string Buying, string Spend) MakeFits()
    {
        using var tool = new Tool();
        tool.Run("summarize", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("s.csv"));
        return (Fit("mbg-nbd"), Fit("gamma-gamma"));

        string Fit(string model)
        {
            var run = tool.Run("fit", model, tool.At("s.csv"), "-o", "-");
            Assert.True(run.ExitCode == 0, run.ToString());
            return run.Output;
        }
    }

    private static byte[] ToBytes(string[][] rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => string.Join(',', row))) + "\n");

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
