namespace Crm.Core.Histories;

/// <summary>With which characters all ids of some begin, those that are numbers aside.</summary>
internal struct CommonBeginning
{
    private string? _text;

    // What the text has of ASCII at its beginning, as far as a short id can begin alike.
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

        if (_text is null)
        {
            AddText(id.ToCustomer().ToString());
        }
        else
        {
            Length = Math.Min(Length, id.CommonLength(_short));
        }
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
            ReadOnlySpan<char> beginning = text.AsSpan(0, Math.Min(text.Length, ShortId.MostCharacters));
            int ascii = beginning.IndexOfAnyExceptInRange('\0', '\x7F');
            _ = ShortId.TryOf(ascii < 0 ? beginning : beginning[..ascii], out _short);
        }
        else
        {
            Length = Text.CommonPrefixLength(text);
        }
    }
}
