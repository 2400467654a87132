using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Core;

/// <summary>Writes money as one text, "12.50 USD": amounts are decimal, and JSON numbers are read as double by half the world.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(reader.GetString()!, out Money money)
            ? money : throw new JsonException("Expected money as amount, space and code of ISO 4217: \"12.50 USD\".");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    /// <summary>Reads what <see cref="Money.ToString"/> gives.</summary>
    internal static bool TryRead(string text, out Money money)
    {
        money = default;
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 1 || !Currency.TryOf(text[(space + 1)..], out Currency currency)
            || !decimal.TryParse(text.AsSpan(0, space), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount))
        {
            return false;
        }

        money = Money.Of(amount, currency);
        return true;
    }
}
