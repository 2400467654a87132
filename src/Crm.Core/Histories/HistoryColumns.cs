namespace Crm.Core.Histories;

/// <summary>Columns to make histories of: from a summary table, another system, or a test. One entry a row in each.</summary>
/// <remarks>The arrays are copied, never kept. Times are in the unit that is passed beside them.</remarks>
public sealed record HistoryColumns
{
    /// <summary>Gets the ids, one a row, none twice. Null gives the rows the ids 1, 2, 3, …</summary>
    public IReadOnlyList<CustomerId>? Ids { get; init; }

    /// <summary>Gets x: repeat occasions, from 0 to 1,000,000.</summary>
    public required IReadOnlyList<int> Frequency { get; init; }

    /// <summary>Gets t_x: from the first occasion to the last; 0 exactly when x is 0.</summary>
    public required IReadOnlyList<double> Recency { get; init; }

    /// <summary>Gets T: from the first occasion to the window's end; at least t_x.</summary>
    public required IReadOnlyList<double> Age { get; init; }

    /// <summary>Gets m_x: mean net value of the repeat occasions, 0 when x is 0. Null where amounts are not known.</summary>
    public IReadOnlyList<double>? MeanSpend { get; init; }

    /// <summary>Gets the net value of all occasions, the first included. Null where not known.</summary>
    public IReadOnlyList<double>? TotalSpend { get; init; }

    /// <summary>Gets how many customers share the row, 1 or more. Null when each row is one customer.</summary>
    public IReadOnlyList<int>? Customers { get; init; }

    /// <summary>Gets the occasions of the test period, 0 or more. Null for none held out.</summary>
    public IReadOnlyList<int>? HoldoutFrequency { get; init; }

    /// <summary>Gets the mean net value of the occasions of the test period. Null where not known.</summary>
    public IReadOnlyList<double>? HoldoutMeanSpend { get; init; }
}
