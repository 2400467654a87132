namespace Crm.Core.Histories;

/// <summary>Checks columns that came from outside: lengths first, then every row, all faults together.</summary>
internal static class ColumnRules
{
    internal static void Check(PurchaseHistories histories, HistoryColumns columns)
    {
        CheckLengths(columns);
        var faults = new RowFaultList();
        var seen = new HashSet<CustomerId>(histories.Count);
        for (int row = 0; row < histories.Count; row++)
        {
            double meanSpend = histories.MeanSpendColumn.Length == 0 ? 0 : histories.MeanSpendColumn[row];
            HistoryRules.Check(row, histories.FrequencyColumn[row], histories.RecencyColumn[row], histories.AgeColumn[row], meanSpend, faults);
            if (!seen.Add(histories.IdColumn[row]))
            {
                faults.Add(row, "id", $"an id that came before", "each customer once");
            }

            CheckCounts(histories, row, faults);
        }

        faults.ThrowIfAny(nameof(columns));
    }

    private static void CheckLengths(HistoryColumns columns)
    {
        int rows = columns.Frequency.Count;
        Guard.SameLength(rows, columns.Recency.Count, "rows of Frequency", nameof(columns.Recency));
        Guard.SameLength(rows, columns.Age.Count, "rows of Frequency", nameof(columns.Age));
        Guard.SameLength(rows, columns.Ids?.Count ?? rows, "rows of Frequency", nameof(columns.Ids));
        Guard.SameLength(rows, columns.MeanSpend?.Count ?? rows, "rows of Frequency", nameof(columns.MeanSpend));
        Guard.SameLength(rows, columns.TotalSpend?.Count ?? rows, "rows of Frequency", nameof(columns.TotalSpend));
        Guard.SameLength(rows, columns.Customers?.Count ?? rows, "rows of Frequency", nameof(columns.Customers));
        Guard.SameLength(rows, columns.HoldoutFrequency?.Count ?? rows, "rows of Frequency", nameof(columns.HoldoutFrequency));
        if (columns.HoldoutMeanSpend is not null && columns.HoldoutFrequency is null)
        {
            throw new ArgumentException("The mean spend of a test period needs its frequency too. Give HoldoutFrequency, or leave HoldoutMeanSpend out.", nameof(columns));
        }

        Guard.SameLength(rows, columns.HoldoutMeanSpend?.Count ?? rows, "rows of Frequency", nameof(columns.HoldoutMeanSpend));
    }

    private static void CheckCounts(PurchaseHistories histories, int row, RowFaultList faults)
    {
        if (histories.IdColumn[row] == CustomerId.None)
        {
            faults.Add(row, "id", $"none", "an id of 1 to 128 characters");
        }

        if (histories.CustomersColumn.Length > 0 && histories.CustomersColumn[row] < 1)
        {
            faults.Add(row, "customers", $"{histories.CustomersColumn[row]}", "a whole number, 1 or more");
        }

        if (histories.TotalSpendColumn.Length > 0 && !(Math.Abs(histories.TotalSpendColumn[row]) <= HistoryRules.MaxSpend))
        {
            faults.Add(row, "total spend", $"{histories.TotalSpendColumn[row]}", "a finite amount, up to 1e100");
        }

        if (histories.HoldoutFrequencyColumn.Length > 0 && histories.HoldoutFrequencyColumn[row] < 0)
        {
            faults.Add(row, "holdout frequency", $"{histories.HoldoutFrequencyColumn[row]}", "a whole number, 0 or more");
        }

        if (histories.HoldoutMeanSpendColumn.Length > 0)
        {
            CheckHoldoutSpend(row, histories.HoldoutFrequencyColumn[row], histories.HoldoutMeanSpendColumn[row], faults);
        }
    }

    private static void CheckHoldoutSpend(int row, int frequency, double meanSpend, RowFaultList faults)
    {
        if (!(Math.Abs(meanSpend) <= HistoryRules.MaxSpend))
        {
            faults.Add(row, "holdout mean spend", $"{meanSpend}", "a finite amount, up to 1e100");
        }
        else if (frequency == 0 && meanSpend != 0)
        {
            faults.Add(row, "holdout mean spend", $"{meanSpend} with holdout frequency 0", "0 when there are no occasions in the test period");
        }
    }
}
