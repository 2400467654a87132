using Crm.Core.Hosting;
using Crm.Core.Interactions;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>A store that does as another does, but for what is changed in it.</summary>
internal sealed class ChangedInteractionStore : IInteractionStore
{
    internal IInteractionStore Inner { get; init; } = new InMemoryInteractionStore();

    internal Func<IInteractionStore, IReadOnlyList<Interaction>, CancellationToken, Task<AppendResult>> Append { get; init; } =
        async (inner, interactions, token) => await inner.AppendAsync(interactions, token);

    internal Func<IInteractionStore, InteractionQuery, CancellationToken, Task<InteractionPage>> Read { get; init; } = async (inner, query, token) => await inner.ReadAsync(query, token);

    internal Func<IInteractionStore, InteractionId, CancellationToken, Task<IReadOnlyList<Interaction>>> ReadStates { get; init; } =
        async (inner, original, token) => await inner.ReadStatesAsync(original, token);

    internal Func<IInteractionStore, StorePosition, CancellationToken, IAsyncEnumerable<StoredInteraction>> ReadAppended { get; init; } =
        (inner, after, token) => inner.ReadAppendedAsync(after, token);

    internal Func<IInteractionStore, CustomerId, CancellationToken, Task<ErasureStatement>> Erase { get; init; } = async (inner, id, token) => await inner.EraseAsync(id, token);

    internal Func<IInteractionStore, CustomerId, CancellationToken, IAsyncEnumerable<HeldData>> ReadHeld { get; init; } = (inner, id, token) => inner.ReadHeldDataAsync(id, token);

    public string DataName { get; init; } = "interactions";

    /// <summary>Gives a store that changes each interaction before it is kept.</summary>
    internal static ChangedInteractionStore Keeping(Func<Interaction, Interaction> change) => new()
    {
        Append = async (inner, interactions, token) => await inner.AppendAsync([.. interactions.Select(change)], token),
    };

    /// <summary>Gives a store that understands queries otherwise than they are meant.</summary>
    internal static ChangedInteractionStore Asking(Func<InteractionQuery, InteractionQuery> change) => new()
    {
        Read = async (inner, query, token) => await inner.ReadAsync(change(query), token),
    };

    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) => await Append(Inner, interactions, cancellationToken);

    public async ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken) => await Read(Inner, query, cancellationToken);

    public async ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) => await ReadStates(Inner, original, cancellationToken);

    public IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken) => ReadAppended(Inner, after, cancellationToken);

    public async ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => await Erase(Inner, customer, cancellationToken);

    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => ReadHeld(Inner, customer, cancellationToken);
}
