using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What the log says was passed on once.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SharedRecord
{
    private readonly IReadOnlyList<string> _fields = ValueList<string>.None;

    /// <summary>Gets the interaction in the log.</summary>
    public required InteractionId Disclosure { get; init; }

    /// <summary>Gets who got the data.</summary>
    public required SourceId Partner { get; init; }

    /// <summary>Gets what for.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Gets the fields, as they were written down.</summary>
    /// <exception cref="ArgumentException">The list or one of its texts is null.</exception>
    public required IReadOnlyList<string> Fields
    {
        get => _fields;
        init => _fields = ValueList<string>.Of(value, nameof(Fields));
    }

    /// <summary>Gets when.</summary>
    public required Instant At { get; init; }

    /// <summary>Gets from when on the partner may keep them no more.</summary>
    public required Instant Until { get; init; }

    /// <summary>Gets a value indicating whether that moment has come: the partner has to have deleted them.</summary>
    public required bool HasRunOut { get; init; }

    /// <summary>Gives partner, purpose and moments.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"to {Partner} for {Purpose} at {At}, {(HasRunOut ? "run out" : "until")} {Until}");

    internal static SharedRecord Of(Interaction interaction, Instant now)
    {
        var detail = (DisclosureDetail)interaction.Detail;
        return new()
        {
            Disclosure = interaction.Id,
            Partner = detail.Partner,
            Purpose = detail.Purpose,
            Fields = detail.Fields.Split(','),
            At = interaction.At,
            Until = detail.Until,
            HasRunOut = detail.Until <= now,
        };
    }
}
