using System.Runtime.CompilerServices;
using Crm.Core;
using Crm.Core.Hosting;

namespace Contoso.Customers;

public sealed class SqliteScores(Database database) : IScoreStore
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, version INTEGER NOT NULL, started TEXT NOT NULL, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS scores (run TEXT, customer TEXT, json TEXT NOT NULL, PRIMARY KEY (run, customer)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS scored ON scores (customer);
        """;

    private readonly Database _database = database.With(Tables);

    public string DataName => "scores";

    public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken)
    {
        return new(_database.Write(cancellationToken, sql =>
        {
            sql.Expect("runs", "Run", [(run.Value.Id.ToString(), run.Version)]);
            foreach (CustomerScore score in scores)
            {
                sql.Run("INSERT OR REPLACE INTO scores VALUES ($1, $2, $3)", run.Value.Id.ToString(), score.Customer.ToString(), ScoreJson.Write(score));
            }

            return Put(sql, run.Value);
        }));
    }

    public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken) =>
        new(_database.Read(cancellationToken, sql => sql.Rows(
            "SELECT json, version FROM runs ORDER BY started DESC", row => new Stored<ScoreRun>(ScoreJson.ReadRun(row.GetString(0)), Statements.Version(row.GetInt64(1))))));

    public ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken)
    {
        string? json = _database.Read(cancellationToken, sql => sql.Texts("SELECT json FROM scores WHERE run = $1 AND customer = $2", run.ToString(), customer.ToString()).FirstOrDefault());
        return new(json is null ? null : ScoreJson.ReadScore(json));
    }

    public async IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string last = ""; ;)
        {
            var page = _database.Read(cancellationToken, sql => sql.Texts("SELECT json FROM scores WHERE run = $1 AND customer > $2 ORDER BY customer LIMIT 1000", run.ToString(), last));
            foreach (string json in page)
            {
                CustomerScore score = ScoreJson.ReadScore(json);
                last = score.Customer.ToString();
                yield return score;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            await Task.Yield();
        }
    }

    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        _database.Write(cancellationToken, sql => sql.Run("DELETE FROM scores WHERE run = $1; DELETE FROM runs WHERE id = $1", run.ToString()));
        return default;
    }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        return new(_database.Erase(cancellationToken, sql =>
        {
            string id = customer.ToString();
            foreach (string json in sql.Texts("SELECT json FROM runs WHERE id IN (SELECT run FROM scores WHERE customer = $1)", id))
            {
                ScoreRun run = ScoreJson.ReadRun(json);
                Put(sql, run with { ErasedSince = run.ErasedSince + 1 });
            }

            return new ErasureStatement { Store = DataName, Removed = sql.Run("DELETE FROM scores WHERE customer = $1", id) };
        }));
    }

    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (HeldData score in _database.Read(cancellationToken, sql => sql.Rows(
            "SELECT run, json FROM scores WHERE customer = $1", row => new HeldData("score of run " + row.GetString(0), row.GetString(1)), customer.ToString())))
        {
            yield return score;
        }
    }

    private static StoreVersion Put(Statements sql, ScoreRun run)
    {
        long version = sql.NextVersion();
        sql.Run("INSERT OR REPLACE INTO runs VALUES ($1, $2, $3, $4)", run.Id.ToString(), version, Database.Key(run.StartedAt), ScoreJson.Write(run));
        return Statements.Version(version);
    }
}
