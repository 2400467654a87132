using System.Runtime.CompilerServices;
using Crm.Core;
using Crm.Core.Segments;

namespace Contoso.Customers;

public sealed class SqliteSegments(Database database) : ISegmentStore
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS segments (id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, parent TEXT, words TEXT);
        CREATE TABLE IF NOT EXISTS moves (
            customer TEXT, segment TEXT, entered INTEGER, at TEXT, recorded TEXT, json TEXT NOT NULL,
            PRIMARY KEY (customer, segment, entered, at, recorded)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS members ON moves (segment);
        """;

    private readonly Database _database = database.With(Tables);

    public string DataName => "segments";

    public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken)
    {
        return new(_database.Write(cancellationToken, sql =>
        {
            Segment value = segment.Value;
            sql.Expect("segments", "Segment", [(value.Id.ToString(), segment.Version)]);
            long version = sql.NextVersion();
            sql.Run("INSERT OR REPLACE INTO segments VALUES ($1, $2, $3, $4, $5)", value.Id.ToString(), version, value.Name, value.Parent == SegmentId.None ? null : value.Parent.ToString(), value.Words);
            return Statements.Version(version);
        }));
    }

    public async IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (Stored<Segment> segment in _database.Read(cancellationToken, sql => sql.Rows("SELECT id, name, parent, words, version FROM segments", row => new Stored<Segment>(
            new()
            {
                Id = SegmentId.Of(row.GetString(0)),
                Name = row.GetString(1),
                Parent = row.IsDBNull(2) ? SegmentId.None : SegmentId.Of(row.GetString(2)),
                Words = row.IsDBNull(3) ? null : row.GetString(3),
            },
            Statements.Version(row.GetInt64(4))))))
        {
            yield return segment;
        }
    }

    public ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken) =>
        new(_database.Write(cancellationToken, sql => moves.Sum(move => sql.Run(
            "INSERT OR IGNORE INTO moves VALUES ($1, $2, $3, $4, $5, $6)",
            move.Customer.ToString(), move.Segment.ToString(), move.Entered, Database.Key(move.At), Database.Key(move.RecordedAt), SegmentMoveJson.Write(move)))));

    public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        var moves = All("customer = $1", customer.ToString(), cancellationToken);
        moves.Sort((left, right) => left.IsAfter(right) ? 1 : right.IsAfter(left) ? -1 : 0);
        return new(moves);
    }

    public async IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var deciding = new Dictionary<CustomerId, SegmentMove>();
        foreach (SegmentMove move in All("segment = $1", segment.ToString(), cancellationToken).Where(move => move.Counts(asOf)))
        {
            deciding[move.Customer] = deciding.TryGetValue(move.Customer, out SegmentMove? other) && other.IsAfter(move) ? other : move;
        }

        foreach (SegmentMove member in deciding.Values.Where(move => move.Entered))
        {
            yield return member;
        }
    }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => new(_database.Erase(
        cancellationToken, sql => new() { Store = DataName, Removed = sql.Run("DELETE FROM moves WHERE customer = $1", customer.ToString()) }));

    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (SegmentMove move in await ReadMovesAsync(customer, cancellationToken).ConfigureAwait(false))
        {
            yield return new("segment move", SegmentMoveJson.Write(move));
        }
    }

    private List<SegmentMove> All(string where, string value, CancellationToken cancellationToken) =>
        _database.Read(cancellationToken, sql => sql.Rows("SELECT json FROM moves WHERE " + where, row => SegmentMoveJson.Read(row.GetString(0)), value));
}
