using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Histories;

/// <summary>The histories of a customer base, in columns: one row for each customer, or for each group of customers alike.</summary>
/// <remarks>
/// Make them of purchases by <see cref="From(IEnumerable{Purchase}, Window, TimeUnit, DateTimeZone)"/>, of a summary by
/// <see cref="FromColumns"/>, or row by row by <see cref="PurchaseHistoryBuilder"/>. The columns are the door for a million
/// rows; the indexers are the door for one. Immutable and thread-safe.
/// </remarks>
public sealed class PurchaseHistories : IReadOnlyList<PurchaseHistory>
{
    private readonly Lazy<Dictionary<CustomerId, int>> _rowOfCustomer;
    private readonly Lazy<DistinctHistories> _distinct;

    internal PurchaseHistories(HistoryFrame frame, LeftOut leftOut)
    {
        Frame = frame;
        LeftOut = leftOut;
        _rowOfCustomer = new(IndexById);
        _distinct = new(() => DistinctHistories.Of(this));
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => FrequencyColumn.Length;

    /// <summary>Gets the number of customers: of rows, unless rows are shared.</summary>
    public long CustomerCount => CustomersColumn.Length == 0 ? Count : CustomersColumn.Sum(n => (long)n);

    /// <summary>Gets what the numbers are counted in.</summary>
    public HistoryFrame Frame { get; }

    /// <summary>Gets the unit of <see cref="Recency"/> and <see cref="Age"/>.</summary>
    public TimeUnit Unit => Frame.Unit;

    /// <summary>Gets the currency of the amounts.</summary>
    public Currency Currency => Frame.Currency;

    /// <summary>Gets what of the input did not count, and why.</summary>
    public LeftOut LeftOut { get; }

    /// <summary>Gets the ids, one a row.</summary>
    public IReadOnlyList<CustomerId> Ids => field ??= Array.AsReadOnly(IdColumn);

    /// <summary>Gets x: repeat occasions.</summary>
    public ReadOnlySpan<int> Frequency => FrequencyColumn;

    /// <summary>Gets t_x: time from the first occasion to the last, in <see cref="Unit"/>.</summary>
    public ReadOnlySpan<double> Recency => RecencyColumn;

    /// <summary>Gets T: time from the first occasion to the end of the window, in <see cref="Unit"/>.</summary>
    public ReadOnlySpan<double> Age => AgeColumn;

    /// <summary>Gets m_x: mean net value of the repeat occasions, 0 where x is 0; empty when amounts are not known.</summary>
    public ReadOnlySpan<double> MeanSpend => MeanSpendColumn;

    /// <summary>Gets the net value of all occasions in the window, the first included; empty when not known.</summary>
    public ReadOnlySpan<double> TotalSpend => TotalSpendColumn;

    /// <summary>Gets how many customers share each row; empty when each row is one customer.</summary>
    public ReadOnlySpan<int> Customers => CustomersColumn;

    /// <summary>Gets the occasions of the test period; empty when none is held out.</summary>
    public ReadOnlySpan<int> HoldoutFrequency => HoldoutFrequencyColumn;

    /// <summary>Gets the mean net value of the occasions of the test period, 0 where there is none; empty when not known.</summary>
    public ReadOnlySpan<double> HoldoutMeanSpend => HoldoutMeanSpendColumn;

    internal CustomerId[] IdColumn { get; init; } = [];

    internal int[] FrequencyColumn { get; init; } = [];

    internal double[] RecencyColumn { get; init; } = [];

    internal double[] AgeColumn { get; init; } = [];

    internal double[] MeanSpendColumn { get; init; } = [];

    internal double[] TotalSpendColumn { get; init; } = [];

    internal int[] CustomersColumn { get; init; } = [];

    internal int[] HoldoutFrequencyColumn { get; init; } = [];

    internal double[] HoldoutMeanSpendColumn { get; init; } = [];

    /// <summary>
    /// Gets a fingerprint of the numbers: 32 hexadecimal digits that are the same for the same x, t_x, T and m_x of as many customers,
    /// whatever their ids and order. It tells whether a saved fit saw these data.
    /// </summary>
    public string Fingerprint => field ??= HistoryFingerprint.Of(this);

    /// <summary>Gets the rows that are equal to the model, taken together.</summary>
    internal DistinctHistories Distinct => _distinct.Value;

    /// <summary>Gets the history of a row.</summary>
    /// <param name="index">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not a row.</exception>
    public PurchaseHistory this[int index]
    {
        get
        {
            Guard.Row(index, Count);
            double meanSpend = MeanSpendColumn.Length == 0 ? 0 : MeanSpendColumn[index];
            return new(FrequencyColumn[index], RecencyColumn[index], AgeColumn[index], meanSpend, Unit, Currency);
        }
    }

    /// <summary>Gets the history of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">There is no history of this customer.</exception>
    public PurchaseHistory this[CustomerId customer] => TryGetRow(customer, out int row)
        ? this[row]
        : throw new KeyNotFoundException($"There is no history of customer {customer} in this window.");

    /// <summary>Makes histories of purchases.</summary>
    /// <param name="purchases">The purchases, in any order; read once.</param>
    /// <param name="window">The window, and the test period if one is held out.</param>
    /// <param name="unit">The unit of time: day, week, month or year.</param>
    /// <param name="zone">The time zone that says on which day a moment lies; UTC by default.</param>
    /// <returns>One history for each customer with an occasion in the window, sorted by id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="purchases"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">The window is the default value, the unit is unnamed, or a purchase has no customer.</exception>
    /// <exception cref="CurrencyMismatchException">The amounts are not all in one currency.</exception>
    public static PurchaseHistories From(IEnumerable<Purchase> purchases, Window window, TimeUnit unit, DateTimeZone? zone = null) =>
        From(purchases, [], window, unit, zone);

    /// <summary>Makes histories of purchases and returns.</summary>
    /// <param name="purchases">The purchases, in any order; read once.</param>
    /// <param name="returns">The returns, in any order; read once.</param>
    /// <param name="window">The window, and the test period if one is held out.</param>
    /// <param name="unit">The unit of time: day, week, month or year.</param>
    /// <param name="zone">The time zone that says on which day a moment lies; UTC by default.</param>
    /// <returns>One history for each customer with an occasion in the window, sorted by id.</returns>
    /// <exception cref="ArgumentNullException">A list or one of its entries is null.</exception>
    /// <exception cref="ArgumentException">The window is the default value, the unit is unnamed, or an entry has no customer.</exception>
    /// <exception cref="CurrencyMismatchException">The amounts are not all in one currency.</exception>
    public static PurchaseHistories From(
        IEnumerable<Purchase> purchases, IEnumerable<PurchaseReturn> returns, Window window, TimeUnit unit, DateTimeZone? zone = null)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(returns);
        var builder = new PurchaseHistoryBuilder(unit, zone);
        foreach (Purchase purchase in purchases)
        {
            builder.Add(purchase);
        }

        foreach (PurchaseReturn purchaseReturn in returns)
        {
            builder.Add(purchaseReturn);
        }

        return builder.Build(window);
    }

