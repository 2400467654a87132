namespace Crm.Core.Cli.Output;

/// <summary>The exact sum of what customers spent.</summary>
internal static class SpendTotal
{
    private const int CentsOfOne = 100;
    private const int TenCents = 10;

    // So far a double tells every cent.
    private const double MostCents = 1e15;

    /// <summary>Sums each as the decimal of at most fifteen digits that it stands for.</summary>
    internal static decimal Of(ReadOnlySpan<double> spends)
    {
        Int128 cents = 0;
        int decimals = 0;
        decimal others = 0;
        foreach (double spend in spends)
        {
            double rounded = Math.Round(spend * CentsOfOne);
            if (Math.Abs(rounded) < MostCents && rounded / CentsOfOne == spend)
            {
                // Whole cents, as nearly all are: making a decimal of each would take twenty times as long.
                long whole = (long)rounded;
                cents += whole;
                decimals = Math.Max(decimals, whole % CentsOfOne == 0 ? 0 : whole % TenCents == 0 ? 1 : 2);
            }
            else
            {
                others += (decimal)spend;
            }
        }

        return decimal.Round((decimal)cents / CentsOfOne * 1.00m, decimals) + others;
    }
}
