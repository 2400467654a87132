using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>JSON with a value that nobody expected; and the same JSON as another program would write it.</summary>
internal static class JsonDamage
{
    private static readonly string[] _nasty =
    [
        "null", "true", "-1", "0", "-0.0", "1e308", "1e999", "1e-320", "0.5", "9007199254740993", "\"\"", "\"text\"", "\"NaN\"", "\"week\"", "\"EUR\"", "\"bg-nbd\"", "\"a|b\"",
        "[]", "[null]", "[1]", "{}", "{\"a\": null}", "[[1, 2], null]", "\"\\u0000\"", "\"\\ud800\"",
    ];

    /// <summary>One value replaced, one entry removed, or one entry given twice.</summary>
    internal static byte[] Of(byte[] good, Random random)
    {
        JsonNode root = JsonNode.Parse(good)!;
        var places = new List<JsonNode>();
        Collect(root, places);
        JsonNode parent = places[random.Next(places.Count)];
        if (parent is JsonArray array)
        {
            int at = random.Next(array.Count);
            return Encoding.UTF8.GetBytes(Replaced(root, () => array[at] = JsonValue.Create("@@"), random));
        }

        var entries = (JsonObject)parent;
        string name = entries.ElementAt(random.Next(entries.Count)).Key;
        if (random.Next(4) == 0)
        {
            entries.Remove(name);
            return Encoding.UTF8.GetBytes(root.ToJsonString());
        }

        string text = Replaced(root, () => entries[name] = JsonValue.Create("@@"), random);
        string key = JsonSerializer.Serialize(name) + ":";
        return Encoding.UTF8.GetBytes(random.Next(4) == 0 ? text.Replace(key, $"{key}1,{key}", StringComparison.Ordinal) : text);
    }

    /// <summary>Other white space, another order of entries, letters as escapes and, where the reader passes over them, entries that nobody knows.</summary>
    internal static byte[] Redressed(byte[] good, Random random, bool passesOver)
    {
        JsonNode root = JsonNode.Parse(good)!;
        string text = Reordered(root, random).ToJsonString(new() { WriteIndented = random.Next(2) == 0 });
        text = random.Next(2) == 0 ? text.Replace("\"unit\"", "\"\\u0075nit\"", StringComparison.Ordinal) : text;
        text = passesOver && random.Next(2) == 0 ? text.Insert(1, "\"later\": {\"x\": [1, null]},") : text;
        return Encoding.UTF8.GetBytes(random.Next(2) == 0 ? "\r\n\t" + text + "\n\n" : text);
    }

    private static string Replaced(JsonNode root, Action mark, Random random)
    {
        mark();
        return root.ToJsonString().Replace("\"@@\"", _nasty[random.Next(_nasty.Length)], StringComparison.Ordinal);
    }

    private static JsonNode Reordered(JsonNode node, Random random)
    {
        if (node is not JsonObject entries)
        {
            return node.DeepClone();
        }

        // The parameters of a model are a list in the order of the paper, though JSON has them by name.
        var names = entries.Select(entry => entry.Key).ToArray();
        random.Shuffle(names);
        return new JsonObject(names.Select(name => KeyValuePair.Create(name, entries[name] is { } value ? Reordered(value, random) : null)));
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject entries => entries.Select(entry => entry.Value),
            JsonArray values => values,
            _ => [],
        };
        if (children.Any())
        {
            places.Add(node);
        }

        foreach (JsonNode? child in children.ToList())
        {
            if (child is not null)
            {
                Collect(child, places);
            }
        }
    }
}
