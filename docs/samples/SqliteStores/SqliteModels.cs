using Crm.Core.Hosting;

namespace Contoso.Customers;

public sealed class SqliteModels(Database database) : IModelStore
{
    private const string Tables = "CREATE TABLE IF NOT EXISTS artefacts (run TEXT, name TEXT, content BLOB, PRIMARY KEY (run, name)) WITHOUT ROWID;";

    private readonly Database _database = database.With(Tables);

    public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken)
    {
        _database.Write(cancellationToken, sql => sql.Run(
            "INSERT OR REPLACE INTO artefacts VALUES ($1, $2, $3)", artefact.Run.ToString(), artefact.Name, artefact.Content.ToArray()));
        return default;
    }

    public ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken) =>
        new(_database.Read(cancellationToken, sql => sql.Rows(
            "SELECT content FROM artefacts WHERE run = $1 AND name = $2",
            row => new RunArtefact { Run = run, Name = name, Content = row.GetFieldValue<byte[]>(0) },
            run.ToString(),
            name).FirstOrDefault()));

    public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) =>
        new([.. _database.Read(cancellationToken, sql => sql.Texts("SELECT name FROM artefacts WHERE run = $1", run.ToString())).Order(StringComparer.Ordinal)]);

    public ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken)
    {
        _database.Write(cancellationToken, sql => sql.Run("DELETE FROM artefacts WHERE run = $1 AND name = $2", run.ToString(), name));
        return default;
    }

    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        _database.Write(cancellationToken, sql => sql.Run("DELETE FROM artefacts WHERE run = $1", run.ToString()));
        return default;
    }
}
