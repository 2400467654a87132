using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Text;

namespace Crm.Core.Customers;

/// <summary>Writes a value under the name of its type: {"number":12.5,"unit":"km"}, {"day":"1815-12-10"}.</summary>
internal sealed class AttributeValueConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            JsonProperty[] members = [.. document.RootElement.EnumerateObject()];
            string? unit = members.Length == 2 && members[1].NameEquals("unit") && members[1].Value.ValueKind == JsonValueKind.String ? members[1].Value.GetString() : null;
            if (members.Length == 1 || unit is not null)
            {
                return Read(members[0], unit) ?? throw Wrong();
            }
        }

        throw Wrong();
    }

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value.Kind)
        {
            case AttributeKind.Text:
                writer.WriteString("text", value.Text);
                break;
            case AttributeKind.Number:
                writer.WriteNumber("number", value.Number!.Value);
                break;
            case AttributeKind.Flag:
                writer.WriteBoolean("flag", value.Flag!.Value);
                break;
            case AttributeKind.Day:
                writer.WriteString("day", LocalDatePattern.Iso.Format(value.Day!.Value));
                break;
            default:
                writer.WriteString("money", value.Money!.Value.ToString());
                break;
        }

        if (value.Unit is not null)
        {
            writer.WriteString("unit", value.Unit);
        }

        writer.WriteEndObject();
    }

    private static AttributeValue? Read(JsonProperty member, string? unit) => (member.Name, member.Value.ValueKind) switch
    {
        ("number", JsonValueKind.Number) when member.Value.TryGetDecimal(out decimal number) => AttributeValue.Of(number, unit),
        _ when unit is not null => null,
        ("text", JsonValueKind.String) => AttributeValue.Of(member.Value.GetString()!),
        ("flag", JsonValueKind.True) => AttributeValue.Of(true),
        ("flag", JsonValueKind.False) => AttributeValue.Of(false),
        ("day", JsonValueKind.String) when LocalDatePattern.Iso.Parse(member.Value.GetString()!) is { Success: true } day => AttributeValue.Of(day.Value),
        ("money", JsonValueKind.String) when MoneyConverter.TryRead(member.Value.GetString()!, out Money money) => AttributeValue.Of(money),
        _ => null,
    };

    private static JsonException Wrong() =>
        new("Expected an object of one member: text, number (with or without unit), flag, day or money.");
}
