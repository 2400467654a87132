using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A base to draw bases from: each customer so many times as chance has it, ranked anew and measured alike.</summary>
internal sealed class ResampledBase
{
    /// <summary>The fewest bases that quantiles are read from.</summary>
    internal const int Fewest = 200;

    private const uint Purpose = 1;
    private const int Claims = 7;
    private const int MostGroups = 200;
    private const int FewestGroups = 50;
    private const long MostDraws = 100_000_000;
    private const decimal TopFifth = 0.20m;

    // P(a customer is drawn no more than k times), Poisson(1), of 2^32.
    private static readonly uint[] _drawnAtMost = DrawnAtMost();

    private readonly PyramidScheme _scheme;
    private readonly double _fixedCosts;
    private readonly double _otherMarketing;
    private readonly int _rows;
    private readonly int _ranked;
    private readonly int[] _endOfTier; // places of the ranked

    // By place: first the ranked from the most valuable down, those of equal value by their ids, then all others. Empty where not known.
    private readonly double[] _revenue;
    private readonly double[] _contribution;
    private readonly double[] _revenueOfOld;
    private readonly double[] _marketing;
    private readonly double[] _marketingOutside;
    private readonly double[] _moved;
    private readonly double[] _isKnown;

    private ResampledBase(Pyramid pyramid, CustomerFigures figures)
    {
        (_scheme, _fixedCosts, _otherMarketing) = (pyramid.Scheme, figures.FixedCosts, figures.OtherMarketing ?? 0);
        int[] rows = Ordered(pyramid);
        _rows = rows.Length;
        _ranked = rows.Count(row => IsRanked(pyramid, row));
        _endOfTier = [.. pyramid.Scheme.Tiers.Select((_, tier) => rows.Count(row => pyramid.TierOfRow[row] <= tier))];
        double[] Column(ReadOnlyMemory<double> column, Func<int, double> value) => column.IsEmpty ? [] : Array.ConvertAll(rows, row => value(row));
        _revenue = Column(figures.Revenue, row => figures.Revenue.Span[row]);
        _contribution = Column(figures.Contribution, row => figures.Contribution.Span[row]);
        _revenueOfOld = figures.IsNew.IsEmpty ? [] : Array.ConvertAll(rows, row => figures.IsNew.Span[row] ? 0 : figures.Revenue.Span[row]);
        _marketing = Column(figures.Marketing, row => figures.Marketing.Span[row]);
        _marketingOutside = Column(figures.Marketing, row => PyramidProfile.IsNonCustomer(pyramid.TierOf(row)) ? figures.Marketing.Span[row] : 0);
        _moved = Column(figures.MovedUp, row => double.IsNaN(figures.MovedUp.Span[row]) ? 0 : figures.MovedUp.Span[row]);
        _isKnown = Column(figures.MovedUp, row => double.IsNaN(figures.MovedUp.Span[row]) ? 0 : 1);
    }

    internal static ResampledBase Of(Pyramid pyramid, CustomerFigures figures) => new(pyramid, figures);

    /// <summary>The interval of each claim, in the order of <see cref="CurryClaim"/>; null where too many bases have no such figure.</summary>
    internal AcceleratedInterval?[] Intervals(SelfCheckOptions options, CancellationToken cancellationToken)
    {
        int resamples = (int)Math.Clamp(MostDraws / Math.Max(1, _rows), Fewest, options.Resamples);
        double[][] drawn = EveryBase(resamples, (times, place) => Draw(times, new(options.Seed, Purpose, (ulong)place)), cancellationToken);

        // All customers but a part of them: how lopsided a figure is hangs on few.
        int groups = (int)Math.Min(_rows, Math.Clamp(MostDraws / Math.Max(1, _rows), FewestGroups, MostGroups));
        double[][] without = EveryBase(groups, (times, group) =>
        {
            for (int place = 0; place < times.Length; place++)
            {
                times[place] = (byte)(place % groups == group ? 0 : 1);
            }
        }, cancellationToken);
        double[] whole = EveryBase(1, (times, _) => Array.Fill(times, (byte)1), cancellationToken)[0];
        return [.. Enumerable.Range(0, Claims).Select(claim => AcceleratedInterval.Of(
            whole[claim], Array.ConvertAll(drawn, figures => figures[claim]), Array.ConvertAll(without, figures => figures[claim]), options.Level))];
    }

    private static bool IsRanked(Pyramid pyramid, int row) => pyramid.TierOfRow[row] < pyramid.Scheme.Tiers.Count;

    private static int[] Ordered(Pyramid pyramid)
    {
        var ids = new CustomerId[pyramid.TierOfRow.Length];
        foreach (var (customer, row) in pyramid.Rows)
        {
            ids[row] = customer;
        }

        int[] rows = [.. Enumerable.Range(0, ids.Length)];
        Array.Sort(rows, (left, right) => IsRanked(pyramid, left) != IsRanked(pyramid, right) ? (IsRanked(pyramid, left) ? -1 : 1)
            : pyramid.ValueOf(right).CompareTo(pyramid.ValueOf(left)) is not 0 and int order ? order : ids[left].CompareTo(ids[right]));
        return rows;
    }

