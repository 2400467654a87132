using Crm.Core.Cli.Pyramiding;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>Who moved between two pyramids.</summary>
internal sealed record MovementSection
{
    /// <summary>Gets the first of the two, in words: a day or a file.</summary>
    public required string Before { get; init; }

    /// <summary>Gets the second.</summary>
    public required string Now { get; init; }

    /// <summary>Gets what a customer had to be worth at least at the first of the two to stand in a tier; the last has no least.</summary>
    public required IReadOnlyList<TierThreshold> Thresholds { get; init; }

    /// <summary>Gets the tiers that moves are between, from the top down.</summary>
    public required IReadOnlyList<string> Tiers { get; init; }

    public required long Up { get; init; }

    public required long Down { get; init; }

    public required long Stayed { get; init; }

    public required long Came { get; init; }

    public required long Left { get; init; }

    /// <summary>Gets whether anybody was below who could have come back; where nobody was, whoever lapses can only go down, and nothing is said of the direction.</summary>
    public required bool HadInactive { get; init; }

    /// <summary>Gets how probable a difference at least as great is between those who went up and those who went down, if both were as likely.</summary>
    public required double? DirectionProbability { get; init; }

    /// <summary>Gets how probable such changes of the sizes of all tiers are, if moves there and back were alike.</summary>
    public required double? SizesProbability { get; init; }

    public required IReadOnlyList<MigrationLine> Moves { get; init; }

    /// <summary>Gets where customers would stand in the long run, if all went on moving so.</summary>
    public required IReadOnlyList<TierPart> LongRun { get; init; }

    /// <summary>Gets what a model expected; null where none did.</summary>
    public required ExpectedSection? Expected { get; init; }

    /// <summary>Gets why no model expected anything; null where one did, or none was asked.</summary>
    public required string? WhyNotExpected { get; init; }

    internal static MovementSection Of(Moved moved, string before, string now)
    {
        Migration migration = moved.Migration;
        IReadOnlyList<double> longRun = migration.LongRunShares();
        IReadOnlyList<MigrationLine> moves = MigrationLine.Of(migration);
        bool hadInactive = !migration.Tiers.Contains(Tier.Inactive) || migration.Tiers.Any(to => migration[Tier.Inactive, to].Customers > 0);
        return new()
        {
            Before = before,
            Now = now,
            Thresholds = [.. migration.Before.Scheme.Tiers.Select(tier => new TierThreshold(tier.Tier.Name, tier.Least))],
            Tiers = [.. migration.Tiers.Select(tier => tier.Name)],
            Up = migration.Upgraders.Count,
            Down = migration.Downgraders.Count,
            Stayed = moves.Where(move => move.From == move.To).Sum(move => move.Customers),
            Came = migration.Entrants.Count,
            Left = migration.Leavers.Count,
            HadInactive = hadInactive,
            DirectionProbability = hadInactive ? migration.Direction?.Probability : null,
            SizesProbability = hadInactive ? migration.SizesUnchanged : null,
            Moves = moves,
            LongRun = [.. migration.Tiers.Select((tier, place) => new TierPart(tier.Name, longRun[place]))],
            Expected = moved.Compared is { } compared ? ExpectedSection.Of(compared, moved.Model!) : null,
            WhyNotExpected = moved.WhyNotExpected,
        };
    }
}
