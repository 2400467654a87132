using Crm.Core.Customers;

namespace Crm.Core.Testing.Sequences;

/// <summary>What a customer store should hold: lists, looked through from end to end for every answer.</summary>
internal sealed class CustomerModel
{
    /// <summary>Gets every version that was ever given, the last of a customer being the one that holds.</summary>
    internal List<(CustomerId Id, StoreVersion Version)> Versions { get; } = [];

    internal List<Customer> Customers { get; } = [];

    internal Customer? Find(CustomerId id) => Customers.SingleOrDefault(customer => customer.Id == id);

    internal StoreVersion Held(CustomerId id) => Find(id) is null ? StoreVersion.None : Versions.Last(one => one.Id == id).Version;

    /// <summary>Gives a version that held before, none where there was no other.</summary>
    internal StoreVersion Old(CustomerId id) => Versions.Where(one => one.Id == id && one.Version != Held(id)).Select(one => one.Version).FirstOrDefault();

    internal void Put(Customer customer, StoreVersion version)
    {
        Customers.RemoveAll(other => other.Id == customer.Id);
        Customers.Add(customer);
        Versions.Add((customer.Id, version));
    }

    internal IReadOnlyList<CustomerId> ByKey(CustomerKey key) =>
        [.. Customers.Where(customer => customer.Facts.Any(fact => fact is ContactPoint point && point.Dates.RetractedAt is null && point.Key == key)).Select(customer => customer.Id).Order()];

    internal IReadOnlyList<Customer> Naming(CustomerId other) => [.. Customers.Where(customer => customer.Id != other && customer.Facts.Any(fact => fact.NamedCustomer == other))];

    internal IEnumerable<CustomerId> Referring(CustomerId other) => Customers.Where(customer => customer.Facts.Any(fact => fact.NamedCustomer == other)).Select(customer => customer.Id);
}
