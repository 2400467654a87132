using System.Collections.ObjectModel;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>What the customers of a pyramid bring, cost and say: by tier, by loyalty rung or any other group, and of the most valuable of them.</summary>
/// <remarks>The order of the customers changes no figure. Immutable and thread-safe.</remarks>
public sealed class PyramidProfile
{
    private readonly Pyramid _pyramid;
    private readonly CustomerFigures _figures;
    private readonly double _revenue;
    private readonly double? _contribution;
    private readonly double? _marketing;
    private readonly Lazy<RankedColumns> _ranked;

    private PyramidProfile(Pyramid pyramid, CustomerFigures figures)
    {
        _pyramid = pyramid;
        _figures = figures.Copied();
        _revenue = SumOf(_figures.Revenue.Span);
        _contribution = _figures.Contribution.IsEmpty ? null : SumOf(_figures.Contribution.Span);
        _marketing = _figures.Marketing.IsEmpty ? null : SumOf(_figures.Marketing.Span) + (_figures.OtherMarketing ?? 0);
        _ranked = new(() => RankedColumns.Of(pyramid, [_figures.Revenue, _figures.Contribution, _figures.Marketing]));
        Tiers = By([.. Enumerable.Range(0, pyramid.TierOfRow.Length).Select(row => (int)pyramid.TierOfRow[row])], [.. pyramid.Tiers.Select(tier => tier.Tier.Name)]);
    }

    /// <summary>Gets the figures of each tier, in the order of the pyramid's tiers.</summary>
    public IReadOnlyList<GroupFigures> Tiers { get; }

    /// <summary>Gets what customers who came within the span of time bring of all revenue; the others bring the rest. Null where it is not known who they are, or there is no revenue.</summary>
    public double? RevenueShareOfNew => _figures.IsNew.IsEmpty || !(_revenue > 0) ? null : SumWhere(_figures.Revenue.Span, row => _figures.IsNew.Span[row]) / _revenue;

    /// <summary>
    /// Gets what was spent on those who have not bought, of all that was spent on marketing: prospects, suspects, and <see cref="CustomerFigures.OtherMarketing"/>. Who is inactive has
    /// bought. Null where it is not known what was spent, or nothing was.
    /// </summary>
    public double? MarketingShareOfNonCustomers => _marketing > 0
        ? (SumWhere(_figures.Marketing.Span, row => IsNonCustomer(_pyramid.TierOf(row))) + (_figures.OtherMarketing ?? 0)) / _marketing : null;

    /// <summary>Measures a base.</summary>
    /// <param name="pyramid">The pyramid; each row one customer.</param>
    /// <param name="figures">What each customer brings, costs and says, in the order in which they were given to the pyramid.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A length is not that of the pyramid, or a row of it stands for several customers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount for all is negative or not finite.</exception>
    /// <exception cref="RowFaultsException">A figure is not accepted; the first 20 are named, with their total.</exception>
    public static PyramidProfile Of(Pyramid pyramid, CustomerFigures figures)
    {
        ArgumentNullException.ThrowIfNull(pyramid);
        ArgumentNullException.ThrowIfNull(figures);
        figures.Check(pyramid, nameof(figures));
        return new(pyramid, figures);
    }

    /// <summary>Gives the figures of other groups than the tiers: loyalty rungs, regions.</summary>
    /// <param name="groups">The group of each customer, in the order of the pyramid; none for who is in no group.</param>
    /// <returns>The groups in the order of their ids; last, as "(none)", who is in none, if there is anybody.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="groups"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is not that of the pyramid.</exception>
    public IReadOnlyList<GroupFigures> By(IReadOnlyList<SegmentId> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Guard.SameLength(_pyramid.TierOfRow.Length, groups.Count, "customers", nameof(groups));
        SegmentId[] known = [.. groups.Distinct().OrderBy(group => group == SegmentId.None).ThenBy(group => group.ToString(), StringComparer.Ordinal)];
        var places = known.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return By([.. groups.Select(group => places[group])], [.. known.Select(group => group.ToString())]);
    }

    /// <summary>What the most valuable active customers bring and cost of all, by the value that the pyramid is ranked by. Of equal customers at the cut each counts as much as any other.</summary>
    /// <param name="share">The share of active customers, from 0 to 1; it stands for round(share × n) of them, halves up, as in a pyramid.</param>
    /// <returns>Their shares.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public TopShares ShareOfTop(decimal share)
    {
        Guard.InRange(share, 0, 1, "Give the share as a fraction: 0.01 for 1 %.");
        RankedColumns ranked = _ranked.Value;
        long customers = PyramidScheme.CutOf(share, ranked.Customers);
        return new()
        {
            Customers = customers,
            Revenue = Share(ranked.SumOfFirst(0, customers), _revenue),
            Contribution = _contribution is null ? null : Share(ranked.SumOfFirst(1, customers), _contribution),
            Marketing = _figures.Marketing.IsEmpty ? null : Share(ranked.SumOfFirst(2, customers), _marketing),
        };
    }

    internal static bool IsNonCustomer(Tier tier) => tier == Tier.Prospect || tier == Tier.Suspect;

    private static double? Share(double part, double? whole) => whole > 0 ? part / whole : null;

    private static double SumOf(ReadOnlySpan<double> column) => FixedPointSum.Of(column, []);

    private static double SumWhere(ReadOnlySpan<double> column, Func<int, bool> counts)
    {
        var kept = new List<double>();
        for (int row = 0; row < column.Length; row++)
        {
            if (counts(row))
            {
                kept.Add(column[row]);
            }
        }

        return SumOf([.. kept]);
    }

    private ReadOnlyCollection<GroupFigures> By(int[] groupOfRow, string[] names)
    {
        var rows = new List<int>[names.Length];
        for (int group = 0; group < rows.Length; group++)
        {
            rows[group] = [];
        }

        for (int row = 0; row < groupOfRow.Length; row++)
        {
            rows[groupOfRow[row]].Add(row);
        }

        return Array.AsReadOnly(rows.Select((ofGroup, group) => Figures(names[group], ofGroup)).ToArray());
    }

    private GroupFigures Figures(string name, List<int> rows)
    {
        double? Sum(ReadOnlyMemory<double> column) => column.IsEmpty ? null : SumOf([.. rows.Select(row => column.Span[row])]);
        double[] said = _figures.Satisfaction.IsEmpty ? [] : [.. rows.Select(row => _figures.Satisfaction.Span[row]).Where(number => !double.IsNaN(number))];
        double revenue = Sum(_figures.Revenue) ?? 0;
        double? contribution = Sum(_figures.Contribution);
        double? marketing = Sum(_figures.Marketing);
        return new()
        {
            Name = name,
            Customers = rows.Count,
            Revenue = revenue,
            ShareOfRevenue = Share(revenue, _revenue),
            Contribution = contribution,
            ShareOfContribution = contribution is { } brings ? Share(brings, _contribution) : null,
            Marketing = marketing,
            ShareOfMarketing = marketing is { } costs ? Share(costs, _marketing) : null,
            Satisfaction = said.Length == 0 ? null : SumOf(said) / said.Length,
            Asked = said.Length,
        };
    }
}
