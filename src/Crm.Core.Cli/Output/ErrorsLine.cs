using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>How far forecasts of a held-out period were off.</summary>
internal sealed record ErrorsLine(
    double Expected, double Actual, double? Bias, double MeanAbsoluteError, double RootMeanSquareError, double? NormalisedGini, double ShareOfTop20PercentFound)
{
    internal static ErrorsLine Of(ForecastErrors errors) => new(
        errors.ExpectedTotal, errors.ActualTotal, errors.Bias, errors.MeanAbsoluteError, errors.RootMeanSquareError, errors.NormalisedGini, errors.ShareOfTop20PercentFound);
}
