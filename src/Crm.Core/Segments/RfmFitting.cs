namespace Crm.Core.Segments;

/// <summary>Works out the points of the cuts of a scheme from a base that has been checked and has rows.</summary>
internal static class RfmFitting
{
    internal static RfmScheme Fit(RfmScheme scheme, RfmColumns columns, RfmBounds bounds, CancellationToken cancellationToken)
    {
        RfmCut recency = scheme.Recency.IsFixed ? scheme.Recency
            : bounds.HasWholeDays
                ? Fixed(scheme.Recency, RfmDimension.Recency, columns, bounds, new RfmWholeDays(columns.Recency),
                    RfmWholeDays.KeyOf(bounds.GreatestDays), RfmWholeDays.KeyOf(bounds.LeastDays), cancellationToken)
                : Fixed(scheme.Recency, RfmDimension.Recency, columns, bounds, new RfmRealDays(columns.Recency),
                    RfmRealDays.KeyOf(bounds.GreatestDays), RfmRealDays.KeyOf(bounds.LeastDays), cancellationToken);
        RfmCut frequency = scheme.Frequency.IsFixed ? scheme.Frequency
            : Fixed(scheme.Frequency, RfmDimension.Frequency, columns, bounds, new RfmCounts(columns.Frequency),
                (ulong)bounds.LeastCount, (ulong)bounds.GreatestCount, cancellationToken);
        RfmCut money = scheme.Money.IsFixed ? scheme.Money
            : Fixed(scheme.Money, RfmDimension.Money, columns, bounds, new RfmAmounts(columns.Money),
                RfmAmounts.KeyOf(bounds.LeastAmount), RfmAmounts.KeyOf(bounds.GreatestAmount), cancellationToken);
        return RfmScheme.Of(recency, frequency, money);
    }

    private static RfmCut Fixed<TValues>(
        RfmCut cut, RfmDimension dimension, RfmColumns columns, RfmBounds bounds, TValues values, ulong least, ulong greatest, CancellationToken cancellationToken)
        where TValues : IRfmValues, allows ref struct
    {
        cancellationToken.ThrowIfCancellationRequested();
        var distinct = new RfmDistinct<TValues>(values, columns.Customers, least, greatest);
        int[] starts = cut.Kind == RfmCutKind.Quantiles
            ? RfmQuantiles.Starts(ref distinct, bounds.AllCustomers, cut.Bins)
            : BreakStarts(ref distinct, cut.Bins, cancellationToken);
        var points = new double[starts.Length];
        for (int at = 0; at < points.Length; at++)
        {
            points[at] = distinct.ValueAt(starts[at]);
        }

        if (dimension == RfmDimension.Recency)
        {
            Array.Reverse(points); // from the worst to the best days fall
        }

        Currency currency = dimension == RfmDimension.Money ? columns.Currency : Currency.None;
        int classes = starts.Length + 1;
        return RfmCut.Fixed(
            cut.Kind, cut.Bins, dimension, currency, points, Enumerable.Range(1, classes).Select(step => RfmSpread.Step(step, classes, cut.Bins)));
    }

    private static int[] BreakStarts<TValues>(ref RfmDistinct<TValues> distinct, int bins, CancellationToken cancellationToken)
        where TValues : IRfmValues, allows ref struct
    {
        distinct.TellAllApart();
        cancellationToken.ThrowIfCancellationRequested();
        var values = new double[distinct.Count];
        var customers = new long[distinct.Count];
        for (int entry = 0; entry < values.Length; entry++)
        {
            values[entry] = distinct.ValueAt(entry);
            customers[entry] = distinct.CustomersAt(entry);
        }

        return RfmNaturalBreaks.Starts(values, customers, bins, cancellationToken);
    }
}
