using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>Those who went from one tier to another, or stayed; without a tier where they came from or went out of the base.</summary>
internal sealed record MigrationLine(string? From, string? To, long Customers, double? Probability, double ValueBefore, double ValueNow)
{
    internal static IReadOnlyList<MigrationLine> Of(Migration migration)
    {
        Tier?[] ends = [.. migration.Tiers.Select(tier => (Tier?)tier), null];
        return
        [
            .. from before in ends
               from now in ends
               where before is not null || now is not null
               let cell = migration[before, now]
               where cell.Customers > 0
               select new MigrationLine(before?.Name, now?.Name, cell.Customers, cell.Probability, cell.ValueBefore, cell.ValueAfter),
        ];
    }
}
