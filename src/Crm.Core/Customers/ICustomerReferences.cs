namespace Crm.Core.Customers;

/// <summary>What a customer store may offer besides: who names a customer in their facts, such as the members of a household or those someone brought.</summary>
/// <remarks>
/// A store that implements it lets a profile show the other side of relations, referrals and moved accounts. Members may be called by
/// several threads at once; a save that has returned is seen by every read that begins after it. A token that is cancelled beforehand makes it
/// throw <see cref="OperationCanceledException"/>.
/// </remarks>
public interface ICustomerReferences
{
    /// <summary>Finds who names a customer (<see cref="Customer.NamedCustomers"/>), whether the fact still holds or not.</summary>
    /// <param name="named">The customer who is named.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ids, each once, in the order of ids; empty where nobody does.</returns>
    ValueTask<IReadOnlyList<CustomerId>> FindNamingAsync(CustomerId named, CancellationToken cancellationToken);
}
