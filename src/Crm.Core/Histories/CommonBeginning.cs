namespace Crm.Core.Histories;

/// <summary>With which characters all ids of some begin, those that are numbers aside.</summary>
internal struct CommonBeginning
{
    private string? _text;
    private ShortId _short;

    /// <summary>Gets the number of characters.</summary>
    internal int Length { get; private set; }

    /// <summary>Gets the characters; none where there is no id that is no number.</summary>
    internal readonly ReadOnlySpan<char> Text => _text.AsSpan(0, Length);

    internal void Add(ShortId id)
    {
        if (id.IsNumber)
        {
            return;
        }

        if (_short.Length == 0)
        {
            Add(id.ToCustomer().ToString());
            return;
        }

        Length = Math.Min(Length, id.CommonLength(_short));
    }

    internal void Add(string id)
    {
        if (!IdText.IsNumber(id))
        {
            AddText(id);
        }
    }

    /// <summary>Adds the ids of another one.</summary>
    internal void Add(CommonBeginning other)
    {
        if (other._text is { } text)
        {
            AddText(text);
            Length = Math.Min(Length, other.Length);
        }
    }

    private void AddText(string text)
    {
        if (_text is null)
        {
            (_text, Length) = (text, text.Length);
            _ = ShortId.TryOf(text, out _short);
        }
        else
        {
            Length = Text.CommonPrefixLength(text);
        }
    }
}
