using System.Runtime.CompilerServices;
using Crm.Core;
using Crm.Core.Customers;

namespace Contoso.Customers;

public sealed class SqliteCustomers(Database database) : ICustomerStore, ICustomerReferences
{
    public string DataName => "customers";

    public ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken) =>
        new(database.Read(cancellationToken, sql => All(sql, "WHERE id = $1", id.ToString()).FirstOrDefault()));

    public ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken) =>
        new([.. database.Read(cancellationToken, sql => sql.Texts("SELECT id FROM customer_keys WHERE key = $1", key.ToString())).Select(CustomerId.Of).Order()]);

    public ValueTask<IReadOnlyList<CustomerId>> FindNamingAsync(CustomerId named, CancellationToken cancellationToken) =>
        new([.. database.Read(cancellationToken, sql => sql.Texts("SELECT id FROM customer_mentions WHERE named = $1", named.ToString())).Select(CustomerId.Of).Order()]);

    public ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken)
    {
        if (changes.DistinctBy(change => change.Value.Id).Count() < changes.Count)
        {
            throw new ArgumentException("A customer stands twice in the changes.", nameof(changes));
        }

        return new(database.Write<IReadOnlyList<StoreVersion>>(cancellationToken, sql =>
        {
            sql.Expect("customers", "Customer", changes.Select(change => (change.Value.Id.ToString(), change.Version)));
            return [.. changes.Select(change => Put(sql, change.Value))];
        }));
    }

    public async IAsyncEnumerable<Stored<Customer>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Page after page: a base does not fit in memory, and a reader that waits must hold up no writer.
        for (var page = Page(""); page.Count > 0; page = Page(page[^1].Value.Id.ToString()))
        {
            foreach (Stored<Customer> customer in page)
            {
                yield return customer;
            }

            await Task.Yield();
        }

        List<Stored<Customer>> Page(string last) => database.Read(cancellationToken, sql => All(sql, "WHERE id > $1 ORDER BY id LIMIT 1000", last));
    }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => new(database.Erase(cancellationToken, sql =>
    {
        int removed = Take(sql, customer.ToString());
        var others = Naming(sql, customer);
        others.ForEach(other => Put(sql, other.WithoutMentionOf(customer)));
        return new ErasureStatement { Store = DataName, Removed = removed, Redacted = others.Count };
    }));

    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await FindAsync(customer, cancellationToken).ConfigureAwait(false) is { } own)
        {
            yield return new("customer", CustomerJson.Write(own.Value));
        }

        foreach (Customer other in database.Read(cancellationToken, sql => Naming(sql, customer)))
        {
            yield return new("named by another customer", CustomerJson.Write(other with { Facts = [.. other.Facts.Where(fact => fact.NamedCustomer == customer)] }));
        }
    }

    private static List<Stored<Customer>> All(Statements sql, string where, params ReadOnlySpan<object?> values) => sql.Rows(
        "SELECT json, version FROM customers " + where, row => new Stored<Customer>(CustomerJson.Read(row.GetString(0)), Statements.Version(row.GetInt64(1))), values);

    private static List<Customer> Naming(Statements sql, CustomerId named) => [.. All(
        sql, "WHERE id IN (SELECT id FROM customer_mentions WHERE named = $1) AND id <> $1", named.ToString()).Select(other => other.Value)];

    private static StoreVersion Put(Statements sql, Customer customer)
    {
        string id = customer.Id.ToString();
        Take(sql, id);
        long version = sql.NextVersion();
        sql.Run("INSERT INTO customers VALUES ($1, $2, $3)", id, version, CustomerJson.Write(customer));
        foreach (CustomerKey key in customer.Keys)
        {
            sql.Run("INSERT INTO customer_keys VALUES ($1, $2)", key.ToString(), id);
        }

        foreach (CustomerId named in customer.NamedCustomers)
        {
            sql.Run("INSERT INTO customer_mentions VALUES ($1, $2)", named.ToString(), id);
        }

        return Statements.Version(version);
    }

    private static int Take(Statements sql, string id)
    {
        sql.Run("DELETE FROM customer_keys WHERE id = $1; DELETE FROM customer_mentions WHERE id = $1", id);
        return sql.Run("DELETE FROM customers WHERE id = $1", id);
    }
}
