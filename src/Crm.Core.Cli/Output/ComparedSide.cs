using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>One of two pyramids.</summary>
internal sealed record ComparedSide
{
    /// <summary>Gets what it is of, in words: a day or a file.</summary>
    public required string Name { get; init; }

    public required long Customers { get; init; }

    public required double Value { get; init; }

    public required IReadOnlyList<TierLine> Tiers { get; init; }

    public required ConcentrationSection Concentration { get; init; }

    internal static ComparedSide Of(string name, Pyramid pyramid) => new()
    {
        Name = name,
        Customers = pyramid.Tiers.Sum(tier => tier.Customers),
        Value = pyramid.Tiers.Sum(tier => tier.Value),
        Tiers = [.. pyramid.Tiers.Select(TierLine.Of)],
        Concentration = ConcentrationSection.Of(pyramid),
    };
}
