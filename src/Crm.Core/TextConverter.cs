using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Core;

/// <summary>Writes a value as the one text that brings it back; what is no such text is a JSON error, without the text.</summary>
internal sealed class TextConverter<T>(string kind, Func<string, T?> read, Func<T, string> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            try
            {
                return read(reader.GetString()!) is { } value ? value : throw Wrong(null);
            }
            catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException)
            {
                throw Wrong(wrong);
            }
        }

        throw Wrong(null);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

    // The message of what was caught may quote the text, and the text may be personal.
    private JsonException Wrong(Exception? cause) => new($"Expected a text that is a {kind}{(cause is null ? "" : " (" + cause.GetType().Name + ")")}.");
}
