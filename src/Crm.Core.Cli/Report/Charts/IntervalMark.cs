using System.Globalization;
using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>A figure between its intervals: a thin line for what may happen, a thick one for how sure the expectation is, a dot for it.</summary>
/// <remarks>For the eye alone: the words beside it say the same.</remarks>
internal static class IntervalMark
{
    internal static string Draw(ForecastLine forecast)
    {
        double low = Math.Min(forecast.EstimateLow, forecast.OutcomeLow ?? forecast.EstimateLow);
        double high = Math.Max(forecast.EstimateHigh, forecast.OutcomeHigh ?? forecast.EstimateHigh);
        Axis x = Axis.Of(low, high, 4, 196);
        string outcome = forecast.OutcomeLow is { } from && forecast.OutcomeHigh is { } to ? Bar("what-may", x.At(from), x.At(to), 7, 2) : "";
        string estimate = Bar("how-sure", x.At(forecast.EstimateLow), x.At(forecast.EstimateHigh), 5, 6);
        string dot = string.Create(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{x.At(forecast.Value):0.#}\" cy=\"8\" r=\"4\"/>");
        return $"<svg class=\"interval\" viewBox=\"0 0 200 16\" preserveAspectRatio=\"xMinYMid\" aria-hidden=\"true\">{outcome}{estimate}{dot}</svg>";
    }

    private static string Bar(string kind, double from, double to, double y, double height) => string.Create(
        CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{from:0.#}\" y=\"{y}\" width=\"{Math.Max(1, to - from):0.#}\" height=\"{height}\"/>");
}
