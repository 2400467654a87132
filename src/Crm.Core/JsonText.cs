using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Core;

/// <summary>Reads a document of a numbered schema, and says what is wrong with it in words that hold none of it.</summary>
internal static class JsonText
{
    internal static T Read<T>(string json, int newest, string what, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                CheckSchema(document.RootElement, newest, what);
            }

            return JsonSerializer.Deserialize(json, type) ?? throw new FormatException($"The text is not {what}: it is null.");
        }
        catch (JsonException wrong)
        {
            throw new FormatException(FormattableString.Invariant(
                $"The text is not {what}: at {wrong.Path ?? "an unknown place"} (line {wrong.LineNumber ?? 0}, byte {wrong.BytePositionInLine ?? 0}) it does not read as one."));
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // The checks of the values themselves: the name of what is refused, and nothing of what it holds.
            throw new FormatException($"The text is not {what}: a value in it is refused{(wrong is ArgumentException { ParamName: { } name } ? ", that of " + name : "")}.");
        }
    }

    private static void CheckSchema(JsonElement root, int newest, string what)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out JsonElement schema)
            || schema.ValueKind != JsonValueKind.Number || !schema.TryGetInt32(out int number) || number < 1)
        {
            throw new FormatException($"The text is not {what}: it has no schema number.");
        }

        if (number > newest)
        {
            throw new FormatException(FormattableString.Invariant(
                $"The text is {what} of schema {number}; this version reads up to {newest}. Use the version that wrote it, or a newer one."));
        }
    }
}
