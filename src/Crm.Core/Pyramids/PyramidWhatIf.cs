using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>What a base would bring if customers stood in higher tiers, by its own numbers: who moves brings what those who stand there bring on average.</summary>
/// <remarks>
/// <para>
/// It says what a move is worth, not what it takes, nor whether it can be had. The averages are those of the base as it is; moves are added up one by one, so a few of many customers
/// are meant.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class PyramidWhatIf
{
    private readonly Pyramid _pyramid;
    private readonly CustomerFigures _figures;
    private readonly double[] _revenueOfTier;
    private readonly double[] _contributionOfTier;
    private readonly double[] _valueOfTier;

    private PyramidWhatIf(Pyramid pyramid, CustomerFigures figures)
    {
        _pyramid = pyramid;
        _figures = figures.Copied();
        _revenueOfTier = SumsOf(_figures.Revenue);
        _contributionOfTier = SumsOf(_figures.Contribution);
        _valueOfTier = SumsOf(_figures.LifetimeValue);
    }

    /// <summary>Begins with a base.</summary>
    /// <param name="pyramid">The pyramid; each row one customer.</param>
    /// <param name="figures">What each customer brings, in the order in which they were given to the pyramid.</param>
    /// <returns>The questions.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A length is not that of the pyramid, or a row of it stands for several customers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fixed costs are negative or not finite.</exception>
    /// <exception cref="RowFaultsException">An amount is not finite; the first 20 are named, with their total.</exception>
    public static PyramidWhatIf On(Pyramid pyramid, CustomerFigures figures)
    {
        ArgumentNullException.ThrowIfNull(pyramid);
        ArgumentNullException.ThrowIfNull(figures);
        figures.Check(pyramid, nameof(figures));
        return new(pyramid, figures);
    }

    /// <summary>Moves some customers of each of some tiers, whoever they are: each brings what those of their tier bring on average, and would bring what those of the other do.</summary>
    /// <param name="steps">The moves.</param>
    /// <returns>What the base would bring.</returns>
    /// <exception cref="ArgumentException">A tier is not in the pyramid, nobody stands in one that is moved to, or more move than there are.</exception>
    public WhatIfResult Move(params IReadOnlyList<TierStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach (var of in steps.GroupBy(step => step.From))
        {
            double moved = of.Sum(step => step.Customers);
            long there = _pyramid.Tiers[PlaceOf(of.Key)].Customers;
            if (of.Any(step => !(step.Customers >= 0)) || moved > there)
            {
                throw new ArgumentException(FormattableString.Invariant($"Of the {there} customers of the tier {of.Key} {moved} cannot move. Give 0 or more, and together no more than there are."), nameof(steps));
            }
        }

        double Gain(double[] sums) => steps.Sum(step => step.Customers * (MeanOf(sums, step.To) - MeanOf(sums, step.From)));
        return Result(steps.Sum(step => step.Customers), Gain);
    }

    /// <summary>Moves a share of the customers of every tier but the highest up to the next higher one in which there is anybody.</summary>
    /// <param name="share">The share of each tier's customers, from 0 to 1.</param>
    /// <returns>What the base would bring.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public WhatIfResult MoveEveryTier(double share)
    {
        Guard.InRange(share, 0, 1, "Give the share as a fraction: 0.02 for 2 %.");
        return Move([.. _pyramid.Tiers.Take(_pyramid.Scheme.Tiers.Count).Where(tier => tier.Customers > 0 && Above(tier.Tier) is not null)
            .Select(tier => new TierStep(tier.Tier, Above(tier.Tier)!.Value, share * tier.Customers))]);
    }

    /// <summary>What every single step up would bring, of as many customers as a share of all who are ranked, in words; null where no tier has as many.</summary>
    internal string? StepsInWords(double share, Func<WhatIfResult, double?> change)
    {
        TierSummary[] ranked = [.. _pyramid.Tiers.Take(_pyramid.Scheme.Tiers.Count)];
        double customers = share * ranked.Sum(tier => tier.Customers);
        var steps = new List<string>();
        foreach (TierSummary tier in ranked)
        {
            if (tier.Customers > 0 && tier.Customers >= customers && Above(tier.Tier) is { } above && change(Move(new TierStep(tier.Tier, above, customers))) is { } gain)
            {
                string percent = (100 * gain).ToString("0.0", CultureInfo.InvariantCulture);
                steps.Add($"{tier.Tier} to {above} {percent} %");
            }
        }

        return steps.Count == 0 ? null : $"By 2 % of every tier. All 2 % from one tier would bring: {string.Join(", ", steps)}.";
    }

    /// <summary>Moves named customers: each brings what they bring, and would bring what those of the tier bring on average.</summary>
    /// <param name="customers">The customers, none twice.</param>
    /// <param name="to">The tier they move to; who stands in it already stays as they are.</param>
    /// <returns>What the base would bring.</returns>
    /// <exception cref="ArgumentException">A customer comes twice, the tier is not in the pyramid, or nobody stands in it.</exception>
    /// <exception cref="KeyNotFoundException">A customer is not in the pyramid.</exception>
    public WhatIfResult Move(IReadOnlyList<CustomerId> customers, Tier to)
    {
        ArgumentNullException.ThrowIfNull(customers);
        int place = PlaceOf(to);
        MeanOf(_revenueOfTier, to);
        int[] rows = [.. customers.Select(RowOf).Where(row => _pyramid.TierOfRow[row] != place)];
        if (customers.Distinct().Count() != customers.Count)
        {
            throw new ArgumentException("A customer comes twice. Give each once.", nameof(customers));
        }

        double Gain(double[] sums) => rows.Sum(row => MeanOf(sums, to) - ColumnOf(sums).Span[row]);
        return Result(rows.Length, Gain);
    }

    /// <summary>Ranks the customers who would bring more in the next higher tier, those whose move is worth most first.</summary>
    /// <param name="probabilities">The probability of each customer to move up, row by row, from 0 to 1; empty to rank by the gain alone.</param>
    /// <returns>The moves that are worth more than 0; equal ones in the order of ids. By contribution where that is known, else by revenue.</returns>
    /// <exception cref="ArgumentException">The length is not that of the pyramid.</exception>
    /// <exception cref="RowFaultsException">A probability is not from 0 to 1; the first 20 are named, with their total.</exception>
    public IReadOnlyList<CandidateMove> Candidates(ReadOnlySpan<double> probabilities = default)
    {
        Guard.SameLength(_pyramid.TierOfRow.Length, probabilities.Length == 0 ? _pyramid.TierOfRow.Length : probabilities.Length, "customers", nameof(probabilities));
        var faults = new RowFaultList();
        for (int row = 0; row < probabilities.Length; row++)
        {
            if (!(probabilities[row] is >= 0 and <= 1))
            {
                faults.Add(row, "probability", $"{probabilities[row]}", "a probability from 0 to 1");
            }
        }

        faults.ThrowIfAny(nameof(probabilities));
        double[] sums = _figures.Contribution.IsEmpty ? _revenueOfTier : _contributionOfTier;
        var found = new List<CandidateMove>();
        foreach (var (customer, row) in _pyramid.Rows)
        {
            Tier from = _pyramid.TierOf(row);
            if (_pyramid.TierOfRow[row] < _pyramid.Scheme.Tiers.Count && Above(from) is { } to)
            {
                var move = new CandidateMove
                {
                    Customer = customer,
                    From = from,
                    To = to,
                    Gain = MeanOf(sums, to) - ColumnOf(sums).Span[row],
                    Probability = probabilities.Length == 0 ? 1 : probabilities[row],
                };
                if (move.Worth > 0)
                {
                    found.Add(move);
                }
            }
        }

        found.Sort(static (left, right) => right.Worth.CompareTo(left.Worth) is not 0 and int order ? order : left.Customer.CompareTo(right.Customer));
        return found.AsReadOnly();
    }

    /// <summary>Gives few moves up by one tier that together reach a gain: greedily, the greatest first. No fewer single steps reach it; moves by several tiers at once are not tried.</summary>
    /// <param name="gain">What is to be gained; above 0. In contribution where that is known, else in revenue.</param>
    /// <returns>The moves; null where all moves together do not reach it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gain"/> is not above 0.</exception>
    public IReadOnlyList<CandidateMove>? MovesToReach(double gain)
    {
        if (!(gain > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(gain), FormattableString.Invariant($"What is to be gained is above 0; this is {gain}."));
        }

        double sum = 0;
        var moves = new List<CandidateMove>();
        foreach (CandidateMove move in Candidates())
        {
            moves.Add(move);
            sum += move.Gain;
            if (sum >= gain)
            {
                return moves.AsReadOnly();
            }
        }

        return null;
    }

    private double[] SumsOf(ReadOnlyMemory<double> column)
    {
        var ofTier = Enumerable.Range(0, _pyramid.Tiers.Count).Select(_ => new List<double>()).ToArray();
        for (int row = 0; row < column.Length; row++)
        {
            ofTier[_pyramid.TierOfRow[row]].Add(column.Span[row]);
        }

        return Array.ConvertAll(ofTier, values => OrderFreeSum.Of([.. values], ReadOnlySpan<double>.Empty));
    }

    private ReadOnlyMemory<double> ColumnOf(double[] sums) => sums == _revenueOfTier ? _figures.Revenue : sums == _contributionOfTier ? _figures.Contribution : _figures.LifetimeValue;

    private WhatIfResult Result(double customers, Func<double[], double> gain)
    {
        WhatIfFigure Figure(double[] sums, double less) => new(sums.Sum() - less, sums.Sum() - less + gain(sums));
        return new()
        {
            Customers = customers,
            Revenue = Figure(_revenueOfTier, 0),
            Profit = _figures.Contribution.IsEmpty ? null : Figure(_contributionOfTier, _figures.FixedCosts),
            LifetimeValue = _figures.LifetimeValue.IsEmpty ? null : Figure(_valueOfTier, 0),
        };
    }

    // The next higher tier in which there is anybody; of those who are ranked.
    private Tier? Above(Tier tier)
    {
        for (int place = PlaceOf(tier) - 1; place >= 0; place--)
        {
            if (_pyramid.Tiers[place].Customers > 0)
            {
                return _pyramid.Tiers[place].Tier;
            }
        }

        return null;
    }

    private double MeanOf(double[] sums, Tier tier)
    {
        int place = PlaceOf(tier);
        long customers = _pyramid.Tiers[place].Customers;
        return customers > 0 ? sums[place] / customers : throw new ArgumentException($"Nobody stands in the tier {tier}, so what its customers bring is not known.", nameof(tier));
    }

    private int PlaceOf(Tier tier)
    {
        for (int place = 0; place < _pyramid.Tiers.Count; place++)
        {
            if (_pyramid.Tiers[place].Tier == tier)
            {
                return place;
            }
        }

        throw new ArgumentException($"There is no tier {tier} in this pyramid; there are {string.Join(", ", _pyramid.Tiers.Select(summary => summary.Tier))}.", nameof(tier));
    }

    private int RowOf(CustomerId customer) => _pyramid.Rows.TryGetValue(customer, out int row) ? row : throw new KeyNotFoundException($"Customer {customer} is not in this pyramid.");
}
