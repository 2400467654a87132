using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What is passed to a partner on one customer: the fields that were agreed on, and no others.</summary>
/// <remarks>It stands in the log already (<see cref="Disclosure"/>). Compared by value. Immutable and thread-safe.</remarks>
public sealed record PartnerData
{
    /// <summary>The schema of <see cref="ToJson"/>.</summary>
    public const int CurrentSchema = 1;

    private static readonly HostingJsonContext _context = new(HostingJson.Options());

    private readonly IReadOnlyList<SharedValue> _values = ValueList<SharedValue>.None;

    /// <summary>Gets the interaction that stands in the log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId Disclosure { get; init; }

    /// <summary>Gets the partner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId Partner { get; init; }

    /// <summary>Gets what the data may be used for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Gets from when on they may be kept no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Until { get; init; }

    /// <summary>Gets the values, in the order of the agreement's fields; a field may have none or several.</summary>
    /// <exception cref="ArgumentException">The list or one of its items is null.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IReadOnlyList<SharedValue> Values
    {
        get => _values;
        init => _values = ValueList<SharedValue>.Of(value, nameof(Values));
    }

    /// <summary>Writes what is handed out as one JSON text with a schema number. The customer's id is not in it.</summary>
    /// <returns>The JSON text. It is personal data.</returns>
    public string ToJson() => JsonSerializer.Serialize(new() { Schema = CurrentSchema, Shared = this }, _context.PartnerDataDocument);

    /// <summary>Gives partner, purpose and the number of values.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Values.Count} values to {Partner} for {Purpose}");
}
