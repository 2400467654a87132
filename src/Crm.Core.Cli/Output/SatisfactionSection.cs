using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>Whether satisfied customers moved up more often: how many times as high the odds were per unit of satisfaction, with the interval of <see cref="Level"/>.</summary>
internal sealed record SatisfactionSection(int Customers, int MovedUp, double Level, double? OddsRatio, double? Low, double? High, string Verdict, string Words)
{
    private const double LevelOfWords = 0.95;

    internal static SatisfactionSection Of(SatisfactionEffect effect)
    {
        var (low, high) = effect.Interval(LevelOfWords);
        return new(effect.Customers, effect.MovedUp, LevelOfWords, Known(effect.OddsRatio), Known(Math.Exp(low)), Known(Math.Exp(high)), effect.Verdict.ToString(), effect.ToString());
    }

    private static double? Known(double number) => double.IsFinite(number) ? number : null;
}
