using System.Text.Json;

namespace Crm.Core.Interactions;

/// <summary>An interaction as one JSON text, with a schema number: what a store may keep, and what a person is handed.</summary>
/// <remarks>What is written comes back equal. Thread-safe.</remarks>
public static class InteractionJson
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    private static readonly InteractionJsonContext _context = new(JsonValues.Options(
        JsonValues.Names<Direction>(),
        JsonValues.Names<ResponseKind>(),
        JsonValues.Names<CaseStep>(),
        JsonValues.Names<OpportunityStage>(),
        JsonValues.Names<FollowUpKind>()));

    /// <summary>Writes an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <returns>The JSON text. It is personal data.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interaction"/> is null.</exception>
    public static string Write(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return JsonSerializer.Serialize(new() { Schema = CurrentSchema, Interaction = interaction }, _context.InteractionDocument);
    }

    /// <summary>Reads an interaction.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The interaction.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no interaction, or its schema is newer than this library. The message holds none of it.</exception>
    public static Interaction Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonText.Read(json, CurrentSchema, "an interaction", _context.InteractionDocument).Interaction;
    }
}
