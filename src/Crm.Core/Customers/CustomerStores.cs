namespace Crm.Core.Customers;

/// <summary>What every customer store can do, whatever it is made of.</summary>
public static class CustomerStores
{
    private const int Tries = 20;

    /// <summary>Reads a customer, changes it and saves it; again where someone else saved in between.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The customer's id.</param>
    /// <param name="change">
    /// Makes the new state of the old one, null where the customer is new. It may be called several times, and keeps all that was recorded
    /// (<see cref="Customer.Continues"/>).
    /// </param>
    /// <param name="cancellationToken">Stops the work before anything is saved, or not at all.</param>
    /// <returns>The customer as it was saved.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The new state is of another id or leaves out what was recorded. Nothing is saved.</exception>
    /// <exception cref="ConcurrencyConflictException">Others saved in between 20 times running.</exception>
    public static async ValueTask<Stored<Customer>> UpdateAsync(
        this ICustomerStore store, CustomerId id, Func<Customer?, Customer> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        for (int left = Tries; ; left--)
        {
            Stored<Customer>? found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
            Customer changed = change(found?.Value) ?? throw new ArgumentException("The change gave no customer.", nameof(change));
            if (changed.Id != id || (found is not null && !changed.Continues(found.Value)))
            {
                throw new ArgumentException(
                    $"The change of customer {id} leaves out what was recorded. Add, end and retract facts, and erase through the store.", nameof(change));
            }

            if (found is not null && ReferenceEquals(changed, found.Value))
            {
                return found; // nothing to save
            }

            try
            {
                var versions = await store.SaveAsync([new(changed, found?.Version ?? StoreVersion.None)], cancellationToken).ConfigureAwait(false);
                return new(changed, versions[0]);
            }
            catch (ConcurrencyConflictException) when (left > 1)
            {
                // Someone else was faster; what they saved is read now.
            }
        }
    }
}
