using System.Text.Json;

namespace Crm.Core.Testing.Rules;

/// <summary>What held data says, read as JSON.</summary>
internal static class HeldJson
{
    /// <summary>Reads the held data on someone, and holds each item to be one JSON value with a kind.</summary>
    internal static async Task<List<HeldData>> Read(IPersonalDataStore store, CustomerId customer, CancellationToken token)
    {
        var items = await store.ReadHeldDataAsync(customer, token).ToListAsync(token).ConfigureAwait(false);
        foreach (HeldData item in items)
        {
            Expect.True(!string.IsNullOrWhiteSpace(item.Kind), "held data that say what they are", "an item has no kind");
            Expect.True(IsJson(item.Json), "each item of held data as one JSON value", $"an item of kind '{item.Kind}' is none");
        }

        return items;
    }

    internal static async Task IsEmpty(IPersonalDataStore store, CustomerId customer, string when, CancellationToken token) =>
        Expect.Count(0, (await Read(store, customer, token).ConfigureAwait(false)).Count, $"items held on someone {when}");

    /// <summary>Counts the items in which a text stands, as a value or inside one.</summary>
    internal static int Mentions(IEnumerable<HeldData> items, string text) => items.Count(item =>
    {
        using var document = JsonDocument.Parse(item.Json);
        return Texts(document.RootElement).Any(one => one.Contains(text, StringComparison.Ordinal));
    });

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
