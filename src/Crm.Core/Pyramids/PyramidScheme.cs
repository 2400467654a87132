namespace Crm.Core.Pyramids;

/// <summary>How a customer base is cut into tiers, from the most valuable down: by share of customers, by share of value, or by thresholds.</summary>
/// <remarks>
/// <para>
/// Shares of customers: the tiers down to and including one hold round(cumulative share × n) active customers, halves up. Shares of value: the tiers down to and
/// including one hold as many as together make no more than the cumulative share of all value. Ties go down: customers of equal value stand in one tier, the lower one. So the
/// tiers down to and including one never exceed their shares together, though one of them may hold who fell from the tier above; and where all are worth the same, all
/// stand in the last tier. A threshold counts to the tier it begins.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class PyramidScheme
{
    private const int MostTiers = 100;

    private PyramidScheme(string name, PyramidCut cut, IReadOnlyList<TierDefinition> tiers)
    {
        Name = name;
        Cut = cut;
        Tiers = tiers;
    }

    /// <summary>Gets Curry's pyramid: top 1 %, large 4 %, medium 15 %, small 80 % of active customers.</summary>
    /// <remarks>Curry &amp; Curry (2000), "The Customer Marketing Method". The shares of customers define it; those of value are a result.</remarks>
    public static PyramidScheme Curry { get; } =
        OfShares("curry", new(Tier.Top, 0.01m), new(Tier.Large, 0.04m), new(Tier.Medium, 0.15m), new(Tier.Small, 0.80m));

    /// <summary>Gets the pyramid of Zeithaml, Rust and Lemon, to be cut on profit, which may be negative: platinum 20 %, gold 30 %, iron 30 %, lead 20 % of active customers.</summary>
    /// <remarks>
    /// Zeithaml, Rust &amp; Lemon (2001), "The Customer Pyramid", California Management Review 43(4). The article gives no shares; these are quoted with it. Its lead are
    /// customers who cost money: where you know what a customer must bring, cut by <see cref="OfThresholds"/> with a last tier below 0.
    /// </remarks>
    public static PyramidScheme ZeithamlRustLemon { get; } =
        OfShares("zeithaml-rust-lemon", new(Tier.Platinum, 0.20m), new(Tier.Gold, 0.30m), new(Tier.Iron, 0.30m), new(Tier.Lead, 0.20m));

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets what the tiers are cut by.</summary>
    public PyramidCut Cut { get; }

    /// <summary>Gets the tiers from the most valuable down, each with its share, or what a customer of it is worth at least.</summary>
    public IReadOnlyList<TierDefinition> Tiers { get; }

    /// <summary>Makes a scheme of shares of customers.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="tiers">1 to 100 different tiers from the most valuable down; each share is above 0, and they sum to 1 (to six decimals; the last tier takes what is left).</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="ArgumentException">The tiers are none or too many, one comes twice or has no name, or the shares are not above 0 or do not sum to 1.</exception>
    public static PyramidScheme OfShares(string name, params IReadOnlyList<TierShare> tiers) => OfShares(name, PyramidCut.ShareOfCustomers, tiers);

    /// <summary>Makes a scheme of shares of value: the customers who together make the first half of it, say.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="tiers">1 to 100 different tiers from the most valuable down; each share of value is above 0, and they sum to 1 (to six decimals; the last tier takes what is left).</param>
    /// <returns>The scheme. It cuts no base whose values sum to nothing or less.</returns>
    /// <exception cref="ArgumentException">The tiers are none or too many, one comes twice or has no name, or the shares are not above 0 or do not sum to 1.</exception>
    public static PyramidScheme OfValueShares(string name, params IReadOnlyList<TierShare> tiers) => OfShares(name, PyramidCut.ShareOfValue, tiers);

    /// <summary>Makes a scheme of thresholds.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="tiers">1 to 100 different tiers from the most valuable down, each with what a customer of it is worth at least, always less; the last has none, and holds all others.</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="ArgumentException">The tiers are none or too many, one comes twice or has no name, or the thresholds overlap, are not finite or missing.</exception>
    public static PyramidScheme OfThresholds(string name, params IReadOnlyList<TierFloor> tiers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(tiers);
        CheckTiers([.. tiers.Select(tier => tier.Tier)], nameof(tiers));
        for (int tier = 0; tier < tiers.Count; tier++)
        {
            double? least = tiers[tier].Least;
            bool isLast = tier == tiers.Count - 1;
            if (isLast != least is null || least is { } number && !double.IsFinite(number))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Each tier but the last begins at a finite threshold, and the last has none, since it holds all others; that of the tier {tiers[tier].Tier} is {(object?)least ?? "none"}."), nameof(tiers));
            }

            if (tier > 0 && !isLast && !(least < tiers[tier - 1].Least))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Thresholds go down; that of the tier {tiers[tier].Tier} is {least}, and of the tier {tiers[tier - 1].Tier} before it {tiers[tier - 1].Least}."), nameof(tiers));
            }
        }

        return new(name, PyramidCut.Threshold, [.. tiers.Select(tier => new TierDefinition { Tier = tier.Tier, Least = tier.Least })]);
    }

    /// <summary>Ranks customers by value and cuts them into tiers.</summary>
    /// <param name="ids">The customers, none twice.</param>
    /// <param name="values">What each is worth: revenue, margin, lifetime value; finite, of any sign.</param>
    /// <returns>The pyramid.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a customer comes twice, or the sum of the values is not finite.</exception>
    /// <exception cref="RowFaultsException">A value is not finite, or an id none; the first 20 are named, with their total.</exception>
    public Pyramid Rank(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values) => Pyramid.Of(this, ids, values, [], []);

    /// <summary>Ranks active customers by value and cuts them into tiers; the others stand below as inactive.</summary>
    /// <param name="ids">The customers, none twice.</param>
    /// <param name="values">What each is worth: revenue, margin, lifetime value; finite, of any sign.</param>
    /// <param name="active">Whether each is active; empty when all are.</param>
    /// <param name="customers">How many customers share each row, 1 or more; empty when each row is one.</param>
    /// <returns>The pyramid.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a customer comes twice, or the sum of the values is not finite.</exception>
    /// <exception cref="RowFaultsException">A value is not finite, an id none, or a number of customers below 1; the first 20 are named, with their total.</exception>
    public Pyramid Rank(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<bool> active, ReadOnlySpan<int> customers = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Guard.SameLength(ids.Count, active.Length == 0 ? ids.Count : active.Length, "customers", nameof(active));
        return Pyramid.Of(this, ids, values, LayersOf(active), customers);
    }

    /// <summary>Ranks active customers by value and cuts them into tiers; below them stand who is inactive, prospects and suspects.</summary>
    /// <param name="ids">The customers, none twice.</param>
    /// <param name="values">What each is worth: revenue, margin, lifetime value; finite, of any sign.</param>
    /// <param name="layers">The layer of each.</param>
    /// <param name="customers">How many customers share each row, 1 or more; empty when each row is one.</param>
    /// <returns>The pyramid.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a customer comes twice, a layer has no name, or the sum of the values is not finite.</exception>
    /// <exception cref="RowFaultsException">A value is not finite, an id none, or a number of customers below 1; the first 20 are named, with their total.</exception>
    public Pyramid RankLayers(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers = default) =>
        Pyramid.Of(this, ids, values, layers, customers);

    /// <summary>Cuts values into tiers without names, in time that grows with their number only: for bases of many millions.</summary>
    /// <param name="values">What each customer is worth: revenue, margin, lifetime value; finite, of any sign.</param>
    /// <param name="customers">How many customers share each row, 1 or more; empty when each row is one.</param>
    /// <returns>The tier of every row, and the tiers as <see cref="Rank(IReadOnlyList{CustomerId}, ReadOnlySpan{double})"/> has them, to the bit.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the sum of the values is not finite.</exception>
    /// <exception cref="RowFaultsException">A value is not finite, or a number of customers below 1; the first 20 are named, with their total.</exception>
    public TierColumn RankValues(ReadOnlySpan<double> values, ReadOnlySpan<int> customers = default)
    {
        Guard.SameLength(values.Length, customers.Length == 0 ? values.Length : customers.Length, "values", nameof(customers));
        Pyramid.CheckValues(values, customers);
        return new(this, BaseCut.Of(this, values, [], customers));
    }

    /// <summary>Cuts the customers of a sketch into tiers.</summary>
    /// <param name="sketch">What they are worth.</param>
    /// <returns>The pyramid, with bounds on what is not known exactly.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sketch"/> is null.</exception>
    /// <exception cref="ArgumentException">The sum of the values is not finite, or the scheme is of shares of value and they sum to nothing or less.</exception>
    public SketchedPyramid Rank(ValueSketch sketch)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        return SketchedPyramid.Of(this, sketch);
    }

    /// <summary>Gives the scheme as JSON, with a schema number; <see cref="FromJson"/> reads it back to the bit.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">A name holds half of a surrogate pair, which no JSON can.</exception>
    public string ToJson() => PyramidSchemeDocument.Write(this);

    /// <summary>Reads a scheme from the JSON of <see cref="ToJson"/>, or from one written by hand in the same form.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no scheme; the message names all values that are wrong, and where, or the first place at which it is no JSON of one.</exception>
    public static PyramidScheme FromJson(string json) => PyramidSchemeDocument.Read(json);

    /// <summary>Gives how many of n customers the tiers down to and including one hold at the most.</summary>
    internal static long CutOf(decimal cumulativeShare, long customers) => (long)Math.Floor((cumulativeShare * customers) + 0.5m);

    private static CustomerLayer[] LayersOf(ReadOnlySpan<bool> active)
    {
        var layers = new CustomerLayer[active.Length];
        for (int row = 0; row < layers.Length; row++)
        {
            layers[row] = active[row] ? CustomerLayer.Active : CustomerLayer.Inactive;
        }

        return layers;
    }

    private static PyramidScheme OfShares(string name, PyramidCut cut, IReadOnlyList<TierShare> tiers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(tiers);
        CheckCount(tiers.Count, nameof(tiers));
        foreach (TierShare wrong in tiers.Where(tier => tier.Share <= 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"Each share is above 0; that of the tier {wrong.Tier} is {wrong.Share}."), nameof(tiers));
        }

        // Three thirds are 1 to a person and 0.999… to a decimal; the last tier takes what is left.
        decimal sum = tiers.Sum(t => Math.Min(t.Share, 1_000));
        if (Math.Abs(sum - 1) > 0.000001m)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The shares sum to 1; these sum to {sum}. Give fractions: 0.01 for 1 %."), nameof(tiers));
        }

        CheckTiers([.. tiers.Select(tier => tier.Tier)], nameof(tiers));
        return new(name, cut, [.. tiers.Select(tier => new TierDefinition { Tier = tier.Tier, Share = tier.Share })]);
    }

    private static void CheckTiers(Tier[] tiers, string parameter)
    {
        CheckCount(tiers.Length, parameter);
        if (tiers.Concat(Pyramid.Below).Append(default).Distinct().Count() != tiers.Length + Pyramid.Below.Count + 1)
        {
            throw new ArgumentException(
                "Each tier stands once in a scheme and has a name, and 'inactive', 'prospect' and 'suspect' are kept for those who are not ranked.", parameter);
        }
    }

    private static void CheckCount(int tiers, string parameter)
    {
        if (tiers is < 1 or > MostTiers)
        {
            throw new ArgumentException(FormattableString.Invariant($"A scheme has 1 to {MostTiers} tiers; this one has {tiers}."), parameter);
        }
    }
}
