using System.Text.Json;
using Crm.Core.Pyramids;

namespace Crm.Core.Hosting;

/// <summary>A score, or a run, as one JSON text with a schema number: what a store may keep, and what a person is handed.</summary>
/// <remarks>What is written comes back equal, numbers to the bit. Thread-safe.</remarks>
public static class ScoreJson
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    private static readonly ScoreJsonContext _context = new(JsonValues.Options(
        new TextConverter<RunId>("run id", RunId.Of, id => id.ToString()),
        new TextConverter<Tier>("tier", Tier.Of, tier => tier.Name),
        new TextConverter<Currency>("currency", Currency.Of, currency => currency.Code),
        new TextConverter<StorePosition>("store position", StorePosition.Of, position => position.ToString())));

    /// <summary>Writes a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>The JSON text. It is personal data.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="score"/> is null.</exception>
    public static string Write(CustomerScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return JsonSerializer.Serialize(new() { Schema = CurrentSchema, Score = score }, _context.ScoreDocument);
    }

    /// <summary>Writes a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The JSON text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    public static string Write(ScoreRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return JsonSerializer.Serialize(new() { Schema = CurrentSchema, Run = run }, _context.ScoreDocument);
    }

    /// <summary>Reads a score.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The score.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no score, or its schema is newer than this library. The message holds none of it.</exception>
    public static CustomerScore ReadScore(string json) => Read(json, "a score").Score ?? throw new FormatException("The text is not a score.");

    /// <summary>Reads a run.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The run.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no run, or its schema is newer than this library. The message holds none of it.</exception>
    public static ScoreRun ReadRun(string json) => Read(json, "a run").Run ?? throw new FormatException("The text is not a run.");

    private static ScoreDocument Read(string json, string what)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonText.Read(json, CurrentSchema, what, _context.ScoreDocument);
    }
}
