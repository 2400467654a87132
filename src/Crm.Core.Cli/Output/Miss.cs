namespace Crm.Core.Cli.Output;

/// <summary>By how much a forecast missed. Everywhere the forecast is held against what happened: below 0, and too low, where more happened.</summary>
internal static class Miss
{
    /// <summary>The miss as a share of what happened; null where nothing did.</summary>
    internal static double? Of(double expected, double actual) => actual == 0 ? null : (expected / actual) - 1;

    /// <summary>"too low" or "too high".</summary>
    internal static string Side(double miss) => miss < 0 ? "too low" : "too high";
}
