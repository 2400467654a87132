using System.Globalization;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>Mutated files of transactions.</summary>
public sealed class TransactionFuzzTests
{
    private static readonly PlainShop _shop = PlainShop.Make();
    private static readonly byte[] _good = _shop.ToBytes();

    [Fact]
    public void Summarize_GoodFile_IsWhatWasWorkedOutThePlainWay()
    {
        using var tool = new Tool();
        Summarize(tool, _good);
        _shop.AssertSummary(tool.At("s.csv"));
    }

    // Damage may give another file that is good; what comes out must then be the answer to that one.
    [Fact]
    public void Summarize_DamagedFile_IsRefusedOrAnsweredAsItStands() => FuzzRuns.Repeat(150, random =>
    {
        using var tool = new Tool();
        byte[] bytes = Damage.Of(_good, random);
        string[] more = random.Next(4) == 0 ? ["--on-bad-row", "skip"] : random.Next(4) == 0 ? ["--zone", "Europe/Berlin"] : [];
        var run = FuzzRuns.Checked(tool, "s.csv", ["file.csv"], ["summarize", tool.Bytes("file.csv", bytes), "-o", tool.At("s.csv"), "--json", .. more]);
        if (PlainShop.Read(bytes) is { } plain)
        {
            Assert.True(run.ExitCode == 0, run.ToString());
            plain.AssertSummary(tool.At("s.csv"));
        }
    });

    [Fact]
    public void Summarize_SameContentInAnotherDress_HasTheSameBits() => FuzzRuns.Repeat(80, random =>
    {
        using var tool = new Tool();
        Summarize(tool, _good);
        string expected = File.ReadAllText(tool.At("s.csv"));
        Summarize(tool, Dressed(_shop, random));
        Assert.Equal(expected, File.ReadAllText(tool.At("s.csv")));
    });

    [Fact]
    public void Summarize_OneRowChanged_IsTheAnswerOfTheChangedRows() => FuzzRuns.Repeat(60, random =>
    {
        using var tool = new Tool();
        PlainShop changed = PlainShop.Make();
        int at = random.Next(changed.Rows.Count);
        var row = changed.Rows[at];
        switch (random.Next(5))
        {
            case 0:
                changed.Rows[at] = row with { Amount = row.Amount + (random.Next(1, 100_000) / 100m) };
                break;
            case 1:
                changed.Rows[at] = row with { Day = row.Day.AddDays(random.Next(1, 30)) };
                break;
            case 2:
                changed.Rows[at] = row with { Customer = "new" };
                break;
            case 3:
                changed.Rows.RemoveAt(at);
                break;
            default:
                changed.Rows.Insert(random.Next(changed.Rows.Count), row);
                break;
        }

        Summarize(tool, Dressed(changed, random));
        changed.AssertSummary(tool.At("s.csv"));
    });

    // Day first and month first, with a decimal comma or without: the dates of the shop go past the 12th.
    [Theory]
    [InlineData("dd/MM/yyyy")]
    [InlineData("MM/dd/yyyy")]
    [InlineData("d.M.yyyy")]
    [InlineData("M-d-yyyy")]
    public void Summarize_YearLast_HasTheSameBits(string format) => FuzzRuns.Repeat(5, random =>
    {
        using var tool = new Tool();
        Summarize(tool, _good);
        string expected = File.ReadAllText(tool.At("s.csv"));
        string[][] rows = Table(_shop, day => day.ToString(format, CultureInfo.InvariantCulture), amount => amount.ToString(CultureInfo.InvariantCulture).Replace('.', ','));
        byte[] bytes = Dress.Of(rows, random, (_, field) => field, mayShuffle: true);
        var run = FuzzRuns.Checked(tool, "s.csv", ["file.csv"], "summarize", tool.Bytes("file.csv", bytes), "-o", tool.At("s.csv"), "--decimal-comma");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(expected, File.ReadAllText(tool.At("s.csv")));
    });

    [Fact]
    public void Analyze_DamagedFile_WritesAllOrNothing() => FuzzRuns.Repeat(4, random =>
    {
        using var tool = new Tool();
        FuzzRuns.Checked(tool, "out", ["file.csv"], "analyze", tool.Bytes("file.csv", Damage.Of(SmallShop.Csv, random)), "-o", tool.At("out"), "--json");
    });

    private static void Summarize(Tool tool, byte[] bytes)
    {
        var run = FuzzRuns.Checked(tool, "s.csv", ["file.csv"], "summarize", tool.Bytes("file.csv", bytes), "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    private static byte[] Dressed(PlainShop shop, Random random) => Dress.Of(
        Table(shop, day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), amount => amount.ToString(CultureInfo.InvariantCulture)),
        random,
        (column, field) => column switch
        {
            "date" => Dress.Day(field, random),
            "amount" => Dress.Number(field, random),
            _ => field,
        },
        mayShuffle: true);

    private static string[][] Table(PlainShop shop, Func<DateOnly, string> day, Func<decimal, string> amount) =>
        [PlainShop.Header.Split(','), .. shop.Rows.Select(row => (string[])[row.Customer, day(row.Day), amount(row.Amount)])];
}
