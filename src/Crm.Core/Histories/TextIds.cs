namespace Crm.Core.Histories;

/// <summary>Ids as the objects that they are.</summary>
internal sealed class TextIds(ReadOnlyMemory<CustomerId> customers) : IdColumn
{
    internal override int Count => customers.Length;

    internal override bool IsId(int row) => customers.Span[row] != CustomerId.None;

    internal override bool AreIds(int from, int to) => !customers.Span[from..to].Contains(CustomerId.None);

    internal override FormattableString Found(int row) => $"none";

    internal override void Read(int firstRow, Span<ShortId> keys)
    {
        ReadOnlySpan<CustomerId> ids = customers.Span.Slice(firstRow, keys.Length);
        CustomerId.Touch(ids);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ShortId.TryOf(ids[i].ToString(), out ShortId key) ? key : default;
        }
    }

    internal override ReadOnlySpan<char> TextAt(int row, Span<char> room) => customers.Span[row].ToString();

    internal override CustomerId IdAt(int row, ShortId key) => customers.Span[row];
}
