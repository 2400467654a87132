using System.Text.Json;
using Crm.Core.Cli.Pyramiding;
using Crm.Core.Pyramids;
using NodaTime.Text;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm pyramid</c>.</summary>
internal sealed record PyramidDocument
{
    private const int MostCandidates = 20;

    public int Schema { get; init; } = 1;

    public required string Library { get; init; }

    public required SummaryDocument Measured { get; init; }

    public required string Scheme { get; init; }

    /// <summary>Gets what customers are ranked by.</summary>
    public required string RankedBy { get; init; }

    public required double Level { get; init; }

    public required IReadOnlyList<TierLine> Tiers { get; init; }

    /// <summary>Gets what each tier brings, costs and says.</summary>
    public required IReadOnlyList<GroupFigures> Figures { get; init; }

    /// <summary>Gets the same of other groups; empty where there are none.</summary>
    public required IReadOnlyList<GroupFigures> Groups { get; init; }

    public required ConcentrationSection Concentration { get; init; }

    /// <summary>Gets the concentration on the earlier day; null where there is none.</summary>
    public required ConcentrationSection? ConcentrationBefore { get; init; }

    /// <summary>Gets what the top 1, 5 and 20 % of the customers bring and cost of all.</summary>
    public required IReadOnlyList<TopShares> Top { get; init; }

    public required double? RevenueShareOfNew { get; init; }

    public required double? MarketingShareOfNonCustomers { get; init; }

    /// <summary>Gets who moved since the earlier day; null where there is none.</summary>
    public required MovementSection? Movement { get; init; }

    /// <summary>Gets what the model expects of as many days to come; null where none does.</summary>
    public required AheadSection? Ahead { get; init; }

    public required IReadOnlyList<WhatIfLine> WhatIf { get; init; }

    public required IReadOnlyList<ClaimLine> SelfCheck { get; init; }

    /// <summary>Gets what to know of the intervals of money; null where there is nothing.</summary>
    public required string? Caution { get; init; }

    public required SatisfactionSection? Satisfaction { get; init; }

    /// <summary>Gets the twenty whose move up is worth most, by its probability where a model gives one.</summary>
    public required IReadOnlyList<CandidateLine> Candidates { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    internal static PyramidDocument Of(SummaryDocument measured, Pyramided made, double level) => new()
    {
        Library = "Crm.Core " + typeof(Pyramid).Assembly.GetName().Version!.ToString(3),
        Measured = measured,
        Scheme = made.Now.Scheme.Name,
        RankedBy = made.By,
        Level = level,
        Tiers = [.. made.Now.Tiers.Select(TierLine.Of)],
        Figures = made.Profile.Tiers,
        Groups = made.Groups,
        Concentration = ConcentrationSection.Of(made.Now),
        ConcentrationBefore = made.Moved is { } before ? ConcentrationSection.Of(before.Before) : null,
        Top = [.. ((decimal[])[0.01m, 0.05m, 0.20m]).Select(made.Profile.ShareOfTop)],
        RevenueShareOfNew = made.Profile.RevenueShareOfNew,
        MarketingShareOfNonCustomers = made.Profile.MarketingShareOfNonCustomers,
        Movement = made is { Moved: { } moved, Since: { } since } ? MovementSection.Of(moved, LocalDatePattern.Iso.Format(since), measured.Until) : null,
        Ahead = AheadSection.Of(made, level),
        WhatIf = WhatIfLine.Of(made.What, made.Now),
        SelfCheck = [.. made.Check.Claims.Select(ClaimLine.Of)],
        Caution = made.Check.Caution,
        Satisfaction = made.Satisfaction is { } effect ? SatisfactionSection.Of(effect) : null,
        Candidates = [.. made.Candidates.Take(MostCandidates).Select(move => CandidateLine.Of(move, made.UpProbabilities.Length > 0))],
        Notes = made.Notes,
    };

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.PyramidDocument);
}
