using System.Globalization;
using System.Text.Json;

namespace Crm.Core.Testing.Rules;

/// <summary>Where two JSON texts first differ, in words without their content.</summary>
/// <remarks>Numbers count digit for digit: a store that turns 1.10 into 1.1 has changed what it was given.</remarks>
internal static class Difference
{
    internal static string? Of(string expected, string actual)
    {
        if (expected == actual)
        {
            return null;
        }

        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        return Of(left.RootElement, right.RootElement, "");
    }

    private static string? Of(JsonElement expected, JsonElement actual, string path) => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => OfObjects(expected, actual, path),
        (JsonValueKind.Array, JsonValueKind.Array) => OfArrays(expected, actual, path),
        (JsonValueKind.String, JsonValueKind.String) => OfTexts(expected.GetString()!, actual.GetString()!, path),
        var (left, right) when left != right => $"at {path} it has {Words(right)} instead of {Words(left)}",
        _ => expected.GetRawText() == actual.GetRawText() ? null : $"at {path} it has another {Words(expected.ValueKind)}",
    };

    private static string? OfObjects(JsonElement expected, JsonElement actual, string path)
    {
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            string place = $"{path}.{member.Name}";
            if (!actual.TryGetProperty(member.Name, out JsonElement other))
            {
                return $"{place} is missing";
            }

            if (Of(member.Value, other, place) is { } difference)
            {
                return difference;
            }
        }

        return actual.EnumerateObject().Where(member => !expected.TryGetProperty(member.Name, out _)).Select(member => $"{path}.{member.Name} was added").FirstOrDefault();
    }

    private static string? OfArrays(JsonElement expected, JsonElement actual, string path)
    {
        for (int i = 0; i < Math.Min(expected.GetArrayLength(), actual.GetArrayLength()); i++)
        {
            if (Of(expected[i], actual[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")) is { } difference)
            {
                return difference;
            }
        }

        return expected.GetArrayLength() == actual.GetArrayLength() ? null : string.Create(
            CultureInfo.InvariantCulture, $"{path} has {actual.GetArrayLength()} items instead of {expected.GetArrayLength()}");
    }

    // Lengths and one code unit say which encoding or collation was at work, and nothing of a person.
    private static string? OfTexts(string expected, string actual, string path)
    {
        if (expected == actual)
        {
            return null;
        }

        int same = expected.AsSpan().CommonPrefixLength(actual);
        string unit = same < expected.Length ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)expected[same]:X4}") : "the end";
        return string.Create(CultureInfo.InvariantCulture,
            $"at {path} it has a text of {actual.Length} characters instead of {expected.Length}, which differs from character {same + 1} ({unit}) on");
    }

    private static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "yes or no",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "list",
        _ => "nothing",
    };
}
