namespace Crm.Core.Benefits;

/// <summary>The segment of each row, as the index that <see cref="WeightBook.IndexOf"/> gives, over the caller's own memory.</summary>
/// <remarks>
/// Bytes are read fastest and hold books of up to 255 segments; their arrays and spans convert by themselves, as do those of whole
/// numbers.
/// </remarks>
public readonly ref struct SegmentColumn
{
    // Its complement, so that the default value has no index for all.
    private readonly int _sameComplement;

    private SegmentColumn(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> numbers, int same)
    {
        Bytes = bytes;
        Numbers = numbers;
        _sameComplement = ~same;
    }

    internal ReadOnlySpan<byte> Bytes { get; }

    internal ReadOnlySpan<int> Numbers { get; }

    /// <summary>Gets the index that all rows share, or −1 where each has its own.</summary>
    internal int SameIndex => ~_sameComplement;

    /// <summary>Gets the number of rows it has an index for.</summary>
    internal int Length => Math.Max(Bytes.Length, Numbers.Length);

    /// <summary>Makes the column of rows that are all in one segment.</summary>
    /// <param name="index">The index of the segment.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is below 0.</exception>
    public static SegmentColumn Same(int index) => new([], [], Guard.NotNegative(index));

    /// <summary>Makes a column of indices.</summary>
    /// <param name="indices">One index a row.</param>
    /// <returns>The column.</returns>
    public static SegmentColumn Of(ReadOnlySpan<byte> indices) => new(indices, [], -1);

    /// <summary>Makes a column of indices.</summary>
    /// <param name="indices">One index a row.</param>
    /// <returns>The column.</returns>
    public static SegmentColumn Of(ReadOnlySpan<int> indices) => new([], indices, -1);

    /// <summary>Makes a column of indices.</summary>
    /// <param name="indices">One index a row.</param>
    /// <returns>The column.</returns>
    public static implicit operator SegmentColumn(ReadOnlySpan<byte> indices) => Of(indices);

    /// <summary>Makes a column of indices.</summary>
    /// <param name="indices">One index a row.</param>
    /// <returns>The column.</returns>
    public static implicit operator SegmentColumn(ReadOnlySpan<int> indices) => Of(indices);

    /// <summary>Makes a column of indices.</summary>
    /// <param name="indices">One index a row.</param>
    /// <returns>The column.</returns>
    public static implicit operator SegmentColumn(byte[] indices) => Of(indices.AsSpan());

    /// <summary>Makes a column of indices.</summary>
    /// <param name="indices">One index a row.</param>
    /// <returns>The column.</returns>
    public static implicit operator SegmentColumn(int[] indices) => Of(indices.AsSpan());
}
