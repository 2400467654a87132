using System.Globalization;

namespace Crm.Core.Tests.Support;

/// <summary>Compares numbers within a stated bound, and says by how much they differ where it is broken.</summary>
internal static class Near
{
    /// <summary>Asserts |actual − expected| ≤ bound · |expected|, both finite; equal numbers always pass.</summary>
    internal static void Relative(double expected, double actual, double bound, string what = "the value") =>
        Check(expected, actual, RelativeError(expected, actual) <= bound, RelativeError(expected, actual), bound, what);

    /// <summary>Asserts |actual − expected| ≤ bound, both finite.</summary>
    internal static void Absolute(double expected, double actual, double bound, string what = "the value") =>
        Check(expected, actual, Math.Abs(actual - expected) <= bound, Math.Abs(actual - expected), bound, what);

    /// <summary>|actual − expected| / |expected|, 0 for equal numbers.</summary>
    internal static double RelativeError(double expected, double actual) =>
        actual == expected ? 0 : Math.Abs(actual - expected) / Math.Abs(expected);

    private static void Check(double expected, double actual, bool within, double error, double bound, string what) => Assert.True(
        within && double.IsFinite(expected) && double.IsFinite(actual),
        string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:R}, was {actual:R}; off by {error:e2}, at most {bound:e2} was allowed."));
}
