namespace Crm.Core.Segments;

/// <summary>The least and the greatest value of each column, found while the columns were checked.</summary>
internal readonly record struct RfmBounds
{
    internal double LeastDays { get; private init; }

    internal double GreatestDays { get; private init; }

    internal bool HasWholeDays { get; private init; }

    internal int LeastCount { get; private init; }

    internal int GreatestCount { get; private init; }

    internal double LeastAmount { get; private init; }

    internal double GreatestAmount { get; private init; }

    /// <summary>Gets how many customers there are, of all rows.</summary>
    internal long AllCustomers { get; private init; }

    internal double LargestAmount => Math.Max(Math.Abs(LeastAmount), Math.Abs(GreatestAmount));

    /// <summary>Checks columns of equal length, and throws naming the rows that are wrong.</summary>
    internal static RfmBounds Of(RfmColumns columns)
    {
        int rows = columns.Recency.Length;
        Guard.SameLength(rows, columns.Frequency.Length, "customers", nameof(RfmColumns.Frequency));
        Guard.SameLength(rows, columns.Money.Length, "customers", nameof(RfmColumns.Money));
        Guard.SameLength(rows, columns.Ids?.Count ?? rows, "customers", nameof(RfmColumns.Ids));
        Guard.SameLength(rows, columns.Customers.Length == 0 ? rows : columns.Customers.Length, "customers", nameof(RfmColumns.Customers));
        if (rows == 0)
        {
            return default;
        }

        var (leastDays, greatestDays, hasWholeDays) = Days(columns.Recency);
        var (leastCount, greatestCount) = Counts(columns.Frequency);
        var (leastAmount, greatestAmount) = Amounts(columns.Money);
        var (leastCustomers, customers) = Customers(columns.Customers, rows);

        // NaN is none of the bounds, so that these are wrong whenever a row is.
        if (!(leastDays >= 0 && double.IsFinite(greatestDays) && leastCount >= 0 && double.IsFinite(leastAmount) && double.IsFinite(greatestAmount) && leastCustomers >= 1))
        {
            ThrowFaults(columns);
        }

        return new()
        {
            LeastDays = leastDays,
            GreatestDays = greatestDays,
            HasWholeDays = hasWholeDays && greatestDays <= RfmWholeDays.Most,
            LeastCount = leastCount,
            GreatestCount = greatestCount,
            LeastAmount = leastAmount,
            GreatestAmount = greatestAmount,
            AllCustomers = customers,
        };
    }

    private static (double Least, double Greatest, bool AreWhole) Days(ReadOnlySpan<double> days)
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        bool areWhole = true;
        bool areNumbers = true;
        foreach (double day in days)
        {
            least = day < least ? day : least;
            greatest = day > greatest ? day : greatest;
            areWhole &= Math.Floor(day) == day;
            areNumbers &= !double.IsNaN(day);
        }

        return (areNumbers ? least : double.NaN, greatest, areWhole);
    }

    private static (int Least, int Greatest) Counts(ReadOnlySpan<int> counts)
    {
        int least = int.MaxValue;
        int greatest = int.MinValue;
        foreach (int count in counts)
        {
            least = count < least ? count : least;
            greatest = count > greatest ? count : greatest;
        }

        return (least, greatest);
    }

    private static (double Least, double Greatest) Amounts(ReadOnlySpan<double> amounts)
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        bool areNumbers = true;
        foreach (double amount in amounts)
        {
            least = amount < least ? amount : least;
            greatest = amount > greatest ? amount : greatest;
            areNumbers &= !double.IsNaN(amount);
        }

        return (areNumbers ? least : double.NaN, greatest);
    }

    private static (int Least, long Sum) Customers(ReadOnlySpan<int> customers, int rows)
    {
        if (customers.Length == 0)
        {
            return (1, rows);
        }

        int least = int.MaxValue;
        long sum = 0;
        foreach (int count in customers)
        {
            least = Math.Min(least, count);
            sum += count;
        }

        return (least, sum);
    }

    private static void ThrowFaults(RfmColumns columns)
    {
        var faults = new RowFaultList();
        for (int row = 0; row < columns.Recency.Length; row++)
        {
            if (!(columns.Recency[row] >= 0 && double.IsFinite(columns.Recency[row])))
            {
                faults.Add(row, "recency", $"{columns.Recency[row]}", "a finite number of days, 0 or more");
            }

            if (columns.Frequency[row] < 0)
            {
                faults.Add(row, "frequency", $"{columns.Frequency[row]}", "a number of purchase days, 0 or more");
            }

            if (!double.IsFinite(columns.Money[row]))
            {
                faults.Add(row, "money", $"{columns.Money[row]}", "a finite amount");
            }

            if (columns.Customers.Length > 0 && columns.Customers[row] < 1)
            {
                faults.Add(row, "customers", $"{columns.Customers[row]}", "a whole number, 1 or more");
            }
        }

        faults.ThrowIfAny(nameof(columns));
    }
}
