using System.Globalization;
using System.Numerics;

namespace Crm.Core.Tests.Support;

/// <summary>Decimals as whole numbers of 1e-28, and quotients of them as the nearest double: slow, by way of text.</summary>
internal static class ExactNumbers
{
    private const int Decimals = 28;

    // Half-way points between two doubles of this range have fewer decimals, so a digit below them settles the rounding.
    private const int QuotientDecimals = 200;

    internal static BigInteger Fine(decimal amount)
    {
        string text = amount.ToString(CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int written = point < 0 ? 0 : text.Length - point - 1;
        return BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, Decimals - written);
    }

    internal static double Nearest(BigInteger fine, int dividedBy)
    {
        BigInteger denominator = dividedBy * BigInteger.Pow(10, Decimals);
        var (digits, rest) = BigInteger.DivRem(BigInteger.Abs(fine) * BigInteger.Pow(10, QuotientDecimals), denominator);
        string sign = fine.Sign < 0 ? "-" : "";
        string below = rest.IsZero ? "0" : "1";
        return double.Parse($"{sign}{digits}{below}e-{QuotientDecimals + 1}", CultureInfo.InvariantCulture);
    }

    internal static decimal ToDecimal(BigInteger fine) =>
        decimal.Parse($"{fine}e-{Decimals}", NumberStyles.Float, CultureInfo.InvariantCulture);
}
