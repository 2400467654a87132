namespace Crm.Core.Testing;

/// <summary>How many random sequences of operations are tried on a store, and which.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SequenceOptions
{
    private readonly int _sequences = 25;
    private readonly int _length = 40;
    private readonly int _workers = 1;

    /// <summary>Gets the seed of the first sequence; each next one has the next number. 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets how many sequences are tried, each on a new store; 1 or more, 25 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Sequences
    {
        get => _sequences;
        init => _sequences = AtLeastOne(value, nameof(Sequences));
    }

    /// <summary>Gets how many steps a sequence has; 1 or more, 40 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Length
    {
        get => _length;
        init => _length = AtLeastOne(value, nameof(Length));
    }

    /// <summary>
    /// Gets how many sequences run at once on one store, each with ids of its own and held against a model of its own; 1 by default: one
    /// after another. More of them ask the store for <see cref="StoreCapabilities.Concurrency"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Workers
    {
        get => _workers;
        init => _workers = AtLeastOne(value, nameof(Workers));
    }

    private static int AtLeastOne(int value, string name) => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is 1 or more.");
}
