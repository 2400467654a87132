using System.Globalization;
using System.Text;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Tests.Fuzz;
using Crm.Core.Cli.Tests.Support;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Tests;

/// <summary>
/// Plain files are read block by block on every core, all others row by row. Standard input is never plain: what it gives is what a plain file
/// has to give, to the bit and to the word.
/// </summary>
public sealed class PlainReadingTests
{
    private static readonly TransactionFormat _format = new() { CustomerColumn = "customer_id", DateColumn = "date", AmountColumn = "amount" };

    private static readonly string[][] _options =
    [
        [], ["--on-bad-row", "skip"], ["--zone", "Europe/Berlin"], ["--decimal-comma"], ["--not-before", "2025-03-01"], ["--not-after", "2025-12-01"],
        ["--until", "2025-10-01", "--holdout-until", "2025-12-31"], ["--customer-column", "date", "--date-column", "customer_id"], ["--amount-column", "Amount"],
        ["--duplicates", "drop"], ["--date-format", "yyyy-MM-dd"], ["--currency", "EUR"],
    ];

    [Fact]
    public void Summarize_DamagedFile_IsAnsweredAsFromStandardInput() => FuzzRuns.Repeat(250, random =>
        AssertSame(Damage.Of(PlainShop.Make().ToBytes(), random), _options[random.Next(_options.Length)]));

    [Fact]
    public void Summarize_FileWithManyForms_IsAnsweredAsFromStandardInput() => FuzzRuns.Repeat(250, random =>
        AssertSame(Written(random), _options[random.Next(_options.Length)]));

