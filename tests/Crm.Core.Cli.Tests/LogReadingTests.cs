using System.Globalization;
using System.Text;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Histories;
using CsvHelper;
using NodaTime;

namespace Crm.Core.Cli.Tests;

/// <summary>The short ways of reading and writing give what the long ones give.</summary>
public sealed class LogReadingTests
{
    [Theory]
    [InlineData("12.34")]
    [InlineData("-12.34")]
    [InlineData("0")]
    [InlineData("-0.00")]
    [InlineData("007.10")]
    [InlineData("12.50")]
    [InlineData("123456789012345678")]
    [InlineData("12345678901234567.8")]
    [InlineData("1234567890123456789.01")]
    [InlineData("0.0000000000000001")]
    [InlineData("12.")]
    [InlineData(".5")]
    [InlineData("+5")]
    [InlineData("1e3")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,234")]
    [InlineData("12a")]
    [InlineData("--1")]
    [InlineData(" 1")]
    public void AmountField_AnyText_IsReadAsByTheRuntime(string text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool expected = decimal.TryParse(Encoding.UTF8.GetBytes(text), Styles, CultureInfo.InvariantCulture, out decimal amount);
        Assert.Equal(expected, AmountField.TryRead(Encoding.UTF8.GetBytes(text), out decimal found));
        Assert.Equal(decimal.GetBits(amount), decimal.GetBits(found));
    }

    [Fact]
    public void SummaryLines_IdsOfAllKinds_AreWrittenAsByTheCsvLibrary()
    {
        string[] ids = ["a,b", " x ", "\"q\"", "-1", "=1", "+1", "@x", "é", "C_1.2-3", "a\"b", "line\nbreak", "tab\tbed", "semi;colon", new('"', 128)];
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        foreach (string id in ids)
        {
            builder.Add(CustomerId.Of(id), new(2026, 1, 1), 0.1m);
            builder.Add(CustomerId.Of(id), new(2026, 1, 9), 1234567.89m);
        }

        PurchaseHistories histories = builder.Build(Window.Through(new LocalDate(2026, 1, 31)));
        using var found = new StringWriter();
        SummaryFile.Write(found, histories);
        using var expected = new StringWriter();
        expected.Write(FileMetadata.Format(histories.Frame) + "\n");
        using (var csv = CsvWriter.Create(expected, new() { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteHeader("customer_id", "frequency", "recency", "age", "mean_spend");
            for (int row = 0; row < histories.Count; row++)
            {
                csv.WriteField(histories.Ids[row].ToString());
                csv.WriteField(histories.Frequency[row].ToString(CultureInfo.InvariantCulture));
                csv.WriteField(histories.Recency[row].ToString("R", CultureInfo.InvariantCulture));
                csv.WriteField(histories.Age[row].ToString("R", CultureInfo.InvariantCulture));
                csv.WriteField(histories.MeanSpend[row].ToString("R", CultureInfo.InvariantCulture));
                csv.EndRecord();
            }
        }

        Assert.Equal(expected.ToString().ReplaceLineEndings("\n"), found.ToString().ReplaceLineEndings("\n"));
    }

    // Numbers that come again, before and after others have taken their place.
    [Fact]
    public void NumberTexts_AnyNumbers_AreWrittenAsByTheRuntime()
    {
        double[] special = [0, -0.0, double.MaxValue, -double.MaxValue, double.Epsilon, 1e21, 123456789012345680, double.NaN];
        var texts = new NumberTexts();
        var room = new char[NumberTexts.MostCharacters];
        for (int i = 0; i < 20_000; i++)
        {
            double number = i % 50 < special.Length ? special[i % 50] : (i * 7_919L % 3_001) / 7.0;
            int length = texts.Write(number, room);
            Assert.Equal(number.ToString("R", CultureInfo.InvariantCulture), new string(room, 0, length));
        }
    }

    // More rows than one lot: purchases, and returns, too; and dates that change from row to row.
    [Fact]
    public void Summarize_ManyRows_GivesWhatABuilderGives()
    {
        using var tool = new Tool();
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        var lines = new StringBuilder("customer_id,date,amount\n");
        LocalDate first = new(2025, 1, 1);
        for (int i = 0; i < 200_000; i++)
        {
            CustomerId id = CustomerId.Of($"C{(i * 7_919L) % 20_011:00000}");
            LocalDate day = first.PlusDays((int)((i * 31L) % 300));
            decimal amount = ((i % 1_000) + 1) / 100m;
            bool isReturn = i % 3 == 2;
            lines.Append(CultureInfo.InvariantCulture, $"{id},{day:uuuu-MM-dd},{(isReturn ? -amount : amount)}\n");
            if (isReturn)
            {
                builder.AddReturn(id, day, amount);
            }
            else
            {
                builder.Add(id, day, amount);
            }
        }

        string path = tool.Bytes("log.csv", Encoding.UTF8.GetBytes(lines.ToString()));
        Assert.Equal(0, tool.Run("summarize", path, "--until", "2025-12-31", "-o", tool.At("s.csv")).ExitCode);
        using var expected = new StringWriter { NewLine = "\n" };
        SummaryFile.Write(expected, builder.Build(Window.Through(new(2025, 12, 31))));
        Assert.Equal(expected.ToString(), File.ReadAllText(tool.At("s.csv")));
    }
}
