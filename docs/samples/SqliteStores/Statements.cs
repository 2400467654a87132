using Crm.Core;
using Microsoft.Data.Sqlite;

namespace Contoso.Customers;

/// <summary>Statements of one transaction; values stand in place of $1, $2, and so on.</summary>
public sealed class Statements(SqliteConnection connection, SqliteTransaction? transaction)
{
    /// <summary>Runs a statement and gives how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Gives the rows of a query.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(sql, values);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Gives the texts of the first column.</summary>
    public List<string> Texts(string sql, params ReadOnlySpan<object?> values) => Rows(sql, row => row.GetString(0), values);

    /// <summary>Gives a version that was never given before.</summary>
    public long NextVersion() => Rows("INSERT INTO versions DEFAULT VALUES RETURNING number", row => row.GetInt64(0))[0];

    /// <summary>Refuses to save what is not in the version that was seen.</summary>
    public void Expect(string table, string what, IEnumerable<(string Id, StoreVersion Seen)> changes)
    {
        foreach (var (id, seen) in changes)
        {
            StoreVersion found = Rows($"SELECT version FROM {table} WHERE id = $1", row => Version(row.GetInt64(0)), id).FirstOrDefault();
            if (found != seen)
            {
                throw new ConcurrencyConflictException($"{what} {id}", seen, found);
            }
        }
    }

    public static StoreVersion Version(long number) => StoreVersion.Of(FormattableString.Invariant($"{number}"));

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        SqliteCommand command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        for (int place = 0; place < values.Length; place++)
        {
            command.Parameters.AddWithValue(FormattableString.Invariant($"${place + 1}"), values[place] ?? DBNull.Value);
        }

        return command;
    }
}
