namespace Crm.Core;

/// <summary>What one store states it removed when a person was erased. It holds numbers only, nothing of the person.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ErasureStatement
{
    private readonly long _removed;
    private readonly long _redacted;

    /// <summary>Gets the store's <see cref="IPersonalDataStore.DataName"/>.</summary>
    public required string Store { get; init; }

    /// <summary>Gets how many items were about the person and are gone; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public required long Removed
    {
        get => _removed;
        init => _removed = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Removed), "A number of items is 0 or more.");
    }

    /// <summary>Gets how many items about others named the person and no longer do; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long Redacted
    {
        get => _redacted;
        init => _redacted = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Redacted), "A number of items is 0 or more.");
    }

    /// <summary>Gets what the store cannot remove and who must: "backups of the last 30 days"; null where there is nothing.</summary>
    public string? Remaining { get; init; }
}
