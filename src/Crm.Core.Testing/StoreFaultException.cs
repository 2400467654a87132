namespace Crm.Core.Testing;

/// <summary>What a faulty store throws where its plan says so.</summary>
public sealed class StoreFaultException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="StoreFaultException"/> class.</summary>
    /// <param name="call">The call that failed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> is null.</exception>
    public StoreFaultException(StoreCall call)
        : base($"The fault plan has {(call ?? throw new ArgumentNullException(nameof(call))).Member} fail: {call.Fault}.") => Call = call;

    /// <summary>Gets the call that failed.</summary>
    public StoreCall Call { get; }
}
