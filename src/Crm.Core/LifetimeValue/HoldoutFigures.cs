namespace Crm.Core.LifetimeValue;

/// <summary>How a saved fit did on the test period of its histories: the figures of a <see cref="HoldoutValidation"/> that are saved with it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HoldoutFigures
{
    /// <summary>Gets the length of the test period, in the unit of the fit.</summary>
    public required double Length { get; init; }

    /// <summary>Gets the mean of ln P(purchases made | history).</summary>
    public required double LogScore { get; init; }

    /// <summary>Gets the standard error of <see cref="LogScore"/>.</summary>
    public required double LogScoreError { get; init; }

    /// <summary>Gets the purchases that were expected of all customers together.</summary>
    public required double ExpectedPurchases { get; init; }

    /// <summary>Gets the purchases that they made.</summary>
    public required double ActualPurchases { get; init; }

    /// <summary>Gets the mean over customers of |expected − actual|.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>Gets the root of the mean over customers of (expected − actual)².</summary>
    public required double RootMeanSquareError { get; init; }

    /// <summary>Gets the normalised Gini coefficient, or null where nothing happened.</summary>
    public double? NormalisedGini { get; init; }

    /// <summary>Gets the share of the truly best 20 % of the customers that were among the 20 % forecast as best.</summary>
    public required double ShareOfTop20PercentFound { get; init; }

    internal static HoldoutFigures Of(HoldoutValidation validation) => new()
    {
        Length = validation.Length.Length,
        LogScore = validation.LogScore.Mean,
        LogScoreError = validation.LogScore.StandardError,
        ExpectedPurchases = validation.Purchases.ExpectedTotal,
        ActualPurchases = validation.Purchases.ActualTotal,
        MeanAbsoluteError = validation.Purchases.MeanAbsoluteError,
        RootMeanSquareError = validation.Purchases.RootMeanSquareError,
        NormalisedGini = validation.Purchases.NormalisedGini,
        ShareOfTop20PercentFound = validation.Purchases.ShareOfTop20PercentFound,
    };
}
