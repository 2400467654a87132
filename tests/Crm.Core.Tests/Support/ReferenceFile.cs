using System.Text.Json;

namespace Crm.Core.Tests.Support;

/// <summary>A reference fit as it is stored: the figures of another package, by their names in the file.</summary>
internal sealed class ReferenceFile
{
    private readonly JsonElement _root;

    private ReferenceFile(JsonElement root) => _root = root;

    /// <summary>The figures of one customer, by their names in the file.</summary>
    internal IEnumerable<ReferenceFile> Customers =>
        (Has("predictions") ? _root.GetProperty("predictions") : _root.GetProperty("customers")).EnumerateArray().Select(row => new ReferenceFile(row));

    /// <summary>The id of a customer, which some packages write as a number and some as text.</summary>
    internal string IdText => At("customer_id").ToString();

    internal static ReferenceFile Read(string name) => ReadFrom(SharedData.Reference(name));

    internal static ReferenceFile ReadFrom(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return new(document.RootElement.Clone());
    }

    /// <summary>The part of a name: "mbg-nbd".</summary>
    internal ReferenceFile Part(string name) => new(At(name));

    /// <summary>The entries of a list.</summary>
    internal IEnumerable<ReferenceFile> Entries(string path) => At(path).EnumerateArray().Select(row => new ReferenceFile(row));

    /// <summary>A number by its path: "params.r", "totals.sum_cet".</summary>
    internal double Number(string path) => At(path).GetDouble();

    internal int Whole(string path) => At(path).GetInt32();

    internal double[] Numbers(string path) => [.. At(path).EnumerateArray().Select(entry => entry.GetDouble())];

    /// <summary>The numbers of this list.</summary>
    internal double[] Numbers() => [.. _root.EnumerateArray().Select(entry => entry.GetDouble())];

    internal bool Has(string path)
    {
        JsonElement element = _root;
        foreach (string name in path.Split('.'))
        {
            if (!element.TryGetProperty(name, out element))
            {
                return false;
            }
        }

        return element.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The number of whichever of the paths the file has: packages name the same figure differently.</summary>
    internal double NumberOf(params string[] paths) => Number(Array.Find(paths, Has) ?? throw new KeyNotFoundException(string.Join(", ", paths)));

    private JsonElement At(string path) => path.Split('.').Aggregate(_root, (element, name) => element.GetProperty(name));
}