    /// <summary>Makes histories of columns. Every row is checked before anything is made; all faults are reported together.</summary>
    /// <param name="columns">The columns, of equal length.</param>
    /// <param name="frame">What their numbers are counted in.</param>
    /// <returns>The histories, in the order of the rows.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="RowFaultsException">Rows are no histories, or an id comes twice; the first 20 are named, with their total.</exception>
    public static PurchaseHistories FromColumns(HistoryColumns columns, HistoryFrame frame)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(frame);
        var histories = new PurchaseHistories(frame, new())
        {
            FrequencyColumn = [.. columns.Frequency],
            RecencyColumn = [.. columns.Recency],
            AgeColumn = [.. columns.Age],
            MeanSpendColumn = [.. columns.MeanSpend ?? []],
            TotalSpendColumn = [.. columns.TotalSpend ?? []],
            CustomersColumn = [.. columns.Customers ?? []],
            HoldoutFrequencyColumn = [.. columns.HoldoutFrequency ?? []],
            HoldoutMeanSpendColumn = [.. columns.HoldoutMeanSpend ?? []],
            IdColumn = [.. columns.Ids ?? RowNumbers(columns.Frequency.Count)],
        };
        ColumnRules.Check(histories, columns);
        return histories;
    }

    /// <summary>Finds the row of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="row">The row, from 0; -1 if there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetRow(CustomerId customer, out int row)
    {
        bool found = _rowOfCustomer.Value.TryGetValue(customer, out row);
        row = found ? row : -1;
        return found;
    }

    /// <summary>Finds the history of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="history">The history, the default value if there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(CustomerId customer, [MaybeNullWhen(false)] out PurchaseHistory history)
    {
        bool found = TryGetRow(customer, out int row);
        history = found ? this[row] : default;
        return found;
    }

    /// <summary>Goes through the histories, row by row.</summary>
    /// <returns>An enumerator.</returns>
    public IEnumerator<PurchaseHistory> GetEnumerator()
    {
        for (int row = 0; row < Count; row++)
        {
            yield return this[row];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<CustomerId> RowNumbers(int count) =>
        Enumerable.Range(1, count).Select(number => CustomerId.Of(number.ToString(CultureInfo.InvariantCulture)));

    private Dictionary<CustomerId, int> IndexById()
    {
        var rows = new Dictionary<CustomerId, int>(Count);
        for (int row = 0; row < Count; row++)
        {
            rows.Add(IdColumn[row], row);
        }

        return rows;
    }
}
