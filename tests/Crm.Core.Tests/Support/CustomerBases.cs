using System.Globalization;
using Crm.Core.Histories;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Tests.Support;

/// <summary>The customer bases of <see cref="SharedData"/>, as the reference fits saw them. Each is read once.</summary>
internal static class CustomerBases
{
    private static readonly Dictionary<string, (string File, string LastDay)> _logs = new()
    {
        ["cdnow"] = ("cdnow_sample.csv", "1997-10-01"),
        ["cdnow-19970930"] = ("cdnow_sample.csv", "1997-09-30"),
        ["cdnow-full"] = ("cdnow_sample.csv", "1998-06-30"),
        ["cdnow-master-19970930"] = ("cdnow_master.csv", "1997-09-30"),
        ["apparel"] = ("apparel_transactions.csv", "2006-12-31"),
    };

    private static readonly Dictionary<string, Lazy<PurchaseHistories>> _bases = _logs.Keys
        .ToDictionary(name => name, name => new Lazy<PurchaseHistories>(() => Log(name).Build(Calibration(name))))
        .Append(new("cdnow-summary", new(() => FromSummary("cdnow_summary_spend.csv"))))
        .ToDictionary();

    internal static PurchaseHistories Get(string name) => _bases[name].Value;

    /// <summary>The purchases behind a base, those after its calibration too, in weeks.</summary>
    internal static PurchaseHistoryBuilder Log(string name)
    {
        var (columns, rows) = Read(_logs[name].File);
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        foreach (string[] row in rows)
        {
            builder.Add(
                CustomerId.Of(row[columns["customer_id"]]),
                Day(row[columns["date"]]),
                decimal.Parse(row[columns["amount"]], CultureInfo.InvariantCulture));
        }

        return builder;
    }

    /// <summary>The calibration of a base.</summary>
    internal static Window Calibration(string name) => Window.Through(Day(_logs[name].LastDay));

    /// <summary>A file of x, t_x, T and perhaps m_x by customer, in weeks.</summary>
    internal static PurchaseHistories FromSummary(string file)
    {
        var (columns, rows) = Read(file);
        double[] Numbers(string column) => [.. rows.Select(row => double.Parse(row[columns[column]], CultureInfo.InvariantCulture))];
        return PurchaseHistories.FromColumns(
            new()
            {
                Ids = [.. rows.Select(row => CustomerId.Of(row[columns["customer_id"]]))],
                Frequency = [.. Numbers("x").Select(x => (int)x)],
                Recency = Numbers("t_x"),
                Age = Numbers("T"),
                MeanSpend = columns.ContainsKey("m_x") ? Numbers("m_x") : null,
            },
            new() { Unit = TimeUnit.Week });
    }

    private static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    private static (Dictionary<string, int> Columns, List<string[]> Rows) Read(string file)
    {
        string[] lines = File.ReadAllLines(SharedData.Data(file));
        var columns = lines[0].Split(',').Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        return (columns, [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))]);
    }
}
