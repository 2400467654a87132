using NodaTime;

namespace Crm.Core.Segments;

/// <summary>The events of one customer within the columns.</summary>
internal readonly ref struct LadderEvents(LadderColumns columns, int start, int end)
{
    private readonly ReadOnlySpan<LocalDate> _days = columns.Days.Span[start..end];
    private readonly ReadOnlySpan<LadderEventKind> _kinds = Of(columns.Kinds, start, end);
    private readonly ReadOnlySpan<decimal> _amounts = Of(columns.Amounts, start, end);
    private readonly ReadOnlySpan<double> _shares = Of(columns.DiscountShares, start, end);
    private readonly ReadOnlySpan<int> _purchases = Of(columns.Purchases, start, end);
    private readonly ReadOnlySpan<int> _by = Of(columns.By, start, end);
    private readonly ReadOnlySpan<double> _values = Of(columns.Values, start, end);

    internal int Count => _days.Length;

    internal LocalDate Day(int place) => _days[place];

    internal LadderEventKind Kind(int place) => _kinds.IsEmpty ? LadderEventKind.Purchase : _kinds[place];

    internal decimal Amount(int place) => _amounts.IsEmpty ? 0 : _amounts[place];

    internal double DiscountShare(int place) => _shares.IsEmpty ? double.NaN : _shares[place];

    internal int Purchase(int place) => _purchases.IsEmpty ? 0 : _purchases[place];

    internal int By(int place) => _by.IsEmpty ? LadderColumns.Nobody : _by[place];

    internal double Value(int place) => _values.IsEmpty ? double.NaN : _values[place];

    private static ReadOnlySpan<T> Of<T>(ReadOnlyMemory<T> column, int start, int end) => column.IsEmpty ? [] : column.Span[start..end];
}
