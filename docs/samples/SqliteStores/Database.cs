using Crm.Core;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Contoso.Customers;

/// <summary>One SQLite file: its tables, and a short way to run a statement.</summary>
public sealed class Database
{
    private const string Tables = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS versions (number INTEGER PRIMARY KEY AUTOINCREMENT);
        CREATE TABLE IF NOT EXISTS customers (id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS customer_keys (key TEXT, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS customer_mentions (named TEXT, id TEXT, PRIMARY KEY (named, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS interactions (
            position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, customer TEXT NOT NULL, at TEXT NOT NULL, recorded TEXT NOT NULL,
            original TEXT NOT NULL, corrects TEXT, kind TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL, named TEXT NOT NULL, json TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS timeline ON interactions (customer, at, id);
        CREATE INDEX IF NOT EXISTS states ON interactions (original);
        CREATE INDEX IF NOT EXISTS mentions ON interactions (named) WHERE named <> '';
        """;

    private readonly string _connection;

    public Database(string file)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();
        With(Tables);
    }

    /// <summary>Makes tables that are not there yet.</summary>
    public Database With(string tables)
    {
        using SqliteConnection connection = Open();
        new Statements(connection, null).Run(tables);
        return this;
    }

    /// <summary>Reads, from one moment of the database.</summary>
    public T Read<T>(CancellationToken cancellationToken, Func<Statements, T> work)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        return work(new(connection, transaction));
    }

    /// <summary>Writes all or nothing; other writers wait.</summary>
    public T Write<T>(CancellationToken cancellationToken, Func<Statements, T> work)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        T result = work(new(connection, transaction));
        transaction.Commit();
        return result;
    }

    /// <summary>Writes, and empties the write-ahead log, in which what is erased still stands. Only a reader who takes long keeps it from that.</summary>
    public ErasureStatement Erase(CancellationToken cancellationToken, Func<Statements, ErasureStatement> work)
    {
        ErasureStatement statement = Write(cancellationToken, work);
        using SqliteConnection connection = Open();
        bool isRead = new Statements(connection, null).Rows("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetBoolean(0))[0];
        return statement with { Remaining = "backups of the database file" + (isRead ? "; and the write-ahead log, which another reads: erase again" : "") };
    }

    /// <summary>A text whose order is that of the moments, to the nanosecond and for every year.</summary>
    public static string Key(Instant moment)
    {
        Duration since = moment - NodaConstants.UnixEpoch;
        long nanoseconds = since.NanosecondOfDay;
        long days = since.Days - (nanoseconds < 0 ? 1 : 0);
        return FormattableString.Invariant($"{days + 9_000_000:D8}{(nanoseconds < 0 ? nanoseconds + NodaConstants.NanosecondsPerDay : nanoseconds):D14}");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        new Statements(connection, null).Run("PRAGMA secure_delete = ON; PRAGMA busy_timeout = 1000"); // what is deleted or written over becomes zeros
        return connection;
    }
}
