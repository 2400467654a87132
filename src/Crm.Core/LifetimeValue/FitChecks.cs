using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>What must hold of the data before a search for a maximum makes sense.</summary>
internal static class FitChecks
{
    internal static FitDiagnostic? Purchases(DistinctHistories distinct, ParameterPrior? prior)
    {
        if (distinct.Count == 0)
        {
            return new(FitDiagnosis.NoCustomers, true, "There are no customers in the window.", "Check the window's last day against the dates of the data.");
        }

        if (distinct.MaxFrequency == 0)
        {
            return new(FitDiagnosis.NoRepeatPurchases, true, "No customer bought on a second day.",
                "A rate of repeat buying cannot be learnt from first purchases. Use a longer window.");
        }

        // A prior says how customers differ where the data do not.
        return distinct.Count > 1 || prior is not null ? null : new(FitDiagnosis.IdenticalCustomers, true,
            distinct.Customers[0] > 1 ? "All customers have the same history." : "There is one customer only.",
            "The model learns how customers differ, and these do not. Use more customers, or fit under a prior.");
    }

    internal static long RepeatBuyers(DistinctHistories distinct)
    {
        double buyers = 0;
        for (int row = 0; row < distinct.Count; row++)
        {
            buyers += distinct.Frequency[row] > 0 ? distinct.Customers[row] : 0;
        }

        return (long)buyers;
    }
}
