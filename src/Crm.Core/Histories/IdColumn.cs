namespace Crm.Core.Histories;

/// <summary>Who bought, row by row, however that is given.</summary>
internal abstract class IdColumn
{
    internal abstract int Count { get; }

    /// <summary>Whether a row has an id.</summary>
    internal abstract bool IsId(int row);

    /// <summary>Whether each row has an id, from one to another.</summary>
    internal abstract bool AreIds(int from, int to);

    /// <summary>What a row has instead of an id, for messages.</summary>
    internal abstract FormattableString Found(int row);

    /// <summary>Gives the short ids of rows one after another; the default value where an id is longer.</summary>
    internal abstract void Read(int firstRow, Span<ShortId> keys);

    /// <summary>The text of a row's id.</summary>
    /// <param name="row">The row, which has an id.</param>
    /// <param name="room">Room for the longest id.</param>
    internal abstract ReadOnlySpan<char> TextAt(int row, Span<char> room);

    /// <summary>The id of a row for keeping; none where the short one is enough.</summary>
    internal abstract CustomerId IdAt(int row, ShortId key);
}
