namespace Crm.Core.Hosting;

/// <summary>What one store states it removed of a person, and what was found when it was read again.</summary>
/// <remarks>It holds numbers and names of types only, nothing of the person. Immutable and thread-safe.</remarks>
public sealed record StoreErasure
{
    /// <summary>Gets the store's <see cref="IPersonalDataStore.DataName"/>.</summary>
    public required string Store { get; init; }

    /// <summary>Gets what the store states; null where it threw instead.</summary>
    public ErasureStatement? Statement { get; init; }

    /// <summary>Gets how many items were found when the store was read again; 0 as it should be, null where it could not be read.</summary>
    public long? Found { get; init; }

    /// <summary>Gets what went wrong: the step, and the type of the exception, whose message may be personal; null where nothing did.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets a value indicating whether the store erased, was read again, and nothing was found.</summary>
    public bool IsComplete => Statement is not null && Found == 0 && Fault is null;

    /// <summary>Gives the outcome in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() =>
        Store + ": "
        + (Statement is null ? "" : FormattableString.Invariant($"states that it removed {Statement.Removed} and redacted {Statement.Redacted}; "))
        + (Found is { } found ? found == 0 ? "read again, nothing was found" : FormattableString.Invariant($"read again, {found} were found") : "could not be read again")
        + (Fault is null ? "" : "; " + Fault)
        + (Statement?.Remaining is { } remaining ? "; it leaves to others: " + remaining : "");
}
