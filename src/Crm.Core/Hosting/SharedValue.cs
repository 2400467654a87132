using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>One value that is passed to a partner.</summary>
/// <remarks>Its text form holds no value. Immutable and thread-safe.</remarks>
public sealed record SharedValue
{
    /// <summary>Gets the field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SharedField Field { get; init; }

    /// <summary>Gets the value in words, numbers and days in the invariant culture.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Value { get; init; }

    /// <summary>Gives the field, not the value.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Field.ToString();
}
