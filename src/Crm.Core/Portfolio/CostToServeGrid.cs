using System.Globalization;
using System.Text;
using Crm.Core.Numerics;

namespace Crm.Core.Portfolio;

/// <summary>Customers by what they bring and by what it costs to serve them: whom one earns with, whom one serves for nothing, and who costs more than they bring.</summary>
/// <remarks>
/// <para>
/// A customer brings much whose margin is above the cut, and costs much whose cost to serve is above the other; who is worth just the cut is below it. Left to itself the grid cuts at
/// the medians, so that about half of the customers stand on either side; where many are alike, those on it are below. Shapiro, Rangan, Moriarty &amp; Ross (1987), Harvard Business Review 65(5).
/// </para>
/// <para>The order of the customers changes no figure. Immutable and thread-safe.</para>
/// </remarks>
public sealed class CostToServeGrid
{
    private readonly ServeQuadrant[] _quadrants;

    private CostToServeGrid(IReadOnlyList<CustomerId> ids, double marginCut, double costCut, ServeQuadrant[] quadrants, IReadOnlyList<ServeCell> cells)
    {
        (Ids, MarginCut, CostCut, _quadrants, Cells) = (ids, marginCut, costCut, quadrants, cells);
    }

    /// <summary>Gets the customers, in the order in which they were given.</summary>
    public IReadOnlyList<CustomerId> Ids { get; }

    /// <summary>Gets the margin above which a customer brings much.</summary>
    public double MarginCut { get; }

    /// <summary>Gets the cost to serve above which a customer costs much.</summary>
    public double CostCut { get; }

    /// <summary>Gets the quadrant of each customer.</summary>
    public ReadOnlySpan<ServeQuadrant> Quadrants => _quadrants;

    /// <summary>Gets the four quadrants in the order of <see cref="ServeQuadrant"/>.</summary>
    public IReadOnlyList<ServeCell> Cells { get; }

    /// <summary>Makes the grid of a base.</summary>
    /// <param name="ids">The customers, none twice.</param>
    /// <param name="margin">What each brings before it is served, over some span of time: revenue less the cost of what was sold. Of any sign.</param>
    /// <param name="costToServe">What serving each costs over the same span and in the same currency, 0 or more: as <c>CostToServe.PerYear</c> gives it.</param>
    /// <param name="marginCut">The margin above which a customer brings much; null for the median.</param>
    /// <param name="costCut">The cost above which a customer costs much; null for the median.</param>
    /// <returns>The grid.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or a customer comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cut is not finite.</exception>
    /// <exception cref="RowFaultsException">A margin is not finite, a cost not 0 or more, or an id none; the first 20 are named, with their total.</exception>
    public static CostToServeGrid Of(
        IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> margin, ReadOnlySpan<double> costToServe, double? marginCut = null, double? costCut = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Check(ids, margin, costToServe);
        double bringsMuch = Cut(marginCut, margin, nameof(marginCut));
        double costsMuch = Cut(costCut, costToServe, nameof(costCut));
        var quadrants = new ServeQuadrant[margin.Length];
        for (int row = 0; row < quadrants.Length; row++)
        {
            quadrants[row] = (margin[row] > bringsMuch, costToServe[row] > costsMuch) switch
            {
                (true, false) => ServeQuadrant.Passive,
                (true, true) => ServeQuadrant.CarriageTrade,
                (false, false) => ServeQuadrant.BargainBasement,
                _ => ServeQuadrant.Aggressive,
            };
        }

        var cells = new ServeCell[Enum.GetValues<ServeQuadrant>().Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = CellOf((ServeQuadrant)cell, quadrants, margin, costToServe);
        }

        return new(ValueList<CustomerId>.Of(ids, nameof(ids)), bringsMuch, costsMuch, quadrants, Array.AsReadOnly(cells));
    }

    /// <summary>Gives the grid as a table.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("quadrant           customers             margin      cost to serve             profit   at a loss");
        foreach (ServeCell cell in Cells)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{cell.Quadrant,-16} {cell.Customers,11:N0} {cell.Margin,18:N0} {cell.CostToServe,18:N0} {cell.Profit,18:N0} {cell.Losing,11:N0}");
        }

        return text.ToString();
    }

    private static void Check(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> margin, ReadOnlySpan<double> costToServe)
    {
        Guard.SameLength(ids.Count, margin.Length, "customers", nameof(margin));
        Guard.SameLength(ids.Count, costToServe.Length, "customers", nameof(costToServe));
        var faults = new RowFaultList();
        for (int row = 0; row < margin.Length; row++)
        {
            if (ids[row] == CustomerId.None)
            {
                faults.Add(row, "id", $"none", "an id of 1 to 128 characters");
            }

            if (!double.IsFinite(margin[row]))
            {
                faults.Add(row, "margin", $"{margin[row]}", "a finite number");
            }

            if (!(costToServe[row] >= 0) || double.IsInfinity(costToServe[row]))
            {
                faults.Add(row, "cost to serve", $"{costToServe[row]}", "a finite number, 0 or more");
            }
        }

        faults.ThrowIfAny(nameof(margin));
        var seen = new HashSet<CustomerId>(ids.Count);
        foreach (CustomerId id in ids)
        {
            if (!seen.Add(id))
            {
                throw new ArgumentException($"Customer {id} comes twice. Give each customer once.", nameof(ids));
            }
        }
    }

    // The lower median: of two in the middle the smaller, so that the upper half is above it.
    private static double Cut(double? stated, ReadOnlySpan<double> values, string name)
    {
        if (stated is { } cut)
        {
            return double.IsFinite(cut) ? cut : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"A cut is a finite number; this is {cut}."));
        }

        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[(sorted.Length - 1) / 2];
    }

    private static ServeCell CellOf(ServeQuadrant quadrant, ServeQuadrant[] quadrants, ReadOnlySpan<double> margin, ReadOnlySpan<double> costToServe)
    {
        var margins = new List<double>();
        var costs = new List<double>();
        int losing = 0;
        for (int row = 0; row < quadrants.Length; row++)
        {
            if (quadrants[row] == quadrant)
            {
                margins.Add(margin[row]);
                costs.Add(costToServe[row]);
                losing += costToServe[row] > margin[row] ? 1 : 0;
            }
        }

        return new()
        {
            Quadrant = quadrant,
            Customers = margins.Count,
            Margin = OrderFreeSum.Of([.. margins], ReadOnlySpan<double>.Empty),
            CostToServe = OrderFreeSum.Of([.. costs], ReadOnlySpan<double>.Empty),
            Losing = losing,
        };
    }
}
