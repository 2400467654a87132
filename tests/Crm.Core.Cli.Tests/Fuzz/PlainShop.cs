using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>Purchases and the histories that they make, worked out the slow and plain way, to hold the tool against.</summary>
internal sealed partial class PlainShop
{
    internal const string Header = "customer_id,date,amount";

    internal List<(string Customer, DateOnly Day, decimal Amount)> Rows { get; private init; } = [];

    /// <summary>A small shop: some customers who came back and some who did not, one day with two purchases, one amount of 0.</summary>
    internal static PlainShop Make()
    {
        var random = new Random(2005);
        var first = new DateOnly(2025, 1, 1);
        var shop = new PlainShop();
        for (int customer = 1; customer <= 60; customer++)
        {
            for (int i = random.Next(1, 7); i > 0; i--)
            {
                shop.Rows.Add((FormattableString.Invariant($"K{customer}"), first.AddDays(random.Next(400)), random.Next(100) / 4m));
            }
        }

        shop.Rows.Add(("K1", first.AddDays(7), 1.25m));
        shop.Rows.Add(("K1", first.AddDays(7), 2.5m));
        shop.Rows.Add(("K2", first.AddDays(9), 0));
        return shop;
    }

    /// <summary>Reads a file where it is as plain as can be, and nothing else; null where it is not, for then nothing is known of it.</summary>
    internal static PlainShop? Read(byte[] bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }

        string[] lines = text.Split('\n');
        if (lines[0] != Header)
        {
            return null;
        }

        var shop = new PlainShop();
        foreach (string line in lines[1..].Where(line => line.Length > 0))
        {
            if (PlainRow().Match(line) is not { Success: true } row
                || !DateOnly.TryParseExact(row.Groups[2].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                return null;
            }

            shop.Rows.Add((row.Groups[1].Value, day, decimal.Parse(row.Groups[3].ValueSpan, CultureInfo.InvariantCulture)));
        }

        return shop.Rows.Count == 0 ? null : shop;
    }

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(
        Header + "\n" + string.Concat(Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Customer},{row.Day:yyyy-MM-dd},{row.Amount}\n"))));

    /// <summary>Holds the file that <c>crm summarize</c> wrote against these purchases.</summary>
    internal void AssertSummary(string path)
    {
        string[] lines = File.ReadAllLines(path);
        DateOnly until = Rows.Max(row => row.Day);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"until={until:yyyy-MM-dd};"), lines[0], StringComparison.Ordinal);
        var expected = Rows.GroupBy(row => row.Customer, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        Assert.Equal(expected.Select(group => group.Key), lines[2..].Select(line => line.Split(',')[0]));
        foreach (var (customer, line) in expected.Zip(lines[2..]))
        {
            DateOnly first = customer.Min(row => row.Day);
            var repeats = customer.Where(row => row.Day != first).ToList();
            int frequency = repeats.Select(row => row.Day).Distinct().Count();
            double[] found = [.. line.Split(',')[1..].Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            Assert.Equal(frequency, found[0]);
            Assert.Equal((customer.Max(row => row.Day).DayNumber - first.DayNumber) / 7.0, found[1]);
            Assert.Equal((until.DayNumber - first.DayNumber) / 7.0, found[2]);
            double mean = frequency == 0 ? 0 : (double)repeats.Sum(row => row.Amount) / frequency;
            Assert.Equal(mean, found[3], 1e-12 * Math.Max(1, mean));
        }
    }

    // Anything from the floor of dates to the clock of the tests, and an amount that a decimal holds without rounding.
    [GeneratedRegex("^([A-Za-z0-9]{1,128}),((?:19[7-9][1-9]|20[01][0-9]|202[0-6])-[0-9]{2}-[0-9]{2}),([0-9]{1,9}(?:\\.[0-9]{1,6})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainRow();
}