    private static uint[] DrawnAtMost()
    {
        var most = new List<uint>();
        double probability = Math.Exp(-1);
        double sum = 0;
        for (int times = 0; sum * uint.MaxValue < uint.MaxValue - 1; times++)
        {
            sum += probability;
            most.Add((uint)(Math.Min(1, sum) * uint.MaxValue));
            probability /= times + 1;
        }

        return [.. most];
    }

    // The first four are counted without branches, since nobody can foresee them; more than four comes once in 270.
    private static void Draw(byte[] times, RandomStream random)
    {
        var (none, once, twice, thrice) = (_drawnAtMost[0], _drawnAtMost[1], _drawnAtMost[2], _drawnAtMost[3]);
        for (int row = 0; row < times.Length; row++)
        {
            uint bits = random.NextUInt32();
            int drawn = (bits > none ? 1 : 0) + (bits > once ? 1 : 0) + (bits > twice ? 1 : 0) + (bits > thrice ? 1 : 0);
            while (drawn >= 4 && drawn < _drawnAtMost.Length - 1 && bits > _drawnAtMost[drawn])
            {
                drawn++;
            }

            times[row] = (byte)drawn;
        }
    }

    private double[][] EveryBase(int bases, Action<byte[], int> make, CancellationToken cancellationToken)
    {
        var figures = new double[bases][];
        Parallel.For(0, bases, new() { CancellationToken = cancellationToken }, () => new byte[_rows], (place, _, times) =>
        {
            make(times, place);
            figures[place] = Measured(times);
            return times;
        }, _ => { });
        return figures;
    }

    private double[] Measured(byte[] times)
    {
        (long[] cuts, int fifth) = Cuts(times);
        double[] revenue = SumsThrough(times, _revenue, cuts);
        double[] contribution = SumsThrough(times, _contribution, cuts);
        double allRevenue = Sum(times, _revenue);
        double allContribution = Sum(times, _contribution);
        double marketing = Sum(times, _marketing) + _otherMarketing;
        return
        [
            Ratio(revenue[fifth], allRevenue),
            Ratio(contribution[fifth], allContribution),
            _revenueOfOld.Length == 0 ? double.NaN : Ratio(Sum(times, _revenueOfOld), allRevenue),
            Ratio(Sum(times, _marketingOutside) + _otherMarketing, marketing),
            Ratio(Sum(times, _moved), Sum(times, _isKnown)),
            Ratio(Gain(cuts, fifth, revenue), allRevenue),
            Ratio(Gain(cuts, fifth, contribution), allContribution - _fixedCosts),
        ];
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : double.NaN;

    // How many customers stand in the tiers down to and including each, cut anew where the scheme is of shares of customers, and where it was before otherwise; last the fifth.
    private (long[] Cuts, int Fifth) Cuts(byte[] times)
    {
        int tiers = _scheme.Tiers.Count;
        var cuts = new long[tiers + 1];
        long customers = 0;
        int place = 0;
        for (int tier = 0; tier < tiers; tier++)
        {
            for (; place < _endOfTier[tier]; place++)
            {
                customers += times[place];
            }

            cuts[tier] = customers;
        }

        decimal share = 0;
        for (int tier = 0; tier < tiers - 1 && _scheme.Cut == PyramidCut.ShareOfCustomers; tier++)
        {
            share += _scheme.Tiers[tier].Share!.Value;
            cuts[tier] = Math.Min(customers, PyramidScheme.CutOf(share, customers));
        }

        cuts[tiers] = PyramidScheme.CutOf(TopFifth, customers);
        return (cuts, tiers);
    }

    // The sum over the first so many customers, of each cut; of a customer who is there several times as many as there is room for.
    private double[] SumsThrough(byte[] times, double[] column, long[] cuts)
    {
        var sums = new double[cuts.Length];
        if (column.Length == 0)
        {
            return sums;
        }

        int[] order = [.. Enumerable.Range(0, cuts.Length)];
        Array.Sort(order, (left, right) => cuts[left].CompareTo(cuts[right]));
        double sum = 0;
        long before = 0;
        int place = 0;
        foreach (int cut in order)
        {
            for (; place < _ranked && before + times[place] <= cuts[cut]; place++)
            {
                before += times[place];
                sum += times[place] * column[place];
            }

            sums[cut] = sum + (place < _ranked ? (cuts[cut] - before) * column[place] : 0);
        }

        return sums;
    }

    private static double Sum(byte[] times, double[] column)
    {
        double sum = 0;
        for (int place = 0; place < column.Length; place++)
        {
            sum += times[place] * column[place];
        }

        return sum;
    }

    private static double Gain(long[] cuts, int tiers, double[] sums)
    {
        double gain = 0;
        double? meanAbove = null;
        for (int tier = 0; tier < tiers; tier++)
        {
            long customers = cuts[tier] - (tier == 0 ? 0 : cuts[tier - 1]);
            if (customers > 0)
            {
                double mean = (sums[tier] - (tier == 0 ? 0 : sums[tier - 1])) / customers;
                gain += meanAbove is { } above ? PyramidSelfCheck.MovedShare * customers * (above - mean) : 0;
                meanAbove = mean;
            }
        }

        return gain;
    }
}
