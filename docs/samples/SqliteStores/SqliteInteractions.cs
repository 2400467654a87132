using System.Runtime.CompilerServices;
using Crm.Core;
using Crm.Core.Interactions;

namespace Contoso.Customers;

public sealed class SqliteInteractions(Database database) : IInteractionStore
{
    // The states that take the place of i: corrections instead of the original, of these the one recorded last (Interaction.Supersedes).
    private const string Later = "c.original = i.original AND c.corrects IS NOT NULL AND c.id <> i.id AND (i.corrects IS NULL OR (c.recorded, c.id) > (i.recorded, i.id))";

    public string DataName => "interactions";

    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        return new(database.Write(cancellationToken, sql =>
        {
            var (otherwise, chained, appended) = (new List<InteractionId>(), new List<InteractionId>(), 0);
            foreach (Interaction interaction in interactions)
            {
                if (All(sql, "WHERE id = $1", interaction.Id.ToString()).FirstOrDefault() is { } known)
                {
                    otherwise.AddRange(known.SaysTheSameAs(interaction) ? [] : [interaction.Id]);
                }
                else
                {
                    chained.AddRange(Chained(sql, interaction));
                    Put(sql, interaction);
                    appended++;
                }
            }

            return otherwise.Count + chained.Count > 0
                ? throw new InteractionConflictException([.. otherwise.Distinct()], [.. chained.Distinct()])
                : new AppendResult(appended, interactions.Count - appended);
        }));
    }

    public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken)
    {
        var found = database.Read(cancellationToken, sql => All(
            sql,
            $"""
            AS i WHERE customer = $1 AND at <= $2 AND recorded <= $3 AND kind <> 'Retraction' AND ($4 IS NULL OR at >= $4) AND ($5 IS NULL OR at < $5)
            AND ($6 = '' OR instr($6, ',' || kind || ',') > 0) AND ($7 = '' OR channel = $7) AND ($8 = '' OR thread = $8) AND ($9 IS NULL OR (at, id) < ($9, $10))
            AND NOT EXISTS (SELECT 1 FROM interactions AS c WHERE {Later} AND c.recorded <= $3) ORDER BY at DESC, id DESC LIMIT $11
            """,
            query.Customer.ToString(),
            Database.Key(query.AsOf.TrueAt),
            Database.Key(query.AsOf.KnownAt),
            query.From is { } from ? Database.Key(from) : null,
            query.Before is { } before ? Database.Key(before) : null,
            query.Kinds.Count == 0 ? "" : $",{string.Join(',', query.Kinds)},",
            query.Channel == Channel.None ? "" : query.Channel.ToString(),
            query.Thread == ThreadId.None ? "" : query.Thread.ToString(),
            query.After is { } after ? Database.Key(after.At) : null,
            query.After?.Id.ToString(),
            query.Limit + 1)); // one more, to know whether something follows
        Interaction[] page = [.. found.Take(query.Limit)];
        return new(new InteractionPage(page, found.Count > query.Limit ? new PageEnd(page[^1].At, page[^1].Id) : null));
    }

    public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) =>
        new(database.Read(cancellationToken, sql => All(sql, "WHERE original = $1 ORDER BY corrects IS NOT NULL, recorded, id", original.ToString())));

    // One writer at a time numbers and commits, so the numbers come to light in their order.
    public async IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long last = after == StorePosition.Start ? 0 : long.Parse(after.ToString(), System.Globalization.CultureInfo.InvariantCulture); ;)
        {
            var page = database.Read(cancellationToken, sql => sql.Rows("SELECT position, json FROM interactions WHERE position > $1 ORDER BY position LIMIT 1000", row => (row.GetInt64(0), row.GetString(1)), last));
            foreach (var (position, json) in page)
            {
                yield return new(InteractionJson.Read(json), StorePosition.Of(FormattableString.Invariant($"{last = position}")));
            }

            if (page.Count == 0)
            {
                yield break;
            }

            await Task.Yield();
        }
    }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => new(database.Erase(cancellationToken, sql =>
    {
        string id = customer.ToString();
        int removed = sql.Run($"DELETE FROM interactions AS i WHERE customer = $1 OR EXISTS (SELECT 1 FROM interactions AS c WHERE c.customer = $1 AND {Later})", id);
        var others = All(sql, "WHERE named = $1", id);
        others.ForEach(other => sql.Run("UPDATE interactions SET named = '', json = $2 WHERE id = $1", other.Id.ToString(), InteractionJson.Write(other.WithoutMentionOf(customer))));
        return new ErasureStatement { Store = DataName, Removed = removed, Redacted = others.Count };
    }));

    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (string json in database.Read(cancellationToken, sql => sql.Texts("SELECT json FROM interactions WHERE customer = $1", customer.ToString())))
        {
            yield return new("interaction", json);
        }

        foreach (string id in database.Read(cancellationToken, sql => sql.Texts("SELECT id FROM interactions WHERE named = $1 AND customer <> $1", customer.ToString())))
        {
            yield return new("named by another interaction", System.Text.Json.JsonSerializer.Serialize(id));
        }
    }

    private static List<Interaction> All(Statements sql, string where, params ReadOnlySpan<object?> values) =>
        sql.Rows("SELECT json FROM interactions " + where, row => InteractionJson.Read(row.GetString(0)), values);

    private static IEnumerable<InteractionId> Chained(Statements sql, Interaction interaction) => interaction.Corrects == InteractionId.None ? [] :
    [
        .. interaction.Corrects == interaction.Id ? [interaction.Id] : (InteractionId[])[],
        .. sql.Texts("SELECT id FROM interactions WHERE id = $1 AND corrects IS NOT NULL", interaction.Corrects.ToString()).Select(_ => interaction.Id),
        .. sql.Texts("SELECT id FROM interactions WHERE corrects = $1", interaction.Id.ToString()).Select(InteractionId.Of),
    ];

    private static void Put(Statements sql, Interaction interaction) => sql.Run(
        "INSERT INTO interactions (id, customer, at, recorded, original, corrects, kind, channel, thread, named, json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        interaction.Id.ToString(),
        interaction.Customer.ToString(),
        Database.Key(interaction.At),
        Database.Key(interaction.RecordedAt),
        interaction.Original.ToString(),
        interaction.Corrects == InteractionId.None ? null : interaction.Corrects.ToString(),
        interaction.Kind.ToString(),
        interaction.Channel.ToString(),
        interaction.Thread.ToString(),
        interaction.Detail.NamedCustomer == CustomerId.None ? "" : interaction.Detail.NamedCustomer.ToString(),
        InteractionJson.Write(interaction));
}
