using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>How one dimension of an RFM scheme is cut into bins, and, once that is known, at which values.</summary>
/// <remarks>
/// <para>
/// A cut of quantiles or natural breaks has no points until <see cref="RfmScheme.Fit"/> or a scoring works them out from a base
/// (<see cref="IsFixed"/>). A cut point is the last value that still earns the better score: with <c>Days(30, 90)</c> a customer of 30 days
/// scores 3, of 31 to 90 days 2, of more 1; with <c>Purchases(2, 5)</c> one of 5 purchases scores 3.
/// </para>
/// <para>Compared by value. Immutable and thread-safe.</para>
/// </remarks>
public sealed record RfmCut
{
    /// <summary>The least number of bins.</summary>
    public const int MinBins = 2;

    /// <summary>The greatest number of bins.</summary>
    public const int MaxBins = 10;

    /// <summary>The number of bins where none is given.</summary>
    public const int DefaultBins = 5;

    private readonly ValueList<double> _points;
    private readonly ValueList<int> _scores;

    private RfmCut(RfmCutKind kind, int bins, RfmDimension? dimension, Currency currency, ValueList<double> points, ValueList<int> scores)
    {
        Kind = kind;
        Bins = bins;
        Dimension = dimension;
        Currency = currency;
        _points = points;
        _scores = scores;
    }

    /// <summary>Gets where the cut points come from.</summary>
    public RfmCutKind Kind { get; }

    /// <summary>Gets the number of bins, which is the best score; 2 to 10.</summary>
    public int Bins { get; }

    /// <summary>Gets the dimension the points belong to; null while there are none.</summary>
    public RfmDimension? Dimension { get; }

    /// <summary>Gets the currency of points of money; <see cref="Currency.None"/> where none was named, or they are of something else.</summary>
    public Currency Currency { get; }

    /// <summary>Gets a value indicating whether the points are known, so that a score means the same whoever else is scored.</summary>
    public bool IsFixed => Dimension is not null;

    /// <summary>Gets the points in ascending order, in days, purchase days or units of the currency; empty while they are not known.</summary>
    public IReadOnlyList<double> Points => _points;

    /// <summary>
    /// Gets the scores between the points from the worst to the best, one more than points; empty while they are not known. They are 1, 2,
    /// … <see cref="Bins"/>, except where the base had fewer different values than bins; a single one if all had the same value, so that nobody is told apart.
    /// </summary>
    public IReadOnlyList<int> Scores => _scores;

    /// <summary>Gets what the points count: "days", "purchases" or the code of a currency; null while there are none.</summary>
    public string? Unit => Dimension switch
    {
        RfmDimension.Recency => RfmWords.Days,
        RfmDimension.Frequency => RfmWords.Purchases,
        RfmDimension.Money => Currency.Code,
        _ => null,
    };

    /// <summary>Cuts a base into bins as near to equal as ties allow.</summary>
    /// <param name="bins">2 to 10.</param>
    /// <returns>The cut, whose points are not known yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is not from 2 to 10.</exception>
    public static RfmCut Quantiles(int bins = DefaultBins) => Unfixed(RfmCutKind.Quantiles, bins);

    /// <summary>Cuts a base where the values within bins differ least: the least sum of squares about the means of the bins.</summary>
    /// <remarks>Up to 65,536 different values it is the least; beyond, breaks are looked for among groups of neighbours and then moved value by value.</remarks>
    /// <param name="bins">2 to 10.</param>
    /// <returns>The cut, whose points are not known yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is not from 2 to 10.</exception>
    public static RfmCut NaturalBreaks(int bins = DefaultBins) => Unfixed(RfmCutKind.NaturalBreaks, bins);

    /// <summary>Cuts recency at days of the host's own.</summary>
    /// <param name="points">1 to 9 numbers of days, 0 or more, ascending: the best score is up to the first.</param>
    /// <returns>The cut.</returns>
    /// <exception cref="ArgumentException">There are none or more than 9.</exception>
    /// <exception cref="RowFaultsException">A point is not finite, negative, or not above the one before; all are named, by place.</exception>
    public static RfmCut Days(params IReadOnlyList<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Own(RfmDimension.Recency, Currency.None, points, nameof(points));
    }

    /// <summary>Cuts frequency at numbers of purchase days of the host's own.</summary>
    /// <param name="points">1 to 9 numbers, 1 or more, ascending: the best score is from the last one up.</param>
    /// <returns>The cut.</returns>
    /// <exception cref="ArgumentException">There are none or more than 9.</exception>
    /// <exception cref="RowFaultsException">A point is below 1, or not above the one before; all are named, by place.</exception>
    public static RfmCut Purchases(params IReadOnlyList<int> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Own(RfmDimension.Frequency, Currency.None, [.. points.Select(point => (double)point)], nameof(points));
    }

    /// <summary>Cuts money at amounts of the host's own.</summary>
    /// <param name="currency">The currency, <see cref="Currency.None"/> where nobody has named it; a base in another is refused.</param>
    /// <param name="points">1 to 9 amounts, ascending: the best score is from the last one up.</param>
    /// <returns>The cut.</returns>
    /// <exception cref="ArgumentException">There are none or more than 9.</exception>
    /// <exception cref="RowFaultsException">A point is not above the one before; all are named, by place.</exception>
    public static RfmCut Amounts(Currency currency, params IReadOnlyList<decimal> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return Own(RfmDimension.Money, currency, [.. points.Select(point => (double)point)], nameof(points));
    }

    /// <summary>Gives the kind, the number of bins and the points.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        string points = IsFixed
            ? string.Create(CultureInfo.InvariantCulture, $" at {string.Join(", ", Points.Select(point => point.ToString(CultureInfo.InvariantCulture)))} {Unit}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{RfmWords.Of(Kind)} of {Bins}{points}");
    }

    /// <summary>A cut whose parts have been checked, by <see cref="RfmCutRules"/> or by whoever worked them out.</summary>
    internal static RfmCut Fixed(RfmCutKind kind, int bins, RfmDimension dimension, Currency currency, IEnumerable<double> points, IEnumerable<int> scores) => new(
        kind, bins, dimension, currency, ValueList<double>.Of(points, nameof(points)), ValueList<int>.Of(scores, nameof(scores)));

    /// <summary>The score of a value; the cut is fixed.</summary>
    internal int ScoreOf(double value)
    {
        int passed = 0;
        foreach (double point in _points)
        {
            passed += Dimension == RfmDimension.Recency ? (value <= point ? 1 : 0) : (value >= point ? 1 : 0);
        }

        return _scores[passed];
    }

    private static RfmCut Unfixed(RfmCutKind kind, int bins)
    {
        Guard.InRange((double)bins, MinBins, MaxBins, "Fewer bins than 2 tell nobody apart, and more than 10 nobody can act upon.", nameof(bins));
        return new(kind, bins, null, Currency.None, ValueList<double>.None, ValueList<int>.None);
    }

    private static RfmCut Own(RfmDimension dimension, Currency currency, IReadOnlyList<double> points, string name)
    {
        if (points.Count is < MinBins - 1 or > MaxBins - 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"A cut has {MinBins - 1} to {MaxBins - 1} points; this one has {points.Count}."), name);
        }

        var faults = new RowFaultList();
        RfmCutRules.CheckPoints(dimension, points, faults);
        faults.ThrowIfAny(name);
        return Fixed(RfmCutKind.Own, points.Count + 1, dimension, currency, points, Enumerable.Range(1, points.Count + 1));
    }
}
