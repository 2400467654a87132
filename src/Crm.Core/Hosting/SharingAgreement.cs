using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What may be passed to a partner: what for, which fields, and until when.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SharingAgreement
{
    private readonly SourceId _partner;
    private readonly ConsentPurpose _purpose;
    private readonly IReadOnlyList<SharedField> _fields = ValueList<SharedField>.None;

    /// <summary>Gets the partner.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SourceId.None"/>.</exception>
    public required SourceId Partner
    {
        get => _partner;
        init => _partner = StoredText.Id(value, SourceId.None);
    }

    /// <summary>Gets what it is for: the purpose to which the customer must have consented.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="ConsentPurpose.None"/>.</exception>
    public required ConsentPurpose Purpose
    {
        get => _purpose;
        init => _purpose = StoredText.Id(value, ConsentPurpose.None);
    }

    /// <summary>Gets the fields, each once; at least one.</summary>
    /// <exception cref="ArgumentException">The list is null or empty, has a field twice or <see cref="SharedField.None"/>, or is longer than 1,000 characters of text.</exception>
    public required IReadOnlyList<SharedField> Fields
    {
        get => _fields;
        init => _fields = Checked(value, nameof(Fields));
    }

    /// <summary>Gets from when on nothing may be passed on, and what was passed on may be kept no more.</summary>
    public required Instant Until { get; init; }

    /// <summary>The fields as the log has them.</summary>
    internal string FieldsText => string.Join(',', Fields);

    /// <summary>Gives partner, purpose, fields and end.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{FieldsText} to {Partner} for {Purpose} until {Until}");

    private static ValueList<SharedField> Checked(IReadOnlyList<SharedField> fields, string name)
    {
        var list = ValueList<SharedField>.Of(fields, name);
        if (list.Count == 0 || list.Contains(SharedField.None) || list.Distinct().Count() < list.Count)
        {
            throw new ArgumentException("An agreement names one field or more, each once.", name);
        }

        StoredText.Line(string.Join(',', list), name); // the log keeps them as one line
        return list;
    }
}
