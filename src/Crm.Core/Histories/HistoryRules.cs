namespace Crm.Core.Histories;

/// <summary>The one statement of what makes a row a purchase history.</summary>
internal static class HistoryRules
{
    // The models tabulate sums over 0..x once per evaluation; a million keeps that to a few milliseconds.
    internal const int MaxFrequency = 1_000_000;

    // Beyond this a time is no time in any unit, and its powers leave the range of a double.
    internal const double MaxAge = 1e9;

    // Far above any sum of decimals, so that what purchases give can always be read back, and far inside a double's range.
    internal const double MaxSpend = 1e100;

    internal static void Check(long row, int frequency, double recency, double age, double meanSpend, RowFaultList faults)
    {
        if (frequency is < 0 or > MaxFrequency)
        {
            faults.Add(row, "frequency", $"{frequency}", "a whole number from 0 to 1,000,000: occasions after the first");
        }

        if (!(age >= 0 && age <= MaxAge))
        {
            faults.Add(row, "age", $"{age}", "a time from 0 to 1e9: from the first occasion to the window's end");
        }

        if (!(recency >= 0 && recency <= age))
        {
            faults.Add(row, "recency", $"{recency}", "a time from 0 to the age: from the first occasion to the last");
        }
        else if ((frequency == 0) != (recency == 0))
        {
            faults.Add(row, "recency", $"{recency} with frequency {frequency}", "0 exactly when the frequency is 0");
        }

        if (!(Math.Abs(meanSpend) <= MaxSpend))
        {
            faults.Add(row, "mean spend", $"{meanSpend}", "a finite amount, up to 1e100: the mean of the repeat occasions");
        }
        else if (frequency == 0 && meanSpend != 0)
        {
            faults.Add(row, "mean spend", $"{meanSpend} with frequency 0", "0 when there are no repeat occasions");
        }
    }
}
