using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>Whether satisfied customers moved up more often.</summary>
internal sealed record SatisfactionSection(int Customers, int MovedUp, double OddsRatio, double? Low, double? High, string Words)
{
    internal static SatisfactionSection Of(SatisfactionEffect effect, double level)
    {
        var (low, high) = effect.Interval(level);
        return new(
            effect.Customers, effect.MovedUp, effect.OddsRatio, effect.HasComparison ? Math.Exp(low) : null, effect.HasComparison ? Math.Exp(high) : null, effect.ToString());
    }
}
