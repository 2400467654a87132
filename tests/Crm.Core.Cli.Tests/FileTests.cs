using System.Diagnostics;
using System.Text;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Files as computers make them: encodings, archives, pipes, devices, files that grow, disks that are full.</summary>
public sealed class FileTests
{
    private static readonly string[] _lines = ["# crm: currency=EUR", "customer_id,date,amount,note", "1,2025-01-01,5,ä", "1,2025-02-01,7,", "2,2025-01-15,9,\"a \"\"b\"\",\nc\""];
    private static readonly string _text = string.Join('\n', _lines) + "\n";

    public static TheoryData<string, bool> Encodings => new() { { "utf-16", true }, { "utf-16BE", true }, { "utf-8", true }, { "utf-16", false }, { "utf-32", true } };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Summarize_EncodingWithAMark_IsReadOrRefusedByName(string encoding, bool marked)
    {
        using var tool = new Tool();
        var chosen = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. marked ? chosen.GetPreamble() : [], .. chosen.GetBytes(_text)];
        var run = tool.Run("summarize", tool.Bytes("file.csv", bytes), "-o", "-");
        bool read = marked && encoding != "utf-32";
        Assert.True(run.ExitCode == (read ? 0 : ExitCode.Data), run.ToString());
        if (read)
        {
            Assert.Equal(Plain(tool), run.Output);
            Assert.Equal(Plain(tool), tool.Run("summarize", tool.Bytes("file.csv.gz", Packed.Gzip(bytes)), "-o", "-").Output);
        }
        else
        {
            Assert.All(["file.csv is no text file", "UTF-8"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Summarize_LineBreaksInsideQuotes_CountAsLines()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", [.. _lines, "3,soon,1,"]), "-o", "-");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("line 7, column date: 'xxxx'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Summarize_FaultAfterAnyLineEnd_HasItsLine(string end)
    {
        using var tool = new Tool();
        string[] lines = [.. _lines[..4], "", "2,2025-01-15,free,"];
        var run = tool.Run("summarize", tool.Bytes("file.csv", Encoding.UTF8.GetBytes(string.Join(end, lines))), "-o", "-");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("line 6, column amount: 'xxxx'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12,50", 12.50)]
    [InlineData("-0,5", -0.5)]
    [InlineData("7", 7.0)]
    [InlineData("1.234,50", null)]
    [InlineData("12.50", null)]
    [InlineData("1,2,3", null)]
    public void Summarize_DecimalComma_IsReadWhereTheUserSaysSo(string amount, double? expected)
    {
        using var tool = new Tool();
        string file = tool.File("file.csv", "customer_id;date;amount", "1;2025-01-01;100", $"1;2025-01-02;{amount}");
        var run = tool.Run("summarize", file, "-o", tool.At("s.csv"), "--decimal-comma", "--json");
        Assert.True(run.ExitCode == (expected is null ? ExitCode.Data : 0), run.ToString());
        if (expected is { } value)
        {
            Assert.Equal(100 + value, run.Json.GetProperty("totalSpend").GetDouble());
        }
        else
        {
            Assert.All(["line 3, column amount", "12,50", "--decimal-comma"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Summarize_IdOfTenThousandCharacters_IsAFaultWithItsBeginning()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", [.. _lines, new string('7', 10_000) + ",2025-01-01,5,"]), "-o", "-");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.All(["line 7, column customer_id: '77777777…'", "1 to 128", "hash"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.True(run.Error.Length < 400, run.Error);
    }

    // More purchases than a factorial of doubles holds, beside customers who came once and paid nothing.
    [Fact]
    public void Analyze_ThreeHundredPurchasesBesideZeros_GivesNumbersOnly()
    {
        using var tool = new Tool();
        var first = new DateOnly(2025, 1, 1);
        string[] lines =
        [
            .. SmallShop.Lines,
            .. Enumerable.Range(0, 301).Select(day => FormattableString.Invariant($"often,{first.AddDays(day):yyyy-MM-dd},9.99")),
            .. Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"once{i},{first.AddDays(i):yyyy-MM-dd},0")),
        ];
        var run = tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        string[] rows = File.ReadAllLines(tool.At("out/customers.csv"))[2..];
        Assert.Contains(rows, row => row.StartsWith("often,", StringComparison.Ordinal) && row.Split(',')[2] == "300");
        Assert.DoesNotContain(rows, row => row.Contains("NaN", StringComparison.Ordinal) || row.Contains('∞', StringComparison.Ordinal) || row.Contains("Infinity", StringComparison.Ordinal));
    }

    [Fact]
    public void Summarize_MembersOfGzipAfterEachOther_AreOneFile()
    {
        using var tool = new Tool();
        byte[] bytes = Encoding.UTF8.GetBytes(_text);
        byte[] packed = [.. Packed.Gzip(bytes[..50]), .. Packed.Gzip([]), .. Packed.Gzip(bytes[50..])];
        Assert.Equal(Plain(tool), tool.Run("summarize", tool.Bytes("file.csv.gz", packed), "-o", "-").Output);
        Assert.Equal(Plain(tool), tool.Run("summarize", tool.Bytes("file.csv.gz", [.. packed, .. new byte[512]]), "-o", "-").Output);
    }

    // The first member alone is a whole file; damage anywhere after it must not pass for its end.
    [Fact]
    public void Summarize_DamageAfterAMemberOfGzip_IsFoundWhereverItIs()
    {
        using var tool = new Tool();
        byte[] first = Packed.Gzip(Encoding.UTF8.GetBytes(_text));
        byte[] second = Packed.Gzip(Encoding.UTF8.GetBytes("3,2025-03-01,11,\n4,2025-03-01,11,\n"));
        for (int at = 0; at < second.Length; at++)
        {
            byte[] damaged = [.. first, .. second];
            damaged[first.Length + at] ^= 0x5B; // the first bit, too: the others of the last byte may be none of the data
            var run = tool.Run("summarize", tool.Bytes("file.csv.gz", damaged), "-o", "-");

            // Time, level and system in the header of a member are not data.
            bool isData = at is < 4 or > 9;
            Assert.True(!isData || run.ExitCode == ExitCode.Data, FormattableString.Invariant($"byte {at}: {run}"));
            var cut = tool.Run("summarize", tool.Bytes("file.csv.gz", [.. first, .. second[..at]]), "-o", "-");
            Assert.True(cut.ExitCode == (at == 0 ? 0 : ExitCode.Data), FormattableString.Invariant($"cut at {at}: {cut}"));
        }

        Assert.Equal(ExitCode.Data, tool.Run("summarize", tool.Bytes("file.csv.gz", [.. first, .. "4,2025-03-01,11,\n"u8]), "-o", "-").ExitCode);
    }

    [Fact]
    public void Read_FileThatGrowsMeanwhile_IsRefused()
    {
        using var tool = new Tool();
        string path = tool.File("file.csv", _lines);
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, () => Stream.Null, outputIsTerminal: false, errorIsTerminal: false);
        using var file = InputFile.Open(path, terminal);
        using var csv = CsvInput.Open(file);
        Assert.True(csv.Read());
        File.AppendAllText(path, "3,2025-03-01,1");
        var refused = Assert.Throws<InputException>(() =>
        {
            while (csv.Read())
            {
            }
        });
        Assert.Contains("file.csv was written to while it was read", refused.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Summarize_PipeWithAName_IsRead()
    {
        using var tool = new Tool();
        using (var made = Process.Start("mkfifo", tool.At("pipe")))
        {
            made.WaitForExit();
        }

        var writing = Task.Factory.StartNew(() => File.WriteAllText(tool.At("pipe"), _text), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var run = tool.Run("summarize", tool.At("pipe"), "-o", "-");
        Assert.True(writing.Wait(TimeSpan.FromMinutes(10)));
        Assert.Equal(Plain(tool), run.Output);
    }

    [UnixTheory]
    [InlineData("summarize /dev/null -o {s.csv}", "/dev/null is empty")]
    [InlineData("summarize {file.csv} -o /dev/full", "/dev/full cannot be written", "space")]
    [InlineData("fit mbg-nbd {shop.csv} -o /dev/full", "/dev/full cannot be written", "space")]
    [InlineData("summarize {file.csv} -o /proc/s.csv", "/proc/s.csv cannot be written")]
    [InlineData("analyze {transactions.csv} -o /proc/out", "/proc/out cannot be written")]
    [InlineData("summarize {file.csv} -o {file.csv}/s.csv", "file.csv/s.csv cannot be written")]
    [InlineData("summarize {file.csv} -o {none/s.csv}", "none/s.csv cannot be written: there is no folder", "/none. Make it first.")]
    public void Run_DeviceOrFolderThatTakesNothing_IsNamed(string line, params string[] said)
    {
        using var tool = new Tool();
        tool.File("file.csv", _lines);
        tool.File("transactions.csv", SmallShop.Lines);
        tool.Run("summarize", tool.At("transactions.csv"), "-o", tool.At("shop.csv"));
        string[] before = tool.Names();
        var run = tool.Run([.. line.Split(' ').Select(word => word.Contains('{', StringComparison.Ordinal)
            ? tool.At(word.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)) : word)]);
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain(".part", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, tool.Names());
    }

    [Fact]
    public void Run_BlankName_IsSaidToBeBlank()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", " ", "-o", tool.At("s.csv"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("is blank", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FileFaults_AMillion_KeepTwentyAndCountTheRest()
    {
        var faults = new FileFaults("file.csv", skips: true);
        faults.Add(2, "date", "yesterday", "a day", FaultReason.NoDay);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int line = 3; line <= 1_000_001; line++)
        {
            faults.Add(line, "date", "yesterday", "a day", FaultReason.NoDay);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(1_000_000, faults.Skipped.Rows);
        var told = Assert.Throws<InputException>(() => faults.ThrowIfNoneIsLeft(0));
        Assert.All(["1,000,000 faults", "… and 999,980 more"], part => Assert.Contains(part, told.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Summarize_AMillionFaultyRows_EndsWithTwentyLines()
    {
        byte[] rows = [.. "customer_id,date,amount\n"u8, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1,never,5\n", 1_000_000)))];
        var run = Tool.RunWith(rows, ["summarize", "-", "-o", "-"]);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("standard input has 1,000,000 faults", run.Error, StringComparison.Ordinal);
        Assert.Equal(22, run.Error.TrimEnd().Split('\n').Length);
    }

    private static string Plain(Tool tool)
    {
        var run = tool.Run("summarize", tool.File("plain.csv", _lines), "-o", "-");
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }
}
