using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Crm.Core.Tests.Segments;

// Another implementation: the window function NTILE of SQLite, where there are no ties and the bins divide the customers.
public sealed class RfmNtileTests
{
    [Theory]
    [InlineData(1_000, 5)]
    [InlineData(999, 9)]
    [InlineData(240, 10)]
    [InlineData(60, 2)]
    public void Score_NoTiesAndEqualBins_AgreesWithNtile(int size, int bins)
    {
        var random = new Random(11);
        int[] order = [.. Enumerable.Range(0, size)];
        RfmBase.Row[] rows = [.. order.Select(i => new RfmBase.Row(RfmBase.Id(i), 0, 0, 0, 1))];
        int[] Shuffled()
        {
            int[] values = [.. order];
            random.Shuffle(values);
            return values;
        }

        int[] days = Shuffled();
        int[] purchases = Shuffled();
        int[] cents = Shuffled();
        rows = [.. rows.Select((row, i) => row with { Days = days[i], Purchases = purchases[i], Money = cents[i] / 100.0 })];
        RfmCut cut = RfmCut.Quantiles(bins);
        RfmTable table = new RfmBase(rows).Score(RfmScheme.Of(cut, cut, cut));
        Assert.Equal(Ntiles(rows, bins), Enumerable.Range(0, size).Select(row => table[row]));
    }

    [Fact]
    public void Score_Ties_StayTogetherWhereNtilePartsThem()
    {
        RfmBase.Row[] rows = [.. Enumerable.Range(0, 10).Select(i => new RfmBase.Row(RfmBase.Id(i), i, i, i < 6 ? 1 : i, 1))];
        int[] ntiles = [.. Ntiles(rows, 5).Select(score => score.Money)];
        int[] ours = [.. new RfmBase(rows).Score(RfmScheme.Quintiles).Money.ToArray().Select(score => (int)score)];
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], ntiles);
        Assert.Equal([1, 1, 1, 1, 1, 1, 2, 3, 4, 5], ours);
    }

    private static List<RfmScore> Ntiles(RfmBase.Row[] rows, int bins)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, "CREATE TABLE base (place INTEGER PRIMARY KEY, days REAL, purchases INTEGER, money REAL)");
        foreach (var (place, row) in rows.Index())
        {
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO base VALUES ($place, $days, $purchases, $money)";
            insert.Parameters.AddWithValue("$place", place);
            insert.Parameters.AddWithValue("$days", row.Days);
            insert.Parameters.AddWithValue("$purchases", row.Purchases);
            insert.Parameters.AddWithValue("$money", row.Money);
            insert.ExecuteNonQuery();
        }

        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = """
            SELECT NTILE($bins) OVER (ORDER BY days DESC, place), NTILE($bins) OVER (ORDER BY purchases, place), NTILE($bins) OVER (ORDER BY money, place)
            FROM base ORDER BY place
            """;
        select.Parameters.AddWithValue("$bins", bins);
        using SqliteDataReader reader = select.ExecuteReader();
        var scores = new List<RfmScore>();
        while (reader.Read())
        {
            scores.Add(new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)));
        }

        return scores;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
