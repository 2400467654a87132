using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>A customer who would bring more one tier higher.</summary>
internal sealed record CandidateLine(string Customer, string From, string To, double Gain, double? Probability, double Worth)
{
    internal static CandidateLine Of(CandidateMove move, bool hasProbability) =>
        new(move.Customer.ToString(), move.From.Name, move.To.Name, move.Gain, hasProbability ? move.Probability : null, move.Worth);
}
