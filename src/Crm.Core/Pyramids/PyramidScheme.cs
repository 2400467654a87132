namespace Crm.Core.Pyramids;

/// <summary>How a customer base is cut into tiers: from the most valuable down, by share of active customers.</summary>
/// <remarks>
/// <para>
/// Rounding: the tiers down to and including one hold round(cumulative share × n) customers, halves up. Ties go down: customers of
/// equal value stand in one tier, the lower one. So the tiers down to and including one never exceed their shares together, though
/// one of them may hold who fell from the tier above; and where all are worth the same, all stand in the last tier.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class PyramidScheme
{
    private PyramidScheme(string name, IReadOnlyList<TierShare> tiers)
    {
        Name = name;
        Tiers = tiers;
    }

    /// <summary>Gets Curry's pyramid: top 1 %, large 4 %, medium 15 %, small 80 % of active customers.</summary>
    /// <remarks>Curry &amp; Curry (2000), "The Customer Marketing Method". The shares of customers define it; those of value are a result.</remarks>
    public static PyramidScheme Curry { get; } =
        OfShares("curry", new(Tier.Top, 0.01m), new(Tier.Large, 0.04m), new(Tier.Medium, 0.15m), new(Tier.Small, 0.80m));

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the tiers from the most valuable down, with their shares, which sum to 1.</summary>
    public IReadOnlyList<TierShare> Tiers { get; }

    /// <summary>Makes a scheme of shares.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="tiers">1 to 100 different tiers from the most valuable down; each share is above 0, and they sum to 1 (to six decimals; the last tier takes what is left).</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="ArgumentException">The tiers are none or too many, one comes twice or has no name, or the shares are not above 0 or do not sum to 1.</exception>
    public static PyramidScheme OfShares(string name, params IReadOnlyList<TierShare> tiers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(tiers);
        if (tiers.Count is < 1 or > 100)
        {
            throw new ArgumentException(FormattableString.Invariant($"A scheme has 1 to 100 tiers; this one has {tiers.Count}."), nameof(tiers));
        }

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

        if (tiers.Select(t => t.Tier).Append(Tier.Inactive).Append(default).Distinct().Count() != tiers.Count + 2)
        {
            throw new ArgumentException(
                "Each tier stands once in a scheme and has a name, and 'inactive' is kept for those who are not ranked.", nameof(tiers));
        }

        return new(name, [.. tiers]);
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
    public Pyramid Rank(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<bool> active, ReadOnlySpan<int> customers = default) =>
        Pyramid.Of(this, ids, values, active, customers);

    /// <summary>Gives how many of n customers the tiers down to and including one hold at the most.</summary>
    internal static long Cut(decimal cumulativeShare, long customers) => (long)Math.Floor((cumulativeShare * customers) + 0.5m);
}
