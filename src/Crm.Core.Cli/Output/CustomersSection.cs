using Crm.Core.Cli.Files;

namespace Crm.Core.Cli.Output;

/// <summary>The customers of a file, counted.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="WithUnknownSegments">How many name a segment that the weights do not know.</param>
/// <param name="WithOnlyUnknownSegments">How many of them name no other, so that the default decides.</param>
/// <param name="WithOwnRelationship">How many have a relationship of their own, other than 0.</param>
/// <param name="WithoutOffers">How many reach the minimum with no offer.</param>
/// <param name="Skipped">The rows that were left out because of faults; they are not among the customers counted.</param>
internal sealed record CustomersSection(
    long Count, long WithUnknownSegments, long WithOnlyUnknownSegments, long WithOwnRelationship, long WithoutOffers, SkippedRows Skipped)
{
    internal static CustomersSection Of(CustomerTally tally) => new(
        tally.Count, tally.WithUnknownSegments, tally.WithOnlyUnknownSegments, tally.WithOwnRelationship, tally.WithoutOffers, tally.Skipped);
}
