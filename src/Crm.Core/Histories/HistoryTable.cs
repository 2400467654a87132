namespace Crm.Core.Histories;

/// <summary>The columns of histories while they are being filled.</summary>
internal sealed class HistoryTable(int capacity, bool withHoldout, bool withAmounts)
{
    private readonly List<CustomerId> _ids = new(capacity);
    private readonly List<int> _frequency = new(capacity);
    private readonly List<double> _recency = new(capacity);
    private readonly List<double> _age = new(capacity);
    private readonly List<double> _meanSpend = new(capacity);
    private readonly List<double> _totalSpend = new(capacity);
    private readonly List<int> _holdoutFrequency = [];
    private readonly List<double> _holdoutMeanSpend = [];

    internal void Add(CustomerId id, CustomerOccasions occasions, int lastDay, TimeUnit unit)
    {
        int repeats = occasions.Count - 1;
        _ids.Add(id);
        _frequency.Add(repeats);
        _recency.Add((occasions.LatestDay - occasions.FirstDay) / unit.Days);
        _age.Add((lastDay - occasions.FirstDay) / unit.Days);
        _meanSpend.Add(repeats == 0 ? 0 : occasions.RepeatSpend.DividedBy(repeats));
        _totalSpend.Add(occasions.TotalSpend.DividedBy(1));
        if (withHoldout)
        {
            _holdoutFrequency.Add(occasions.HoldoutCount);
            _holdoutMeanSpend.Add(occasions.HoldoutCount == 0 ? 0 : occasions.HoldoutSpend.DividedBy(occasions.HoldoutCount));
        }
    }

    internal PurchaseHistories ToHistories(HistoryFrame frame, LeftOut leftOut) => new(frame, leftOut)
    {
        IdColumn = [.. _ids],
        FrequencyColumn = [.. _frequency],
        RecencyColumn = [.. _recency],
        AgeColumn = [.. _age],
        MeanSpendColumn = withAmounts ? [.. _meanSpend] : [],
        TotalSpendColumn = withAmounts ? [.. _totalSpend] : [],
        HoldoutFrequencyColumn = withHoldout ? [.. _holdoutFrequency] : [],
        HoldoutMeanSpendColumn = withHoldout && withAmounts ? [.. _holdoutMeanSpend] : [],
    };
}