    [Theory]
    [InlineData("customer_id,date,amount\n1,2025-01-01,5\n2,2025-01-02,-1\n", true)]
    [InlineData("customer_id;date;amount\r\n1;2025-01-01T10:00:00;5.25\r\n\r\n2;20250102;1", true)]
    [InlineData("# crm: unit=week; zone=UTC\n\uFEFFcustomer_id,date,amount\n1,2025-01-01,5\n", true)]
    [InlineData("\uFEFFdate\tname\tcustomer_id\tamount\n2025/01/01\tJosé Größe\t1\t5\n", true)]
    [InlineData("customer_id,date\n1,2025-01-01\n", true)]
    [InlineData("customer_id,date,amount\n\"1\",2025-01-01,5\n", false)]
    [InlineData("customer_id,date,amount\n1, 2025-01-01,5\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,5e0\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01T10:00:00Z,5\n", false)]
    [InlineData("customer_id,date,amount\nJosé,2025-01-01,5\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,5,\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,5\rx\n", false)]
    [InlineData("customer_id,date,amount\n1,1969-01-01,5\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,1000000000000001\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,1000000000000000\n", true)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,-1000000000000001\n", false)]
    [InlineData("customer_id,date,amount\n1,2025-01-01,-5\n", false)]
    [InlineData("customer_id,date,amount\n", false)]
    public void Read_File_IsPlainOrNot(string text, bool isPlain)
    {
        using var tool = new Tool();
        Assert.Equal(isPlain, Plain(tool.Bytes("file.csv", Encoding.UTF8.GetBytes(text)), 1 << 20) is not null);
    }

    // Rows that end with a block, begin with one, go through one and stand in it whole: every size of block up to longer than the file.
    [Fact]
    public void Read_BlocksOfAnySize_GiveTheSame()
    {
        using var tool = new Tool();
        foreach (string end in (string[])["\n", "\r\n", "\n\n"])
        {
            string[] lines = [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"K{i % 7},2025-0{1 + (i % 9)}-11,{i % 3}.5{new string('0', i % 5)}"))];
            string path = tool.Bytes("file.csv", Encoding.UTF8.GetBytes("customer_id,date,amount" + end + string.Join(end, lines)));
            TransactionLog whole = Plain(path, 1 << 20)!;
            string expected = Told(whole);
            Assert.Equal(40, whole.Rows);
            Assert.True(whole.Duplicates.Rows == 40 - lines.Distinct().Count());
            for (int blockBytes = 1; blockBytes < 1_400; blockBytes += blockBytes < 120 ? 1 : 37)
            {
                Assert.Equal(expected, Told(Plain(path, blockBytes)!));
            }
        }
    }

    [Theory]
    [InlineData(60_000, true)]
    [InlineData(70_000, false)]
    public void Read_LongRow_IsPlainUpToALength(int length, bool isPlain)
    {
        using var tool = new Tool();
        string path = tool.File("file.csv", "customer_id,date,amount,note", "1,2025-01-01,5," + new string('x', length), "2,2025-01-01,5,");
        Assert.Equal(isPlain, Plain(path, 10) is not null);
        Assert.Equal(0, tool.Run("summarize", path, "-o", tool.At("s.csv")).ExitCode);
        Assert.Equal(4, File.ReadAllLines(tool.At("s.csv")).Length);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using var tool = new Tool();
        string path = tool.Bytes("file.csv", PlainShop.Make().ToBytes());
        using var file = InputFile.Open(path, TerminalOf());
        Assert.Throws<OperationCanceledException>(
            () => PlainTransactions.Read(file, _format, SystemClock.Instance, new(_ => { }, _ => { }), new CancellationToken(canceled: true), 100));
    }

    [Fact]
    public void Read_CancelledOnItsWay_Stops()
    {
        using var tool = new Tool();
        using var file = InputFile.Open(tool.Bytes("file.csv", PlainShop.Make().ToBytes()), TerminalOf());
        using var source = new CancellationTokenSource();
        TransactionFormat format = _format with { WithDigest = true };
        Assert.Throws<OperationCanceledException>(
            () => PlainTransactions.Read(file, format, SystemClock.Instance, new(_ => { }, _ => source.Cancel()), source.Token, 100));
    }

    // The digest must be of the bytes that were read: whoever writes while it is still being taken has the file refused.
    [Fact]
    public void Read_FileThatIsWrittenToAtItsEnd_IsRefused()
    {
        using var tool = new Tool();
        string path = tool.Bytes("file.csv", PlainShop.Make().ToBytes());
        using var file = InputFile.Open(path, TerminalOf());
        var refused = Assert.Throws<InputException>(() => PlainTransactions.Read(
            file,
            _format with { WithDigest = true },
            SystemClock.Instance,
            new(_ => { }, share => File.AppendAllText(path, share == 1 ? "3,2025-03-01,1\n" : "")),
            default,
            100));
        Assert.Contains("file.csv was written to while it was read", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FaultAtTheEnd_SaysThatItBeginsAgain()
    {
        using var tool = new Tool();
        using var file = InputFile.Open(tool.Bytes("file.csv", [.. PlainShop.Make().ToBytes(), .. "1,never,5\n"u8]), TerminalOf());
        var stages = new List<string>();
        Assert.Null(PlainTransactions.Read(file, _format with { WithDigest = true }, SystemClock.Instance, new(stages.Add, _ => { }), default, 100));
        Assert.Equal(["reading again, row by row"], stages);
    }

    [Fact]
    public void Read_FileThatWasWrittenTo_IsRefused()
    {
        using var tool = new Tool();
        string path = tool.Bytes("file.csv", PlainShop.Make().ToBytes());
        using var file = InputFile.Open(path, TerminalOf());
        File.AppendAllText(path, "3,2025-03-01,1\n");
        var refused = Assert.Throws<InputException>(() => PlainTransactions.Read(file, _format, SystemClock.Instance, new(_ => { }, _ => { }), default));
        Assert.Contains("file.csv was written to while it was read", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Progress_GoesUpToAll()
    {
        using var tool = new Tool();
        using var file = InputFile.Open(tool.Bytes("file.csv", PlainShop.Make().ToBytes()), TerminalOf());
        var shares = new List<double>();
        Assert.NotNull(PlainTransactions.Read(file, _format, SystemClock.Instance, new(_ => { }, shares.Add), default, 100));
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares[0], 0, 0.5);
        Assert.Equal(1, shares[^1]);
    }

    // The digest of a file of several blocks, and what comes of giving it twice.
    [Fact]
    public void State_OfAFileOfSeveralBlocks_IsThatOfStandardInput()
    {
        using var tool = new Tool();
        byte[] shop = PlainShop.Make().ToBytes();
        int header = shop.AsSpan().IndexOf((byte)'\n') + 1;
        byte[] log = [.. shop, .. Enumerable.Repeat(shop[header..], 5_000_000 / shop.Length).SelectMany(rows => rows)];
        ToolRun file = tool.Run("summarize", tool.Bytes("file.csv", log), "-o", tool.At("a.csv"), "--state", tool.At("a.state"));
        ToolRun input = Tool.RunWith(log, ["summarize", "-", "-o", tool.At("b.csv"), "--state", tool.At("b.state")]);
        Assert.True((file.ExitCode, input.ExitCode) == (0, 0), $"{file} {input}");
        Assert.Equal(File.ReadAllBytes(tool.At("b.state")), File.ReadAllBytes(tool.At("a.state")));
        Assert.Contains("the same content", tool.Run("summarize", tool.At("file.csv"), "-o", tool.At("c.csv"), "--state", tool.At("a.state")).Error, StringComparison.Ordinal);
    }

    // Against the patterns of the calendar library, which read the file until it is known how nearly all days are written.
    [Fact]
    public void TryIso_AnyText_IsWhatThePatternsSay()
    {
        var random = new Random(7);
        int days = 0;
        for (int run = 0; run < 20_000; run++)
        {
            char[] text = [.. FormattableString.Invariant($"{random.Next(1, 2100):D4}-{random.Next(0, 14):D2}-{random.Next(0, 33):D2}T{random.Next(0, 25):D2}:{random.Next(0, 62):D2}:{random.Next(0, 62):D2}")];
            if (random.Next(2) == 0)
            {
                text[random.Next(text.Length)] = "0123456789-/T: Zx"[random.Next(17)];
            }

            string field = new(text, 0, random.Next(3) == 0 ? 10 : 19);
            bool isDay = DayReader.TryIso(Encoding.UTF8.GetBytes(field), out LocalDate day);
            string iso = field.Length > 10 && field[10] == ' ' ? field[..10] + "T" + field[11..] : field;
            bool isPattern = iso.Length == 10
                ? LocalDatePattern.Iso.Parse(iso.Replace('/', '-')).TryGetValue(default, out LocalDate expected)
                : LocalDateTimePattern.ExtendedIso.Parse(iso).TryGetValue(default, out LocalDateTime moment) & (expected = moment.Date) == expected;
            isPattern &= expected.Year > 0;

            // 24:00:00 is the next day's beginning: that is left to the patterns.
            bool isNextDay = isPattern && iso.Length > 10 && iso[11..13] == "24";
            Assert.True(isDay == (isPattern && !isNextDay) || field[4] != field[7], field);
            if (isDay)
            {
                days++;
                Assert.Equal(expected, day);
            }
        }

        Assert.InRange(days, 5_000, 15_000);
    }

    [Fact]
    public void KnownDays_AnyDays_AreThoseOfTheReader()
    {
        var range = new DayRange(new(1990, 1, 1), new(2030, 1, 1));
        var known = new KnownDays(range);
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++)
        {
            string field = LocalDatePattern.Iso.Format(new LocalDate(1985, 1, 1).PlusDays(random.Next(20_000)));
            field = random.Next(10) == 0 ? field.Replace('-', '/') : random.Next(50) == 0 ? field[..8] + "32" : field;
            bool isDay = DayReader.TryIso(Encoding.UTF8.GetBytes(field), out LocalDate expected) && range.Contains(expected);
            Assert.Equal(isDay, known.TryRead(Encoding.UTF8.GetBytes(field), out LocalDate day));
            Assert.True(!isDay || day == expected);
        }

        Assert.False(new KnownDays(new(default, new(2030, 1, 1))).TryRead(new byte[10], out _));
    }

    private static void AssertSame(byte[] bytes, string[] options)
    {
        using var tool = new Tool();
        string path = tool.Bytes("file.csv", bytes);
        string[] Kept(string state) => options.Contains("--holdout-until") ? [] : ["--state", tool.At(state)];
        ToolRun file = tool.Run(["summarize", path, "-o", tool.At("a.csv"), "--json", .. options, .. Kept("a.state")]);
        ToolRun input = Tool.RunWith(bytes, ["summarize", "-", "-o", tool.At("b.csv"), "--json", .. options, .. Kept("b.state")]);
        string Renamed(string text) => text.Replace(path, "standard input", StringComparison.Ordinal).Replace("a.state", "b.state", StringComparison.Ordinal);
        Assert.Equal(input.ExitCode, file.ExitCode);
        Assert.Equal(input.Error, Renamed(file.Error));
        Assert.Equal(input.Output, Renamed(file.Output));
        Assert.Equal(File.Exists(tool.At("b.csv")), File.Exists(tool.At("a.csv")));
        if (file.ExitCode == 0)
        {
            Assert.Equal(File.ReadAllText(tool.At("b.csv")), File.ReadAllText(tool.At("a.csv")));
            Assert.Equal(Kept("").Length == 0 ? [] : File.ReadAllBytes(tool.At("b.state")), Kept("").Length == 0 ? [] : File.ReadAllBytes(tool.At("a.state")));
        }
    }

    // Mostly plain, and now and then not.
    private static byte[] Written(Random random)
    {
        string separator = (string[])[",", ";", "\t", "|"] is { } all ? all[random.Next(all.Length)] : "";
        string end = random.Next(2) == 0 ? "\n" : "\r\n";
        char point = random.Next(4) == 0 ? ',' : '.';
        bool hasAmounts = random.Next(6) > 0;
        bool isOdd = random.Next(3) == 0;
        var text = new StringBuilder(random.Next(4) == 0 ? "\uFEFF" : "");
        text.Append(random.Next(5) == 0 ? "# crm: zone=UTC; currency=EUR\n" : "");
        text.Append(string.Join(separator, ["date", "customer_id", "note", .. hasAmounts ? ["amount"] : Array.Empty<string>()])).Append(end);
        for (int i = random.Next(1, 60); i >= 0; i--)
        {
            string day = LocalDatePattern.Iso.Format(new LocalDate(2025, 1, 1).PlusDays(random.Next(300)));
            day = random.Next(8) switch { 0 => day + "T01:02:03", 1 => day + " 23:59:59", 2 => day.Replace("-", "", StringComparison.Ordinal), _ => day };
            string amount = FormattableString.Invariant($"{(random.Next(9) == 0 ? "-" : "")}{random.Next(100)}").Replace('.', point) + (random.Next(2) == 0 ? "" : $"{point}{random.Next(100)}");
            string id = FormattableString.Invariant($"k{random.Next(12)}");
            string note = (string[])["", "a b", "Müller", "x", "x"] is { } notes ? notes[random.Next(notes.Length)] : "";
            if (isOdd && random.Next(30) == 0)
            {
                (day, id, note, amount) = random.Next(8) switch
                {
                    0 => (day, id, "\"a\"", amount),
                    1 => (day, $" {id}", note, amount),
                    2 => (day, id, " x", amount),
                    3 => (day + "Z", id, note, amount),
                    4 => (day, id + "é", note, amount),
                    5 => (day, id, note, amount + "e1"),
                    6 => ("", id, note, amount),
                    _ => (day, id, note + separator, amount),
                };
            }

            text.Append(string.Join(separator, [day, id, note, .. hasAmounts ? [amount] : Array.Empty<string>()])).Append(random.Next(20) == 0 ? end + end : end);
        }

        return Encoding.UTF8.GetBytes(random.Next(2) == 0 ? text.ToString().TrimEnd('\r', '\n') : text.ToString());
    }

    private static TransactionLog? Plain(string path, int blockBytes)
    {
        using var file = InputFile.Open(path, TerminalOf());
        return PlainTransactions.Read(file, _format, SystemClock.Instance, new(_ => { }, _ => { }), default, blockBytes);
    }

    private static string Told(TransactionLog log)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        SummaryFile.Write(text, log.Histories(null, null, default));
        return FormattableString.Invariant($"{log.Rows} {log.Duplicates} {text}");
    }

    private static Terminal TerminalOf() => new(TextWriter.Null, TextWriter.Null, () => Stream.Null, outputIsTerminal: false, errorIsTerminal: false);
}
