using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The customers that a spend model can learn from: distinct pairs of x and m_x, sorted, with their number.</summary>
internal sealed class DistinctSpends
{
    // CDNOW, on which the model was made known, has 0.11; from about twice that on values are off by more than their errors.
    private const double NotableCorrelation = 0.2;
    private const double SurelyNotZero = 3;

    private readonly long _leftOut;
    private readonly bool _amountsKnown;

    private DistinctSpends(int[] frequency, double[] meanSpend, double[] customers, long leftOut, bool amountsKnown)
    {
        Frequency = frequency;
        MeanSpend = meanSpend;
        Customers = customers;
        _leftOut = leftOut;
        _amountsKnown = amountsKnown;
    }

    internal int Count => Frequency.Length;

    internal int[] Frequency { get; }

    internal double[] MeanSpend { get; }

    internal double[] Customers { get; }

    internal long CustomerCount => (long)Customers.Sum();

    /// <summary>About so many of them that stand for all, as <see cref="DistinctHistories.Coarse"/>.</summary>
    internal DistinctSpends Coarse(int blocks)
    {
        int[] kept = CoarseRows.Of(Customers, blocks, out double[] customers);
        return new(
            Array.ConvertAll(kept, row => Frequency[row]), Array.ConvertAll(kept, row => MeanSpend[row]), customers, _leftOut, _amountsKnown);
    }

    internal static DistinctSpends Of(PurchaseHistories histories)
    {
        var groups = new SortedDictionary<(int X, double MeanSpend), double>();
        long leftOut = 0;
        for (int row = 0; row < histories.MeanSpendColumn.Length; row++)
        {
            var key = (X: histories.FrequencyColumn[row], MeanSpend: histories.MeanSpendColumn[row]);
            int customers = histories.CustomersColumn.Length == 0 ? 1 : histories.CustomersColumn[row];
            if (GammaGamma.IsInside(key.X, key.MeanSpend))
            {
                groups[key] = groups.GetValueOrDefault(key) + customers;
            }
            else if (key.X > 0)
            {
                leftOut += customers;
            }
        }

        return new(
            [.. groups.Keys.Select(key => key.X)],
            [.. groups.Keys.Select(key => key.MeanSpend)],
            [.. groups.Values],
            leftOut,
            histories.MeanSpendColumn.Length > 0 || histories.Count == 0);
    }

    internal FitDiagnostic? Failure(ParameterPrior? prior)
    {
        if (Count == 0)
        {
            return new(FitDiagnosis.NoSpend, true,
                _amountsKnown ? "No customer has repeat purchases with a positive mean spend." : "The histories carry no amounts.",
                "Spend is learnt from the amounts of repeat purchases. Give amounts above 0, use a longer window, or leave the amounts out and rank by expected purchases.");
        }

        return prior is not null || MeanSpend.Distinct().Take(2).Count() > 1 ? null : new(FitDiagnosis.IdenticalCustomers, true,
            CustomerCount > 1 ? "All customers have the same mean spend." : "Only one customer has repeat purchases with a positive mean spend.",
            "The model learns how customers differ in spend, and these do not. Fit under a prior, or rank by expected purchases instead: leave the amounts out.");
    }

    internal List<FitDiagnostic> Cautions()
    {
        var cautions = new List<FitDiagnostic>();
        if (_leftOut > 0)
        {
            cautions.Add(new(FitDiagnosis.SpendLeftOut, false,
                string.Create(CultureInfo.InvariantCulture, $"Customers with repeat purchases but a mean spend of 0 or less, left out of the fit: {_leftOut}."),
                "They are predicted at the population mean."));
        }

        double correlation = Correlation();
        if (Math.Abs(correlation) > NotableCorrelation && Math.Abs(correlation) * Math.Sqrt(CustomerCount) > SurelyNotZero)
        {
            string who = correlation > 0 ? "more" : "less";
            cautions.Add(new(FitDiagnosis.SpendAndFrequencyCorrelated, false,
                string.Create(CultureInfo.InvariantCulture, $"Customers who buy more often spend {who} on an occasion (correlation {correlation:0.00}); the model takes the two to be independent."),
                $"Values of the most frequent buyers come out too {(correlation > 0 ? "low" : "high")}, those of rare buyers too {(correlation > 0 ? "high" : "low")}. Fit groups of customers apart."));
        }

        return cautions;
    }

    /// <summary>Pearson's correlation of x and m_x over the customers, 0 where either does not vary.</summary>
    internal double Correlation()
    {
        double n = Customers.Sum();
        double meanX = Frequency.Zip(Customers, (x, c) => x * c).Sum() / n;
        double meanM = MeanSpend.Zip(Customers, (m, c) => m * c).Sum() / n;
        double xx = 0, mm = 0, xm = 0;
        for (int row = 0; row < Count; row++)
        {
            double dx = Frequency[row] - meanX;
            double dm = MeanSpend[row] - meanM;
            xx += Customers[row] * dx * dx;
            mm += Customers[row] * dm * dm;
            xm += Customers[row] * dx * dm;
        }

        return xx > 0 && mm > 0 ? xm / Math.Sqrt(xx) / Math.Sqrt(mm) : 0;
    }

    // γ is money, so its starts and bounds scale with the data: a fit in cents is the fit in dollars, times 100.
    internal SearchSpace SearchSpace(string name)
    {
        double mean = 0;
        for (int row = 0; row < Count; row++)
        {
            mean += Customers[row] * MeanSpend[row];
        }

        mean /= Customers.Sum();
        double[][] shapes = [[6, 4], [2, 2.5], [1, 1.5], [20, 10]];
        return new(
            name,
            ["p", "q", "gamma"],
            Array.ConvertAll(shapes, s => new[] { s[0], s[1], mean * (s[1] - 1) / s[0] }),
            [1e-4, 1e-4, 1e-8 * mean],
            [1e6, 1e6, 1e9 * mean],
            LimitModel.OfGammaGamma);
    }
}
