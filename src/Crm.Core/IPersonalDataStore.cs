namespace Crm.Core;

/// <summary>What every store of personal data can do for the person the data are about: show all of it, and remove all of it.</summary>
/// <remarks>
/// Implement it on any store of your own that keeps data by customer, register it as <see cref="IPersonalDataStore"/>, and erasure and
/// export reach it. Members may be called by several threads at once.
/// </remarks>
public interface IPersonalDataStore
{
    /// <summary>Gets the name reports call the store by: "customers", "interactions".</summary>
    string DataName { get; }

    /// <summary>
    /// Removes everything held on a customer, in data about others too where they name the customer. Erasing again, or erasing someone who
    /// was never there, removes nothing and is no error.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the work; what was erased by then may stay erased.</param>
    /// <returns>What the store states was removed.</returns>
    ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Gives everything held on a customer, each item once; nothing where nothing is.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The items, in an order of the store's own.</returns>
    IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken);
}
