using System.Text.Json;
using Crm.Core.Cli.Pyramiding;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm compare</c>.</summary>
internal sealed record CompareDocument
{
    public int Schema { get; init; } = 1;

    public required string Library { get; init; }

    public required string Scheme { get; init; }

    public required string RankedBy { get; init; }

    public required string Currency { get; init; }

    public required ComparedSide Before { get; init; }

    public required ComparedSide Now { get; init; }

    public required MovementSection Movement { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    internal static CompareDocument Of(Compared compared) => new()
    {
        Library = "Crm.Core " + typeof(Pyramid).Assembly.GetName().Version!.ToString(3),
        Scheme = compared.Now.Scheme.Name,
        RankedBy = compared.By,
        Currency = compared.Currency.Code,
        Before = ComparedSide.Of(compared.Names.Before, compared.Moved.Before),
        Now = ComparedSide.Of(compared.Names.Now, compared.Now),
        Movement = MovementSection.Of(compared.Moved, compared.Names.Before, compared.Names.Now),
        Notes = compared.Notes,
    };

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.CompareDocument);
}
