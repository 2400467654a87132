namespace Crm.Core.Numerics;

/// <summary>A sum whose bits do not depend on the order of the terms, in one pass and without sorting.</summary>
/// <remarks>
/// Every term is rounded to a multiple of 2^−62 of the largest one and added as a whole number, exactly. For what need not have the
/// last digits: the error is below 1e-18 of the largest term for each of them.
/// </remarks>
internal static class FixedPointSum
{
    /// <summary>Sums finite terms, each counted as often as its row has customers; no counts mean one each.</summary>
    internal static double Of(ReadOnlySpan<double> terms, ReadOnlySpan<int> customers)
    {
        double largest = 0;
        foreach (double term in terms)
        {
            largest = Math.Max(largest, Math.Abs(term));
        }

        if (largest == 0)
        {
            return 0;
        }

        var scale = new FixedPoint(largest);
        Int128 sum = 0;
        for (int row = 0; row < terms.Length; row++)
        {
            sum += (Int128)scale.Whole(terms[row]) * (customers.Length == 0 ? 1 : customers[row]);
        }

        return scale.Real(sum);
    }
}
