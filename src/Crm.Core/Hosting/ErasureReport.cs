namespace Crm.Core.Hosting;

/// <summary>What became of the erasure of a person: store by store, what each states and what was found afterwards.</summary>
/// <remarks>
/// <para>
/// It speaks of what the stores keep by the person's id. Free text about others, such as the note of a call with a neighbour, may name the
/// person too, and no store finds that: before the erasure, take the names and the contact points from what <see cref="CustomerExport"/>
/// writes, search your own texts for them, and change what you find in your own storage (a correction hides the text before, and keeps it).
/// </para>
/// <para>Of the person it holds the id only, without which nobody could say whose erasure it was. Immutable and thread-safe.</para>
/// </remarks>
public sealed record ErasureReport
{
    private readonly IReadOnlyList<StoreErasure> _stores = ValueList<StoreErasure>.None;

    /// <summary>Gets who was erased.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Gets the stores, in the order they were erased from: <see cref="StoredHistories"/> first, the others as they were registered.</summary>
    /// <exception cref="ArgumentException">The list or one of its items is null.</exception>
    public required IReadOnlyList<StoreErasure> Stores
    {
        get => _stores;
        init => _stores = ValueList<StoreErasure>.Of(value, nameof(Stores));
    }

    /// <summary>Gets a value indicating whether nothing is left in any store; else erase again when what failed is mended.</summary>
    public bool IsComplete => Stores.All(store => store.IsComplete);

    /// <summary>Gives the report in words, a line for each store, and what no store could erase.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => string.Join('\n',
    [
        IsComplete ? $"Customer {Customer} is erased from all {FormattableString.Invariant($"{Stores.Count}")} stores."
            : $"Customer {Customer} is not wholly erased. Mend what failed and erase again: what is gone stays gone.",
        .. Stores.Select(store => store.ToString()),
        "Free text about others, such as notes of their interactions, may still name the person: no store can find that. Search it for the names that were exported before the erasure.",
        "Backups, logs and files of the host are the host's to erase: no store knows of them.",
    ]);
}
