using System.Text;
using System.Text.Unicode;

namespace Crm.Core.Histories;

/// <summary>Ids as they stand in files: their UTF-8 one after another, and where each ends.</summary>
internal sealed class Utf8Ids(ReadOnlyMemory<byte> texts, ReadOnlyMemory<int> ends) : IdColumn
{
    internal override int Count => ends.Length;

    /// <summary>Whether the ends never fall and lie inside the texts.</summary>
    internal bool AreInOrder()
    {
        int before = 0;
        foreach (int end in ends.Span)
        {
            if (end < before)
            {
                return false;
            }

            before = end;
        }

        return before <= texts.Length;
    }

    internal override bool IsId(int row)
    {
        ReadOnlySpan<byte> text = At(row);
        return text.Length is >= 1 and <= ShortId.MostCharacters && Ascii.IsValid(text)
            || (Utf8.IsValid(text) && Encoding.UTF8.GetCharCount(text) is >= 1 and <= IdText.MaxLength);
    }

    internal override bool AreIds(int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            if (!IsId(row))
            {
                return false;
            }
        }

        return true;
    }

    internal override FormattableString Found(int row) => $"{At(row).Length} bytes";

    internal override void Read(int firstRow, Span<ShortId> keys)
    {
        ReadOnlySpan<byte> bytes = texts.Span;
        ReadOnlySpan<int> until = ends.Span.Slice(firstRow, keys.Length);
        int start = firstRow == 0 ? 0 : ends.Span[firstRow - 1];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ShortId.TryOf(bytes[start..until[i]], out ShortId key) ? key : default;
            start = until[i];
        }
    }

    internal override ReadOnlySpan<char> TextAt(int row, Span<char> room) => room[..Encoding.UTF8.GetChars(At(row), room)];

    internal override CustomerId IdAt(int row, ShortId key) => key.Length > 0 ? CustomerId.None : CustomerId.Of(Encoding.UTF8.GetString(At(row)));

    private ReadOnlySpan<byte> At(int row)
    {
        ReadOnlySpan<int> all = ends.Span;
        return texts.Span[(row == 0 ? 0 : all[row - 1])..all[row]];
    }
}
