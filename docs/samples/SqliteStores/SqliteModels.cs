using System.Runtime.CompilerServices;
using Crm.Core;
using Crm.Core.Hosting;

namespace Contoso.Customers;

public sealed class SqliteModels(Database database) : IModelStore
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS artefacts (run TEXT, name TEXT, personal INTEGER, content BLOB, PRIMARY KEY (run, name)) WITHOUT ROWID;
        """;

    private readonly Database _database = database.With(Tables);

    public string DataName => "models";

    public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken)
    {
        _database.Write(cancellationToken, sql => sql.Run(
            "INSERT OR REPLACE INTO artefacts VALUES ($1, $2, $3, $4)", artefact.Run.ToString(), artefact.Name, artefact.HoldsPersonalData, artefact.Content.ToArray()));
        return default;
    }

    public ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken) =>
        new(_database.Read(cancellationToken, sql => sql.Rows(
            "SELECT personal, content FROM artefacts WHERE run = $1 AND name = $2",
            row => new RunArtefact { Run = run, Name = name, HoldsPersonalData = row.GetBoolean(0), Content = row.GetFieldValue<byte[]>(1) },
            run.ToString(),
            name).FirstOrDefault()));

    public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) =>
        new(_database.Read(cancellationToken, sql => sql.Texts("SELECT name FROM artefacts WHERE run = $1 ORDER BY name", run.ToString())));

    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        _database.Write(cancellationToken, sql => sql.Run("DELETE FROM artefacts WHERE run = $1", run.ToString()));
        return default;
    }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        return new(new ErasureStatement
        {
            Store = DataName,
            Removed = _database.Write(cancellationToken, sql => sql.Run("DELETE FROM artefacts WHERE personal")),
            Remaining = "backups of the database file",
        });
    }

    // What a state of histories holds of a customer follows from the interactions, which are shown.
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        yield break;
    }
}
