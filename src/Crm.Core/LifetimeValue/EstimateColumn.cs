using System.Buffers;
using System.Runtime.CompilerServices;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Estimates for all rows of histories, of one customer each.</summary>
/// <remarks>
/// Rows of equal histories share their estimate, which is kept and worked with once; columns are spread out over the rows when they are
/// first asked for. Immutable and thread-safe.
/// </remarks>
public sealed class EstimateColumn
{
    private readonly double[] _values;
    private readonly double[] _errors;
    private readonly double[]? _bends;
    private readonly int[]? _estimateOfRow;

    /// <summary>Initializes a new instance of the <see cref="EstimateColumn"/> class.</summary>
    /// <param name="values">The distinct expectations.</param>
    /// <param name="errors">Their standard errors.</param>
    /// <param name="scale">The scale of the errors.</param>
    /// <param name="estimateOfRow">Which of them each row has; null where each row has its own.</param>
    /// <param name="bends">Their bends; null where they have none.</param>
    internal EstimateColumn(double[] values, double[] errors, EstimateScale scale, int[]? estimateOfRow, double[]? bends = null)
    {
        _bends = bends;
        _values = values;
        _errors = errors;
        _estimateOfRow = estimateOfRow;
        Scale = scale;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => _estimateOfRow?.Length ?? _values.Length;

    /// <summary>Gets the scale on which the errors are taken to be normal.</summary>
    public EstimateScale Scale { get; }

    /// <summary>Gets the expectations, one a row.</summary>
    public ReadOnlySpan<double> Values => ValuesByRow;

    /// <summary>Gets the standard errors on <see cref="Scale"/>, one a row.</summary>
    public ReadOnlySpan<double> StandardErrors => ErrorsByRow;

    /// <summary>Gets how much further the intervals reach on one side, one a row: see <see cref="Estimate.Bend"/>.</summary>
    public ReadOnlySpan<double> Bends => BendsByRow;

    private double[] ValuesByRow => field ??= ByRow(_values);

    private double[] ErrorsByRow => field ??= ByRow(_errors);

    private double[] BendsByRow => field ??= _bends is null ? new double[Count] : ByRow(_bends);

    /// <summary>Gets the estimate of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is not a row.</exception>
    public Estimate this[int row]
    {
        get
        {
            int place = _estimateOfRow?[Guard.Row(row, Count)] ?? Guard.Row(row, Count);
            return new(_values[place], _errors[place], Scale, _bends?[place] ?? 0);
        }
    }

    /// <summary>Writes the estimate intervals of all rows: see <see cref="Estimate.EstimateInterval"/>.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <param name="low">Receives the lower ends, one a row.</param>
    /// <param name="high">Receives the upper ends, one a row.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    /// <exception cref="ArgumentException">A destination has not one place for each row.</exception>
    public void EstimateInterval(double level, Span<double> low, Span<double> high)
    {
        double width = NormalDistribution.HalfWidth(IntervalBounds.Checked(level));
        Guard.SameLength(Count, low.Length, "rows", nameof(low));
        Guard.SameLength(Count, high.Length, "rows", nameof(high));
        if (_estimateOfRow is null)
        {
            for (int row = 0; row < _values.Length; row++)
            {
                (low[row], high[row]) = Ends(row, width);
            }

            return;
        }

        (double Low, double High)[] ends = ArrayPool<(double Low, double High)>.Shared.Rent(_values.Length);
        RowBlocks.ForEach(_values.Length, new(), (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                ends[i] = Ends(i, width);
            }
        });
        SpreadOut.Over(low, high, ends, _estimateOfRow);
        ArrayPool<(double Low, double High)>.Shared.Return(ends);
    }

    private (double Low, double High) Ends(int place, double width) =>
        _bends is not null && _bends[place] != 0 ? BentEnds(place, width, _bends[place]) : Estimate.Ends(_values[place], width * _errors[place], Scale);

    // Apart, so that the ends of all others stay as short a piece of code as they are.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (double Low, double High) BentEnds(int place, double width, double bend) => Estimate.Ends(_values[place], width, _errors[place], bend, Scale);

    private double[] ByRow(double[] distinct) =>
        _estimateOfRow is null ? distinct : Array.ConvertAll(_estimateOfRow, place => distinct[place]);
}
