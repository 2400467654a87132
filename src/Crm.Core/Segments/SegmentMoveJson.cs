using System.Text.Json;

namespace Crm.Core.Segments;

/// <summary>A move into or out of a segment as one JSON text, with a schema number: what a store may keep, and what a person is handed.</summary>
/// <remarks>What is written comes back equal. Thread-safe.</remarks>
public static class SegmentMoveJson
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    private static readonly SegmentMoveJsonContext _context = new(JsonValues.Options());

    /// <summary>Writes a move.</summary>
    /// <param name="move">The move.</param>
    /// <returns>The JSON text. It is personal data.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="move"/> is null.</exception>
    public static string Write(SegmentMove move)
    {
        ArgumentNullException.ThrowIfNull(move);
        return JsonSerializer.Serialize(new() { Schema = CurrentSchema, Move = move }, _context.SegmentMoveDocument);
    }

    /// <summary>Reads a move.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The move.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no move, or its schema is newer than this library. The message holds none of it.</exception>
    public static SegmentMove Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonText.Read(json, CurrentSchema, "a move", _context.SegmentMoveDocument).Move;
    }
}
