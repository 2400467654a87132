using Crm.Core.Histories;

namespace Crm.Core.Hosting;

/// <summary>The scores of an analysed base, made batch by batch in the order of ids.</summary>
internal sealed class ScoreTable
{
    private readonly CustomerBase _base;
    private readonly ICustomerSegmenter? _segmenter;
    private readonly HashSet<SegmentId> _declared;
    private readonly double[]? _low;
    private readonly double[]? _high;

    private ScoreTable(CustomerBase analysed, RefreshOptions options)
    {
        _base = analysed;
        _segmenter = options.Segmenter;
        _declared = [.. _segmenter?.Segments.Select(segment => segment.Id) ?? []];
        if (analysed.Estimates is { } estimates)
        {
            (_low, _high) = (new double[Count], new double[Count]);
            estimates.Clv.EstimateInterval(options.Level, _low, _high);
        }
    }

    internal int Count => _base.Histories.Count;

    internal static ScoreTable Of(CustomerBase analysed, RefreshOptions options) => new(analysed, options);

    internal CustomerScore[] Rows(int from, int to)
    {
        var rows = new CustomerScore[to - from];
        for (int row = from; row < to; row++)
        {
            rows[row - from] = Row(row);
        }

        return rows;
    }

    private CustomerScore Row(int row)
    {
        PurchaseHistories histories = _base.Histories;
        double sinceLast = TimeUnit.Convert(histories.Age[row] - histories.Recency[row], histories.Unit, TimeUnit.Day);
        var score = new CustomerScore
        {
            Customer = histories.Ids[row],
            Occasions = histories.Frequency[row] + 1,
            LastPurchase = histories.Frame.Window!.Value.LastDay.PlusDays(-(int)Math.Round(sinceLast)),
            Spent = histories.TotalSpend[row],
            ProbabilityAlive = _base.Values!.ProbabilityAlive[row],
            Value = _base.Values.Clv[row],
            ValueLow = _low?[row],
            ValueHigh = _high?[row],
            Tier = _base.Pyramid!.Tiers[_base.Pyramid.TierOfRow[row]].Tier,
        };
        return _segmenter is null ? score : score with { Segments = [.. _segmenter.SegmentsOf(score).Select(Declared)] };
    }

    private SegmentId Declared(SegmentId segment) => _declared.Contains(segment) ? segment : throw new InvalidOperationException(
        $"{_segmenter!.GetType().Name} puts a customer into the segment {segment}, which is not one of its Segments. Declare it there.");
}
