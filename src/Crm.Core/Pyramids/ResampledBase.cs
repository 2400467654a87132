using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A base to draw bases from: each customer so many times as chance has it, ranked anew and measured alike.</summary>
internal sealed class ResampledBase
{
    /// <summary>The fewest bases that quantiles are read from.</summary>
    internal const int Fewest = 200;

    private const uint Purpose = 1;
    private const uint GroupPurpose = 2;
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
    private readonly int[] _endOfTie; // of the ranked, by place: where those of equal value end

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
        _endOfTie = new int[_ranked];
        for (int place = _ranked - 1; place >= 0; place--)
        {
            _endOfTie[place] = place + 1 < _ranked && pyramid.ValueOf(rows[place]) == pyramid.ValueOf(rows[place + 1]) ? _endOfTie[place + 1] : place + 1;
        }

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

        // All customers but a part of them, drawn at random: how lopsided a figure is hangs on few.
        int groups = (int)Math.Min(_rows, Math.Clamp(MostDraws / Math.Max(1, _rows), FewestGroups, MostGroups));
        int[] groupOfPlace = DrawnGroups(groups, options.Seed);
        double[][] without = EveryBase(groups, (times, group) =>
        {
            for (int place = 0; place < times.Length; place++)
            {
                times[place] = (byte)(groupOfPlace[place] == group ? 0 : 1);
            }
        }, cancellationToken);
        double[] whole = EveryBase(1, (times, _) => Array.Fill(times, (byte)1), cancellationToken)[0];
        return [.. Enumerable.Range(0, Claims).Select(claim => AcceleratedInterval.Of(
            whole[claim], Array.ConvertAll(drawn, figures => figures[claim]), Array.ConvertAll(without, figures => figures[claim]), options.Level))];
    }

    private int[] DrawnGroups(int groups, ulong seed)
    {
        var random = new RandomStream(seed, GroupPurpose, 0);
        int[] groupOfPlace = [.. Enumerable.Range(0, _rows).Select(place => place % Math.Max(1, groups))];
        for (int place = _rows - 1; place > 0; place--)
        {
            int other = (int)(random.NextUInt32() % (uint)(place + 1));
            (groupOfPlace[place], groupOfPlace[other]) = (groupOfPlace[other], groupOfPlace[place]);
        }

        return groupOfPlace;
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
        (double[] cuts, double[] revenue, double[] contribution) = Through(times);
        int fifth = cuts.Length - 1;
        double allRevenue = Sum(times, _revenue);
        double allContribution = Sum(times, _contribution);
        double marketing = Sum(times, _marketing) + _otherMarketing;
        return
        [
            Ratio(revenue[fifth], allRevenue),
            Ratio(contribution[fifth], allContribution),
            _revenueOfOld.Length == 0 ? double.NaN : Ratio(Sum(times, _revenueOfOld), allRevenue),
            _marketing.Length == 0 ? double.NaN : Ratio(Sum(times, _marketingOutside) + _otherMarketing, marketing),
            Ratio(Sum(times, _moved), Sum(times, _isKnown)),
            Ratio(Gain(cuts, fifth, revenue), allRevenue),
            Ratio(Gain(cuts, fifth, contribution), allContribution - _fixedCosts),
        ];
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : double.NaN;

    // How many customers stand in the tiers down to and including each, and what they bring; last the first fifth. Cut anew where the scheme is of shares of customers, and where it was before otherwise.
    private (double[] Customers, double[] Revenue, double[] Contribution) Through(byte[] times)
    {
        long[] cuts = Cuts(times);
        int fifth = cuts.Length - 1;
        int[] order = [.. Enumerable.Range(0, cuts.Length)];
        Array.Sort(order, (left, right) => cuts[left].CompareTo(cuts[right]));
        var (customers, revenue, contribution) = (new double[cuts.Length], new double[cuts.Length], new double[cuts.Length]);
        var before = (Customers: 0.0, Revenue: 0.0, Contribution: 0.0);
        int next = 0;
        for (int place = 0; place < _ranked && next < order.Length;)
        {
            int end = _endOfTie[place];
            var tie = SumsOf(times, place, end);
            for (; next < order.Length && cuts[order[next]] < before.Customers + tie.Customers; next++)
            {
                // Customers of equal value stand below a cut together; in the first fifth each counts as much as any other. One who is drawn several times is as many, each for himself.
                int cut = order[next];
                double part = tie.Customers > 0 && (cut == fifth || end == place + 1) ? (cuts[cut] - before.Customers) / tie.Customers : 0;
                (customers[cut], revenue[cut], contribution[cut]) =
                    (before.Customers + (part * tie.Customers), before.Revenue + (part * tie.Revenue), before.Contribution + (part * tie.Contribution));
            }

            before = (before.Customers + tie.Customers, before.Revenue + tie.Revenue, before.Contribution + tie.Contribution);
            place = end;
        }

        foreach (int cut in order.AsSpan(next))
        {
            (customers[cut], revenue[cut], contribution[cut]) = before;
        }

        return (customers, revenue, contribution);
    }

    private (double Customers, double Revenue, double Contribution) SumsOf(byte[] times, int from, int to)
    {
        var sums = (Customers: 0.0, Revenue: 0.0, Contribution: 0.0);
        for (int place = from; place < to; place++)
        {
            sums.Customers += times[place];
            sums.Revenue += times[place] * _revenue[place];
            sums.Contribution += _contribution.Length == 0 ? 0 : times[place] * _contribution[place];
        }

        return sums;
    }

    private long[] Cuts(byte[] times)
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
        return cuts;
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

    private static double Gain(double[] cuts, int tiers, double[] sums)
    {
        double gain = 0;
        double? meanAbove = null;
        for (int tier = 0; tier < tiers; tier++)
        {
            double customers = cuts[tier] - (tier == 0 ? 0 : cuts[tier - 1]);
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
