namespace Crm.Core;

/// <summary>Someone else saved in between: the stored version is not the expected one, and nothing was written.</summary>
/// <remarks>Read the value again, apply the change to it, and save that.</remarks>
public sealed class ConcurrencyConflictException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="ConcurrencyConflictException"/> class.</summary>
    /// <param name="what">What was saved, without personal data: "customer 42".</param>
    /// <param name="expected">The version the caller had seen.</param>
    /// <param name="found">The version in the store, <see cref="StoreVersion.None"/> where there is none.</param>
    public ConcurrencyConflictException(string what, StoreVersion expected, StoreVersion found)
        : base($"{what} was saved as version {expected}, but the store holds version {found}. Read it again and apply the change to that.")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the version the caller had seen.</summary>
    public StoreVersion Expected { get; }

    /// <summary>Gets the version in the store, <see cref="StoreVersion.None"/> where there is none.</summary>
    public StoreVersion Found { get; }
}
