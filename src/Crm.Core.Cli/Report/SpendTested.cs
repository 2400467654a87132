using Crm.Core.Cli.Output;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Report;

/// <summary>How the forecast of spend did in the test period: a value is purchases times spend, and either may fail.</summary>
internal static class SpendTested
{
    private const double LeastMiss = 0.10;
    private const double LargeMiss = 0.25;

    /// <summary>The grade, by the rule for purchases: the miss of the total, and the simple forecasts beaten; null where spend was not tested.</summary>
    internal static ValidationGrade? Grade(ValidationSection validation)
    {
        if (Of(validation) is not { } spend)
        {
            return null;
        }

        double miss = Math.Abs(spend.Bias ?? double.PositiveInfinity);
        bool beats = validation.Baselines.All(baseline => baseline.Spend is null || spend.RootMeanSquareError < baseline.Spend.RootMeanSquareError);
        return !(miss <= LargeMiss) || !beats ? ValidationGrade.Poor : miss <= LeastMiss ? ValidationGrade.Good : ValidationGrade.Fair;
    }

    /// <summary>The test of spend in a sentence, where there was one.</summary>
    internal static IEnumerable<string> InWords(ReportContent content)
    {
        if (Of(content.Analysis.Validation) is { } spend)
        {
            double bias = spend.Bias ?? 0;
            yield return $"Of spend, {content.Numbers.Money(spend.Expected)} were expected in the test period; {content.Numbers.Money(spend.Actual)} came"
                + $" ({content.Numbers.Percent(Math.Abs(bias))} too {(bias >= 0 ? "high" : "low")}).";
        }
    }

    private static ErrorsLine? Of(ValidationSection validation) => validation.Models.FirstOrDefault(tested => tested.Chosen)?.Spend;
}
