using System.Globalization;
using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Every bad file ends with exit code 1, a message that says what came, where, and what to do, and nothing written.</summary>
public sealed class BadInputTests
{
    private const string Header = "customer_id,date,amount";

    public static TheoryData<string, string[], string[]> Files => new()
    {
        { "empty", [], ["is empty", "header"] },
        { "header only", [Header], ["no rows"] },
        { "no column known", ["a,b", "1,2"], ["2 faults", "no column customer_id", "there are a, b", "--customer-column", "no column date", "--date-column"] },
        { "column twice", [Header + ",amount", "1,2025-01-01,5,6"], ["line 1", "'amount'", "2 times"] },
        { "no such day", [Header, "1,2025-02-30,5"], ["line 2, column date", "'2025-02-…'", "1997-09-30", "--date-format"] },
        { "day and month unclear", [Header, "1,01/02/2025,5"], ["line 2, column date", "--date-format"] },
        { "no number", [Header, "1,2025-01-01,5", "2,2025-01-01,secret"], ["line 3, column amount", "'xxxxxx'", "12.50"] },
        { "not a number", [Header, "1,2025-01-01,NaN"], ["line 2, column amount", "'NaN'"] },
        { "infinite", [Header, "1,2025-01-01,Infinity"], ["line 2, column amount", "'Infinity'"] },
        { "too large", [Header, "1,2025-01-01,1e300"], ["line 2, column amount", "1e15"] },
        { "decimal comma", [Header, "1,2025-01-01,\"12,50\""], ["line 2, column amount", "'12,50'", "decimal point"] },
        { "no amount", [Header, "1,2025-01-01,"], ["line 2, column amount", "nothing"] },
        { "no customer", [Header, ",2025-01-01,5"], ["line 2, column customer_id", "nothing"] },
        { "long id", [Header, new string('a', 129) + ",2025-01-01,5"], ["line 2, column customer_id", "1 to 128"] },
        { "missing field", [Header, "1,2025-01-01"], ["line 2", "2 fields", "3"] },
        { "extra field", [Header, "1,2025-01-01,5,6"], ["line 2", "4 fields", "3"] },
        { "open quote", [Header, "1,2025-01-01,5", "2,\"2025-01-01,5", "3,2025-01-01,5"], ["line 3", "never closed"] },
        { "returns only", [Header, "1,2025-01-01,-5"], ["every amount is below 0"] },
        { "all returned", [Header, "1,2025-01-01,5", "1,2025-01-02,-5"], ["no customer has a purchase left"] },
        { "one customer", [Header, "1,2025-01-01,5", "1,2025-02-01,5"], ["one customer only", "more customers"] },
        { "nobody came back", [Header, "1,2025-01-01,5", "2,2025-02-01,5"], ["second day", "longer window"] },
        { "all alike", [Header, "1,2025-01-01,5", "1,2025-02-01,5", "2,2025-01-01,5", "2,2025-02-01,5"], ["same history"] },
        { "no header line", ["john.doe@example.com,1997-01-01,12.50", "2,1997-01-02,5"], ["no column customer_id", "'xxxx.xxx…'", "header line"] },
        { "moment at the end of time", [Header, "1,9999-12-31T23:59:59-12:00,5"], ["line 2, column date"] },
        { "moment before all time", [Header, "1,-9998-01-01T00:00:00+14:00,5"], ["line 2, column date"] },
        { "zero byte in an amount", [Header, "1,2025-01-01,5", "2,2025-01-01,7\0"], ["no text file"] },
        { "control character in an id", [Header, "1\u0007,2025-01-01,5"], ["line 2, column customer_id", "control character"] },
        { "only spaces as id", [Header, "\" \",2025-01-01,5"], ["line 2, column customer_id", "nothing"] },
        { "fault before an open quote", [Header, "1,yesterday,5", "2,2025-01-01,free", "3,\"2025-01-01,5"], ["3 faults", "line 2", "line 3", "never closed"] },
        { "metadata twice", ["# crm: currency=USD; Currency=EUR", Header, "1,2025-01-01,5"], ["line 1", "Currency", "once"] },
        { "wrong metadata", ["# crm: currency=DOLLARS", Header, "1,2025-01-01,5"], ["line 1", "currency", "ISO 4217"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Analyze_BadFile_SaysWhatAndWhereAndWritesNothing(string name, string[] lines, string[] said)
    {
        using var tool = new Tool();
        string path = lines.Length == 0 ? tool.Bytes("file.csv", []) : tool.File("file.csv", lines);
        var run = tool.Run("analyze", path, "-o", tool.At("out"));
        Assert.True(run.ExitCode == ExitCode.Data, $"{name}: {run}");
        Assert.Contains("file.csv", run.Error, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Equal("", run.Output);
        Assert.Equal(["file.csv"], tool.Names());
    }

    [Fact]
    public void Analyze_ZeroByteFarInTheFile_IsAFaultOfItsField()
    {
        using var tool = new Tool();
        string[] lines = [.. SmallShop.Lines, "1,2025-12-28,7\0", "a\0b,2025-12-28,7"];
        var run = tool.Run("analyze", tool.File("file.csv", lines), "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("2 faults", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_NamedAmountColumnThatIsNotThere_IsRefused()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("file.csv", SmallShop.Lines), "-o", tool.At("out"), "--amount-column", "amonut");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("no column amonut; there are customer_id, date, amount", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--currency", "EUR", "USD")]
    [InlineData("--zone", "America/New_York", "Europe/Berlin")]
    public void Analyze_OptionAgainstTheFilesOwnWord_IsRefusedNamingBoth(string option, string stated, string own)
    {
        using var tool = new Tool();
        string file = tool.File("file.csv", ["# crm: currency=USD; zone=Europe/Berlin", .. SmallShop.Lines]);
        var run = tool.Run("analyze", file, "-o", tool.At("out"), option, stated);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains(stated, run.Error, StringComparison.Ordinal);
        Assert.Contains(own, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_FolderOfTheOutputIsNotThere_SaysSo()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("none/s.csv"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("should not", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_OutputIsALink_WritesWhatItPointsTo()
    {
        using var tool = new Tool();
        string target = tool.File("target.csv", "old");
        File.CreateSymbolicLink(tool.At("link.csv"), target);
        Assert.Equal(0, tool.Run("summarize", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("link.csv")).ExitCode);
        Assert.StartsWith("# crm:", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.NotNull(File.ResolveLinkTarget(tool.At("link.csv"), returnFinalTarget: false));
    }

    [Fact]
    public void Analyze_ManyFaults_NamesTwentyAndTheirTotal()
    {
        using var tool = new Tool();
        string[] lines = [Header, .. Enumerable.Range(1, 5_000).Select(i => FormattableString.Invariant($"{i},yesterday,free"))];
        var run = tool.Run("analyze", tool.File("file.csv", lines), "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("10,000 faults", run.Error, StringComparison.Ordinal);
        Assert.Contains("and 9,980 more", run.Error, StringComparison.Ordinal);
        Assert.Equal(22, run.Error.Trim().Split('\n').Length);
    }

    [Fact]
    public void Analyze_FaultyRow_ShowsNoMoreThanEightMaskedCharacters()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("file.csv", Header, "1,2025-01-01,anna.smith@example.org"), "-o", tool.At("out"));
        Assert.DoesNotContain("anna", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("example", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("'xxxx.xxx…'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_BinaryJunk_IsNoTextFile()
    {
        using var tool = new Tool();
        byte[] junk = [.. Enumerable.Range(0, 5_000).Select(i => (byte)((i * 7919) >> 3 & 0xFF))];
        var run = tool.Run("analyze", tool.Bytes("file.csv", junk), "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("no text file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_BytesThatAreNoUtf8_AreAFaultOfTheCustomer()
    {
        using var tool = new Tool();
        byte[] latin1 = Encoding.Latin1.GetBytes(Header + "\nMüller,2025-01-01,5\nMöller,2025-02-01,5\n");
        var run = tool.Run("analyze", tool.Bytes("file.csv", latin1), "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.All(
            ["2 faults", "line 2, column customer_id: 'xxxxxx'", "line 3, column customer_id", "UTF-8"], part => Assert.Contains(part, run.Error.Replace('\uFFFD', 'x'), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Analyze_GzipCutShort_IsFoundWhereverItIsCut(double kept)
    {
        using var tool = new Tool();
        byte[] packed = Packed.Gzip(SmallShop.Csv);
        byte[] cut = packed[..(int)(kept * packed.Length)];
        var run = tool.Run("analyze", tool.Bytes("file.csv.gz", cut), "-o", tool.At("out"));
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.Equal(["file.csv.gz"], tool.Names());
    }

    [Fact]
    public void Analyze_MissingFileOrFolder_IsNamed()
    {
        using var tool = new Tool();
        var missing = tool.Run("analyze", tool.At("nothing.csv"), "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, missing.ExitCode);
        Assert.Contains("There is no file", missing.Error, StringComparison.Ordinal);
        Assert.Contains("nothing.csv", missing.Error, StringComparison.Ordinal);
        var folder = tool.Run("analyze", tool.Folder, "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, folder.ExitCode);
        Assert.Contains("is a directory", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_OutputIsAFile_IsRefused()
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", SmallShop.Lines);
        string occupied = tool.File("taken", "something");
        var run = tool.Run("analyze", file, "-o", occupied);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("is a file", run.Error, StringComparison.Ordinal);
        Assert.Equal("something\n", File.ReadAllText(occupied));
    }

    [Fact]
    public void Analyze_OutputCannotBeWritten_LeavesNothingBehind()
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", SmallShop.Lines);
        Directory.CreateDirectory(tool.At("out/result.json"));
        var run = tool.Run("analyze", file, "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("result.json", run.Error, StringComparison.Ordinal);
        Assert.Equal(["result.json"], Directory.EnumerateFileSystemEntries(tool.At("out")).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public void Analyze_WhatWorksAsStated_Works()
    {
        using var tool = new Tool();
        string[] zeroAmounts = [.. SmallShop.Lines, "1,2025-12-28,0", "2,2025-12-28,0.00"];
        string[] semicolons = [.. SmallShop.Lines.Select(line => line.Replace(',', ';'))];
        string[] tabs = [.. SmallShop.Lines.Select(line => line.Replace(',', '\t'))];
        string[] quoted = [.. SmallShop.Lines.Select(line => string.Join(',', line.Split(',').Select(field => $"\"{field}\"")))];
        string[] blankLines = [.. SmallShop.Lines.SelectMany(line => new[] { line, "" })];
        string[] moments = [.. SmallShop.Lines.Select((line, i) => i == 0 ? line : line.Insert(line.LastIndexOf(','), "T18:00:00Z"))];
        string[] carriageReturns = [.. SmallShop.Lines.Select(line => line + "\r")];
        string[] marked = ["\uFEFF" + SmallShop.Lines[0], .. SmallShop.Lines[1..]];
        string[] metadata = ["# crm: currency=USD; zone=UTC", .. SmallShop.Lines];
        string[] spaced = [.. SmallShop.Lines.Select((line, i) => i == 0 ? line : "\" " + line.Replace(",", " \",", StringComparison.Ordinal)[..(line.IndexOf(',') + 3)] + line[(line.IndexOf(',') + 1)..])];
        string[] carriageReturnsOnly = [string.Join('\r', ["# crm: zone=UTC", .. SmallShop.Lines])];
        string[] otherColumns = [.. SmallShop.Lines.Select((line, i) => i == 0 ? line + ",note" : line + ",\"a, b\"")];
        string expected = Customers(tool, "plain", SmallShop.Lines);
        Assert.NotEqual(expected, Customers(tool, "zero", zeroAmounts));
        foreach (var (name, lines) in new[]
        {
            ("semicolons", semicolons), ("tabs", tabs), ("quoted", quoted), ("blank", blankLines), ("moments", moments), ("cr", carriageReturns),
            ("spaced", spaced), ("cr only", carriageReturnsOnly), ("mark", marked), ("metadata", metadata), ("other", otherColumns),
        })
        {
            string found = Customers(tool, name, lines);
            Assert.True(WithoutMetadata(expected) == WithoutMetadata(found), name);
        }
    }

    private static string WithoutMetadata(string csv) => csv[csv.IndexOf('\n', StringComparison.Ordinal)..];

    private static string Customers(Tool tool, string name, string[] lines)
    {
        string folder = tool.At(string.Create(CultureInfo.InvariantCulture, $"out-{name}"));
        var run = tool.Run("analyze", tool.File(name + ".csv", lines), "-o", folder);
        Assert.True(run.ExitCode == 0, $"{name}: {run}");
        return File.ReadAllText(Path.Combine(folder, "customers.csv"));
    }
}
