using System.Diagnostics.CodeAnalysis;

namespace Crm.Core.Hosting;

/// <summary>A piece of what is known of a customer that can be passed on: "name", "email", "attribute:born".</summary>
/// <remarks>The default value is <see cref="None"/>, which nothing accepts. Equality is ordinal. Immutable and thread-safe.</remarks>
public readonly record struct SharedField
{
    private const string AttributePrefix = "attribute:";
    private const string ExternalIdPrefix = "external-id:";
    private const string MembershipPrefix = "membership:";

    private readonly string? _text;

    private SharedField(string text) => _text = text;

    /// <summary>Gets the absent field, the default value.</summary>
    public static SharedField None => default;

    /// <summary>Gets the name.</summary>
    public static SharedField Name { get; } = new("name");

    /// <summary>Gets the kind: person, organisation, household.</summary>
    public static SharedField Kind { get; } = new("kind");

    /// <summary>Gets the addresses for e-mail.</summary>
    public static SharedField Email { get; } = new("email");

    /// <summary>Gets the telephone numbers.</summary>
    public static SharedField Phone { get; } = new("phone");

    /// <summary>Gets the postal addresses.</summary>
    public static SharedField Postal { get; } = new("postal");

    /// <summary>Gets the accounts in messaging services.</summary>
    public static SharedField Message { get; } = new("message");

    /// <summary>Gets the stage of the lifecycle.</summary>
    public static SharedField Stage { get; } = new("stage");

    /// <summary>Gets all declared attributes. Those of a special category are among them only where each is named besides.</summary>
    public static SharedField Attributes { get; } = new("attributes");

    /// <summary>Gets the attribute it is, <see cref="AttributeId.None"/> where it is something else.</summary>
    public AttributeId Attribute => After(AttributePrefix) is { } text ? AttributeId.Of(text) : AttributeId.None;

    /// <summary>Gets the system whose ids it is, <see cref="SourceId.None"/> where it is something else.</summary>
    public SourceId System => After(ExternalIdPrefix) is { } text ? SourceId.Of(text) : SourceId.None;

    /// <summary>Gets the programme whose memberships it is, <see cref="ProgrammeId.None"/> where it is something else.</summary>
    public ProgrammeId Programme => After(MembershipPrefix) is { } text ? ProgrammeId.Of(text) : ProgrammeId.None;

    /// <summary>Makes the field of one attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">The attribute is none, or has a comma, which parts fields in the log.</exception>
    public static SharedField Of(AttributeId attribute) =>
        Of(AttributePrefix + StoredText.Id(attribute, AttributeId.None, nameof(attribute)));

    /// <summary>Makes the field of one attribute, if it can be one.</summary>
    /// <param name="attribute">The attribute; none, or one whose id has a comma, makes no field.</param>
    /// <param name="field">The field, or <see cref="None"/>.</param>
    /// <returns>Whether the attribute made a field.</returns>
    public static bool TryOf(AttributeId attribute, out SharedField field)
    {
        field = None;
        return attribute != AttributeId.None && TryOf(AttributePrefix + attribute, out field);
    }

    /// <summary>Makes the field of another system's ids.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">The system is none, or has a comma, which parts fields in the log.</exception>
    public static SharedField Of(SourceId system) => Of(ExternalIdPrefix + StoredText.Id(system, SourceId.None, nameof(system)));

    /// <summary>Makes the field of the memberships in a programme.</summary>
    /// <param name="programme">The programme.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">The programme is none, or has a comma, which parts fields in the log.</exception>
    public static SharedField Of(ProgrammeId programme) =>
        Of(MembershipPrefix + StoredText.Id(programme, ProgrammeId.None, nameof(programme)));

    /// <summary>Makes a field of its text.</summary>
    /// <param name="text">The text that <see cref="ToString"/> gives.</param>
    /// <returns>The field.</returns>
    /// <exception cref="ArgumentException">The text is no field.</exception>
    public static SharedField Of(string text) => TryOf(text, out SharedField field) ? field : throw new ArgumentException(
        "A field is name, kind, email, phone, postal, message, stage, attributes, or attribute:, external-id: or membership: with an id without a comma.", nameof(text));

    /// <summary>Makes a field of its text, if it is one.</summary>
    /// <param name="text">The text that <see cref="ToString"/> gives; anything else makes none.</param>
    /// <param name="field">The field, or <see cref="None"/>.</param>
    /// <returns>Whether the text made a field.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out SharedField field)
    {
        field = text is "name" or "kind" or "email" or "phone" or "postal" or "message" or "stage" or "attributes"
            || IsId(text, AttributePrefix) || IsId(text, ExternalIdPrefix) || IsId(text, MembershipPrefix) ? new(text!) : None;
        return field != None;
    }

    /// <summary>Gives the text of the field, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";

    private static bool IsId(string? text, string prefix) => text?.StartsWith(prefix, StringComparison.Ordinal) == true
        && IdText.IsStorable(text[prefix.Length..]) && !text.Contains(',', StringComparison.Ordinal);

    private string? After(string prefix) => _text?.StartsWith(prefix, StringComparison.Ordinal) == true ? _text[prefix.Length..] : null;
}
