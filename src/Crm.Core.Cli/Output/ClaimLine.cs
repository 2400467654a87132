using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>What is said of pyramids, held against this base.</summary>
internal sealed record ClaimLine(string Claim, string Says, double? Value, double? Low, double? High, string Verdict, string? Note)
{
    internal static ClaimLine Of(ClaimCheck claim) => new(claim.Claim.ToString(), claim.Says, claim.Value, claim.Low, claim.High, claim.VerdictInWords(), claim.Note);
}
