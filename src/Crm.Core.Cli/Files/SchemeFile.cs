using System.Text.Json;
using Crm.Core.Segments;

namespace Crm.Core.Cli.Files;

/// <summary>Reads a scheme of RFM scores: one by itself, or that of an earlier answer of <c>crm segment</c>.</summary>
internal static class SchemeFile
{
    private static readonly JsonDocumentOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read or holds no scheme; the message names everything that is wrong, and where.</exception>
    internal static RfmScheme Read(string path)
    {
        string text = WholeText.Read(path, "a scheme");
        try
        {
            return RfmScheme.FromJson(InAnswer(text) ?? text);
        }
        catch (FormatException fault)
        {
            throw new InputException($"{path}: {fault.Message}", fault);
        }
    }

    private static string? InAnswer(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, _lenient);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("rfm", out JsonElement rfm) && rfm.ValueKind == JsonValueKind.Object && rfm.TryGetProperty("scheme", out JsonElement scheme)
                ? scheme.GetRawText() : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException)
        {
            return null; // whoever reads it as a scheme says where it is wrong
        }
    }
}
