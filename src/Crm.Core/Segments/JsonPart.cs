using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Segments;

/// <summary>A value inside a JSON text with its place, and where to say what is wrong with it.</summary>
internal readonly struct JsonPart(JsonElement element, string path, List<string> faults)
{
    private const int MostFaults = 1_000;

    internal JsonElement Element => element;

    internal int FaultCount => faults.Count;

    internal bool Has(string name) => element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null;

    internal JsonPart Inner(string name) => new(element.GetProperty(name), Below(name), faults);

    internal void Add(string? name, string problem)
    {
        if (faults.Count < MostFaults)
        {
            faults.Add($"{(name is null ? path.Length == 0 ? "the text" : path : Below(name))} {problem}");
        }
    }

    /// <summary>Whether it is an object of these names only.</summary>
    internal bool IsObject(string what, ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(null, $"is {Words(element)}, expected {what}");
            return false;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                Add(Names.Shortened(property.Name, 40), $"is not known here; known are {string.Join(", ", names!)}");
            }
        }

        return true;
    }

    internal string? Text(string name, bool isNeeded)
    {
        if (!Has(name))
        {
            if (isNeeded)
            {
                Add(name, "is missing");
            }

            return null;
        }

        JsonElement found = element.GetProperty(name);
        if (found.ValueKind == JsonValueKind.String)
        {
            return found.GetString();
        }

        Add(name, $"is {Words(found)}, expected a text");
        return null;
    }

    internal double? Number(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement found = element.GetProperty(name);
        if (found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out double number) && double.IsFinite(number))
        {
            return number;
        }

        Add(name, $"is {Words(found)}, expected a number");
        return null;
    }

    internal int? Whole(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement found = element.GetProperty(name);
        if (found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out int number))
        {
            return number;
        }

        Add(name, $"is {Words(found)}, expected a whole number");
        return null;
    }

    internal bool? Flag(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement found = element.GetProperty(name);
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return found.GetBoolean();
        }

        Add(name, $"is {Words(found)}, expected true or false");
        return null;
    }

    internal LocalDate? Day(string name)
    {
        if (Text(name, isNeeded: false) is not { } text)
        {
            return null;
        }

        ParseResult<LocalDate> read = LocalDatePattern.Iso.Parse(text);
        if (read.Success)
        {
            return read.Value;
        }

        Add(name, $"is '{Names.Shortened(text, 40)}', expected a day: 2026-01-31");
        return null;
    }

    internal T? Name<T>(string name, bool isNeeded)
        where T : struct, Enum
    {
        if (Text(name, isNeeded) is not { } text)
        {
            return null;
        }

        if (Names.TryRead(text, out T value))
        {
            return value;
        }

        Add(name, $"is '{Names.Shortened(text, 40)}', expected one of {Names.All<T>()}");
        return null;
    }

    internal IReadOnlyList<JsonPart> Items(string name, bool isNeeded)
    {
        if (!Has(name))
        {
            if (isNeeded)
            {
                Add(name, "is missing");
            }

            return [];
        }

        JsonPart list = Inner(name);
        if (list.Element.ValueKind != JsonValueKind.Array)
        {
            Add(name, $"is {Words(list.Element)}, expected a list");
            return [];
        }

        var items = new List<JsonPart>();
        foreach (JsonElement item in list.Element.EnumerateArray())
        {
            items.Add(new(item, FormattableString.Invariant($"{Below(name)}[{items.Count}]"), faults));
        }

        return items;
    }

    /// <summary>The texts of a list, each made a value of.</summary>
    internal IReadOnlyList<T> Values<T>(string name, Func<string, T?> read, string expected)
        where T : class
    {
        var values = new List<T>();
        foreach (JsonPart item in Items(name, isNeeded: false))
        {
            string? text = item.Element.ValueKind == JsonValueKind.String ? item.Element.GetString() : null;
            if (text is not null && read(text) is { } value)
            {
                values.Add(value);
            }
            else
            {
                item.Add(null, $"is {(text is null ? Words(item.Element) : $"'{Names.Shortened(text, 40)}'")}, expected {expected}");
            }
        }

        return values;
    }

    /// <summary>Makes what checks itself, and says what it refuses.</summary>
    internal T? Checked<T>(Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (ArgumentException refused)
        {
            Add(null, $"is refused: {refused.Message}");
            return null;
        }
    }

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Words(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => $"the text '{Names.Shortened(found.GetString()!, 40)}'",
        JsonValueKind.Number => $"the number {Names.Shortened(found.GetRawText(), 40)}",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
