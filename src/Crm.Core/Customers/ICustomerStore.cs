namespace Crm.Core.Customers;

/// <summary>Where customers are kept. A host implements it over its own storage.</summary>
/// <remarks>
/// <para>
/// A customer is a whole value: it is saved and found as it is, fact for fact in the same order (<see cref="CustomerJson"/> makes one text of it). A store neither checks nor changes it.
/// </para>
/// <para>
/// Every member may be called by several threads at once. A save that has returned is seen by every read that begins after it. A token
/// that is cancelled beforehand makes every member throw <see cref="OperationCanceledException"/> and change nothing. Ids and keys are
/// compared ordinally: a database with another collation compares again. Nothing is written to a log that holds more of a customer than the id.
/// </para>
/// </remarks>
public interface ICustomerStore : IPersonalDataStore
{
    /// <summary>Finds one customer.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The customer with its version, or null where there is none.</returns>
    ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken);

    /// <summary>Finds who has a contact point or another system's id: a telephone number will do. Several may share one.</summary>
    /// <param name="key">The key, one of the customer's <see cref="Customer.Keys"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ids, each once, in the order of ids; empty where nobody has it.</returns>
    ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Saves customers, all of them or none: what must change together (two people and the account that moves between them) is given together.
    /// </summary>
    /// <param name="changes">The customers, each once, each with the version that was seen, <see cref="StoreVersion.None"/> for a new one.</param>
    /// <param name="cancellationToken">Stops the work before anything is saved, or not at all.</param>
    /// <returns>The new versions, one for each change in its place, none of them given before for that customer.</returns>
    /// <exception cref="ConcurrencyConflictException">A stored version is not the one that was seen. Nothing is saved.</exception>
    /// <exception cref="ArgumentException">A customer stands twice in the changes. Nothing is saved.</exception>
    ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken);

    /// <summary>Gives every customer once, in an order of the store's own; one saved meanwhile as it was before or after.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The customers with their versions.</returns>
    IAsyncEnumerable<Stored<Customer>> ReadAllAsync(CancellationToken cancellationToken);
}
