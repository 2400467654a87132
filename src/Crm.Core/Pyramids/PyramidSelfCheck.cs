using System.Text;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>What is said of customer pyramids, held against a base's own numbers: each claim with an interval and whether it holds.</summary>
/// <remarks>
/// <para>
/// Top is who is at the top of this pyramid: to hold the claims as they are meant, rank by revenue. The claims are those of Curry &amp; Curry (2000), "The Customer Marketing Method", that a base can answer. They were never offered as laws, and some bases are far from them.
/// </para>
/// <para>
/// Intervals are by the bootstrap: bases are drawn from this one, each customer Poisson(1) times, cut anew and measured alike; the interval is between
/// their quantiles, corrected for bias and skewness (BCa, Efron 1987). It says what
/// another base of customers like these would show. Where few customers bring most it is too narrow: docs/models/pyramid.md has how often it holds the truth.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class PyramidSelfCheck
{
    /// <summary>The share of each tier that is moved up, in the claims about it.</summary>
    internal const double MovedShare = 0.02;

    private const decimal TopFifth = 0.20m;

    // Below it what customers bring has no variance, and the largest of many more would change the picture.
    private const double LeastTailIndex = 2;

    // Of fewer customers no interval that is drawn from them is wide enough.
    private const int FewCustomers = 100;
    private const double Rounding = 1e-9;

    private PyramidSelfCheck(double level, IReadOnlyList<ClaimCheck> claims, string? caution) => (Level, Claims, Caution) = (level, claims, caution);

    /// <summary>Gets the level of the intervals.</summary>
    public double Level { get; }

    /// <summary>Gets the claims, in the order of <see cref="CurryClaim"/>.</summary>
    public IReadOnlyList<ClaimCheck> Claims { get; }

    /// <summary>Gets what to know of the intervals, in words, where fewer than 100 customers are active, or what they bring has so heavy a tail that it has no variance; null elsewhere.</summary>
    public string? Caution { get; }

    /// <summary>Gets what was found of a claim.</summary>
    /// <param name="claim">The claim.</param>
    public ClaimCheck this[CurryClaim claim] => Claims[(int)claim];

    /// <summary>Holds the claims against a base.</summary>
    /// <param name="pyramid">The pyramid; each row one customer.</param>
    /// <param name="figures">What each customer brings, costs and did, in the order in which they were given to the pyramid. What is not given is not checked, and said.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work, which takes seconds for millions of customers.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A length is not that of the pyramid, or a row of it stands for several customers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or an amount for all is negative or not finite.</exception>
    /// <exception cref="RowFaultsException">A figure is not accepted; the first 20 are named, with their total.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static PyramidSelfCheck Of(Pyramid pyramid, CustomerFigures figures, SelfCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Guard.InRange(options.Level, 0.5, 0.99, name: nameof(options));
        Guard.InRange((double)options.Resamples, ResampledBase.Fewest, 10_000, name: nameof(options));
        PyramidProfile profile = PyramidProfile.Of(pyramid, figures);
        PyramidWhatIf what = PyramidWhatIf.On(pyramid, figures);
        double?[] values = ValuesOf(profile, what, figures);
        var intervals = ResampledBase.Of(pyramid, figures).Intervals(options, cancellationToken);
        var claims = new ClaimCheck[values.Length];
        for (int claim = 0; claim < claims.Length; claim++)
        {
            claims[claim] = Check((CurryClaim)claim, values[claim], intervals[claim], figures, what);
        }

        return new(options.Level, Array.AsReadOnly(claims), CautionOf(pyramid, figures));
    }

    /// <summary>Gives the claims, one a line.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ClaimCheck claim in Claims)
        {
            text.AppendLine(claim.ToString());
        }

        if (Caution is not null)
        {
            text.AppendLine(Caution);
        }

        return text.ToString();
    }

    private static string? CautionOf(Pyramid pyramid, CustomerFigures figures)
    {
        double[] ranked = [.. Enumerable.Range(0, pyramid.TierOfRow.Length).Where(row => pyramid.TierOfRow[row] < pyramid.Scheme.Tiers.Count).Select(row => figures.Revenue.Span[row])];
        return ranked.Length < FewCustomers ? "So few customers are active that intervals may be too narrow."
            : TailIndex.Of(ranked) < LeastTailIndex ? "A few customers weigh so much here that intervals of money may be too narrow." : null;
    }

    private static double?[] ValuesOf(PyramidProfile profile, PyramidWhatIf what, CustomerFigures figures)
    {
        TopShares top = profile.ShareOfTop(TopFifth);
        WhatIfResult moved = what.MoveEveryTier(MovedShare);
        double[] moves = [.. figures.MovedUp.ToArray().Where(probability => !double.IsNaN(probability))];
        return
        [
            top.Revenue, top.Contribution, 1 - profile.RevenueShareOfNew, profile.MarketingShareOfNonCustomers,
            moves.Length == 0 ? null : moves.Average(), moved.Revenue.RelativeChange, moved.Profit?.RelativeChange,
        ];
    }

    private static ClaimCheck Check(CurryClaim claim, double? value, AcceleratedInterval? interval, CustomerFigures figures, PyramidWhatIf what)
    {
        var (says, low, high) = Claimed(claim);
        string? unanswerable = WhyNoAnswer(claim, figures);
        bool isAnswered = value is not null && interval is not null && unanswerable is null;
        return new()
        {
            Claim = claim,
            Says = says,
            ClaimedLow = low,
            ClaimedHigh = high,
            Value = value,
            Low = isAnswered ? interval!.Value.Low : null,
            High = isAnswered ? interval!.Value.High : null,
            Note = value is null ? WhyUnknown(claim, figures) : unanswerable ?? (interval is null ? "Too many bases like this one have no such figure for an interval." : NoteOn(claim, what)),
        };
    }

    // A figure that follows from how the base was given, and not from the customers, answers nothing.
    private static string? WhyNoAnswer(CurryClaim claim, CustomerFigures figures) => claim switch
    {
        CurryClaim.TopFifthBringsProfit when IsFlat(figures) => "All leave the same share of their revenue, and a flat margin cannot show who costs more than they bring.",
        CurryClaim.ExistingCustomersBringRevenue when !figures.IsNew.Span.Contains(true) => "Nobody is new here, and customers who all came before cannot tell.",
        _ => null,
    };

    private static bool IsFlat(CustomerFigures figures)
    {
        ReadOnlySpan<double> revenue = figures.Revenue.Span;
        ReadOnlySpan<double> contribution = figures.Contribution.Span;
        double share = double.NaN;
        for (int row = 0; row < contribution.Length; row++)
        {
            share = double.IsNaN(share) && revenue[row] != 0 ? contribution[row] / revenue[row] : share;
            double expected = double.IsNaN(share) ? 0 : share * revenue[row];
            if (Math.Abs(contribution[row] - expected) > Rounding * Math.Max(Math.Abs(expected), Math.Abs(contribution[row])))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Says, double Low, double High) Claimed(CurryClaim claim) => claim switch
    {
        CurryClaim.TopFifthBringsRevenue => ("The top 20 % of the customers bring 80 % of the revenue, or more.", 0.80, double.PositiveInfinity),
        CurryClaim.TopFifthBringsProfit => ("The top 20 % of the customers bring more than 100 % of the profit.", Math.BitIncrement(1.0), double.PositiveInfinity),
        CurryClaim.ExistingCustomersBringRevenue => ("Existing customers bring most of the revenue.", Math.BitIncrement(0.5), double.PositiveInfinity),
        CurryClaim.MarketingGoesToOthers => ("Most of the marketing budget is spent on those who are no customers.", Math.BitIncrement(0.5), double.PositiveInfinity),
        CurryClaim.CustomersCanMoveUp => ("From 5 to 30 % of the customers can move up.", 0.05, 0.30),
        CurryClaim.MovesRaiseRevenue => ("2 % of the customers moved up bring 10 % more revenue.", 0.10, double.PositiveInfinity),
        _ => ("2 % of the customers moved up bring 50 % more profit.", 0.50, double.PositiveInfinity),
    };

    private static string WhyUnknown(CurryClaim claim, CustomerFigures figures) => claim switch
    {
        CurryClaim.TopFifthBringsProfit or CurryClaim.MovesRaiseProfit when figures.Contribution.IsEmpty => "What customers bring after the costs they cause is not known.",
        CurryClaim.TopFifthBringsProfit or CurryClaim.MovesRaiseProfit => "There is no profit to compare with.",
        CurryClaim.ExistingCustomersBringRevenue when figures.IsNew.IsEmpty => "Who is new is not known.",
        CurryClaim.MarketingGoesToOthers => "What was spent on marketing, and to whom, is not known.",
        CurryClaim.CustomersCanMoveUp => "Who moved up, or how probable it is, is not known.",
        _ => "There is no revenue to compare with.",
    };

    // It holds or not by which 2 %.
    private static string? NoteOn(CurryClaim claim, PyramidWhatIf what) => claim switch
    {
        CurryClaim.MovesRaiseRevenue => what.StepsInWords(MovedShare, static result => result.Revenue.RelativeChange),
        CurryClaim.MovesRaiseProfit => what.StepsInWords(MovedShare, static result => result.Profit?.RelativeChange),
        _ => null,
    };
}
