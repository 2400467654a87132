namespace Crm.Core;

/// <summary>A store did not do what its interface promises. The store is at fault, not its caller.</summary>
public sealed class StoreContractException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="StoreContractException"/> class.</summary>
    /// <param name="store">The store: its type's name.</param>
    /// <param name="promise">What its interface promises.</param>
    /// <param name="found">What it did instead, without personal data.</param>
    public StoreContractException(string store, string promise, string found)
        : base($"{store} breaks its contract: {promise} It {found}. Run the conformance kit against it.") => Store = store;

    /// <summary>Gets the store: its type's name.</summary>
    public string Store { get; }
}
