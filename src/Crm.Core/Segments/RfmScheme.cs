namespace Crm.Core.Segments;

/// <summary>How customers are scored by recency, frequency and money: into how many bins each is cut, and where.</summary>
/// <remarks>
/// <para>
/// Higher is better everywhere: fewer days since the last purchase, more purchase days, more money. Equal values always get the same
/// score, and every bin that can be filled is filled: with D different values and B bins, min(D, B) bins have customers.
/// </para>
/// <para>
/// Quantiles, of n customers and D ≥ B different values: for b = 1, 2, … B − 1, counted from the worst, cut b falls between those two
/// neighbouring values that have, below them, the number of customers nearest to b·n/B. Of two as near it is the one with more customers
/// below: who is in doubt gets the lower score. It falls no sooner than one value after cut b − 1, and no later than B − b values before
/// the end. Where D &lt; B, value d of them, from the worst, scores 1 + (d − 1)(B − 1)/(D − 1) rounded, halves down; a single one scores
/// (B + 1)/2 rounded down: all being equal is neither good nor bad.
/// </para>
/// <para>
/// The dimensions are cut independently of each other, so that a score of frequency means the same number of purchases whatever the
/// recency. The nested form of Hughes (1994, "Strategic Database Marketing"), frequency within recency and money within both, is not
/// offered: its scores do not compare across cells, so that no name of a segment fits a range of them.
/// </para>
/// <para>Neither the order of the rows nor how customers share them changes a bit. Compared by value. Immutable and thread-safe.</para>
/// </remarks>
public sealed record RfmScheme
{
    private RfmScheme(RfmCut recency, RfmCut frequency, RfmCut money)
    {
        Recency = recency;
        Frequency = frequency;
        Money = money;
    }

    /// <summary>Gets the scheme of five quantiles in each dimension, of whatever base is scored.</summary>
    public static RfmScheme Quintiles { get; } = new(RfmCut.Quantiles(), RfmCut.Quantiles(), RfmCut.Quantiles());

    /// <summary>Gets how recency is cut.</summary>
    public RfmCut Recency { get; }

    /// <summary>Gets how frequency is cut.</summary>
    public RfmCut Frequency { get; }

    /// <summary>Gets how money is cut.</summary>
    public RfmCut Money { get; }

    /// <summary>Gets a value indicating whether the points of all three are known, so that tomorrow's scores mean what today's did.</summary>
    public bool IsFixed => Recency.IsFixed && Frequency.IsFixed && Money.IsFixed;

    /// <summary>Makes a scheme.</summary>
    /// <param name="recency">Quantiles or natural breaks, or <see cref="RfmCut.Days"/>.</param>
    /// <param name="frequency">Quantiles or natural breaks, or <see cref="RfmCut.Purchases"/>.</param>
    /// <param name="money">Quantiles or natural breaks, or <see cref="RfmCut.Amounts"/>.</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="ArgumentException">The points of a cut belong to another dimension.</exception>
    public static RfmScheme Of(RfmCut recency, RfmCut frequency, RfmCut money)
    {
        Check(recency, RfmDimension.Recency, nameof(recency));
        Check(frequency, RfmDimension.Frequency, nameof(frequency));
        Check(money, RfmDimension.Money, nameof(money));
        return new(recency, frequency, money);
    }

    /// <summary>Works out the points that are not known yet from a reference base, and keeps those that are.</summary>
    /// <param name="reference">The base, with at least one customer. Ids are not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The scheme with all its points (<see cref="IsFixed"/>). A value better than all of the reference scores best, one that is worse worst. Where all of the reference
    /// have the same value there is nothing to cut: the dimension has no points, and gives everybody its middle score ever after, whatever their values are.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is nobody.</exception>
    /// <exception cref="CurrencyMismatchException">The money is not in the currency of the scheme's points.</exception>
    /// <exception cref="RowFaultsException">A value is not finite, recency or frequency are negative, or a number of customers is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RfmScheme Fit(RfmColumns reference, CancellationToken cancellationToken = default)
    {
        RfmBounds bounds = RfmBounds.Of(reference);
        if (reference.Recency.Length == 0)
        {
            throw new ArgumentException("Nobody is in the reference base, so that it has no cut points. Fit to a base with customers.", nameof(reference));
        }

        CheckCurrency(reference.Currency);
        return RfmFitting.Fit(this, reference, bounds, cancellationToken);
    }

    /// <summary>Scores a base of columns. Points that are not known are those of this base: as <see cref="Fit"/>, and then scored.</summary>
    /// <param name="columns">The base; without customers it gives a table of none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The scores with their totals, and the scheme with all its points. 3 bytes a row; with ids 16 more, beside their texts.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the sum of the money is not finite.</exception>
    /// <exception cref="CurrencyMismatchException">The money is not in the currency of the scheme's points.</exception>
    /// <exception cref="RowFaultsException">
    /// A value is not finite, recency or frequency are negative, a number of customers is below 1, or an id is none or comes twice; the first 20
    /// are named, with their total.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RfmTable Score(RfmColumns columns, CancellationToken cancellationToken = default)
    {
        RfmBounds bounds = RfmBounds.Of(columns);
        if (columns.Recency.Length > 0)
        {
            CheckCurrency(columns.Currency);
        }

        RfmRowIndex? index = columns.Ids is null ? null : RfmRowIndex.Of(columns.Ids, cancellationToken);
        RfmScheme scheme = columns.Recency.Length == 0 ? this : RfmFitting.Fit(this, columns, bounds, cancellationToken);
        return RfmScoring.Score(scheme, columns, bounds, index, cancellationToken);
    }

    /// <summary>Scores a base of customers: the columns of <see cref="Score(RfmColumns, CancellationToken)"/>, to the bit.</summary>
    /// <param name="customers">The customers, none twice, all in one currency; their money crosses to <see cref="double"/> once, here.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The scores, in the order in which the customers were given.</returns>
    /// <exception cref="CurrencyMismatchException">Two customers spent in different currencies, or in another than that of the scheme's points.</exception>
    /// <exception cref="RowFaultsException">Recency is not finite or negative, frequency is negative, or an id is none or comes twice.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RfmTable Score(IEnumerable<RfmCustomer> customers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customers);
        RfmCustomer[] rows = [.. customers];
        Currency currency = rows.Length == 0 ? Money.Currency : rows[0].Spent.Currency;
        foreach (RfmCustomer row in rows)
        {
            if (row.Spent.Currency != currency)
            {
                throw new CurrencyMismatchException(currency, row.Spent.Currency);
            }
        }

        return Score(
            new RfmColumns
            {
                Ids = Array.ConvertAll(rows, row => row.Id),
                Recency = Array.ConvertAll(rows, row => row.DaysSinceLastPurchase),
                Frequency = Array.ConvertAll(rows, row => row.PurchaseDays),
                Money = Array.ConvertAll(rows, row => (double)row.Spent.Amount),
                Currency = currency,
            },
            cancellationToken);
    }

    /// <summary>Scores one customer, whose id may be none, at points that are known.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The scores: those of the customer in any base this scheme scores.</returns>
    /// <exception cref="InvalidOperationException">The points are not known: a quantile of one customer says nothing. Fit the scheme first.</exception>
    /// <exception cref="CurrencyMismatchException">The money is not in the currency of the scheme's points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Recency is not finite or negative, or frequency is negative.</exception>
    public RfmScore Score(RfmCustomer customer)
    {
        if (!IsFixed)
        {
            throw new InvalidOperationException("The scheme has no cut points yet, and one customer has no quantiles. Fit the scheme to a base first.");
        }

        Guard.NotNegative(customer.DaysSinceLastPurchase, "Give the days since the last purchase.", nameof(RfmCustomer.DaysSinceLastPurchase));
        Guard.NotNegative(customer.PurchaseDays, nameof(RfmCustomer.PurchaseDays));
        CheckCurrency(customer.Spent.Currency);
        return new(
            Recency.ScoreOf(customer.DaysSinceLastPurchase), Frequency.ScoreOf(customer.PurchaseDays), Money.ScoreOf((double)customer.Spent.Amount));
    }

    /// <summary>Gives the scheme as JSON, with a schema number; <see cref="FromJson"/> reads it back to the bit.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => RfmSchemeDocument.Write(this);

    /// <summary>Reads a scheme from the JSON of <see cref="ToJson"/>, or from one written by hand in the same form.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no RFM scheme; the message names everything that is wrong, and where.</exception>
    public static RfmScheme FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return RfmSchemeDocument.Read(json);
    }

    private static void Check(RfmCut cut, RfmDimension dimension, string name)
    {
        ArgumentNullException.ThrowIfNull(cut, name);
        if (cut.Dimension is { } other && other != dimension)
        {
            throw new ArgumentException($"The points count {cut.Unit}: they cut {RfmWords.Of(other)} and not {RfmWords.Of(dimension)}.", name);
        }
    }

    private void CheckCurrency(Currency found)
    {
        if (Money.IsFixed && Money.Currency != found)
        {
            throw new CurrencyMismatchException(Money.Currency, found);
        }
    }
}
