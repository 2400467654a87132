using System.Globalization;
using System.Numerics;
using System.Text;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A customer pyramid read from a <see cref="ValueSketch"/>: for a base whose values do not fit in memory, or come from several places.</summary>
/// <remarks>
/// <para>
/// A first pass over the values makes the sketch; a second one asks <see cref="TierOf"/>, which goes by the stated floors, so that what it
/// says of all customers adds up to <see cref="Tiers"/> exactly. A floor is the greatest value of the bucket that the cut falls in: like in
/// a <see cref="Pyramid"/>, the tiers down to and including one never exceed their shares together. A threshold within a bucket becomes a floor in
/// the same way. Up to 12,288 different values it is that pyramid.
/// </para>
/// <para>Immutable and thread-safe; the sketch may change afterwards.</para>
/// </remarks>
public sealed class SketchedPyramid
{
    private readonly double[] _floors;

    private SketchedPyramid(PyramidScheme scheme, SketchedTier[] tiers, long customers)
    {
        Scheme = scheme;
        Tiers = Array.AsReadOnly(tiers);
        Customers = customers;
        _floors = [.. tiers.Select(tier => tier.Floor)];
    }

    /// <summary>Gets the scheme.</summary>
    public PyramidScheme Scheme { get; }

    /// <summary>Gets the tiers from the most valuable down.</summary>
    public IReadOnlyList<SketchedTier> Tiers { get; }

    /// <summary>Gets the number of customers.</summary>
    public long Customers { get; }

    /// <summary>The tier of a customer by the stated floors.</summary>
    /// <param name="value">What the customer is worth; finite.</param>
    /// <returns>The tier.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public Tier TierOf(double value)
    {
        Guard.InRange(value, double.MinValue, double.MaxValue);
        int tier = 0;
        while (!(value > _floors[tier]))
        {
            tier++;
        }

        return Tiers[tier].Tier;
    }

    /// <summary>Gives the pyramid as a table: tier, customers, share of customers, share of value, floor.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("tier          customers   of all              value   of all        worth over");
        foreach (SketchedTier tier in Tiers)
        {
            string share = tier.ShareOfValue is { } value ? value.ToString("P1", CultureInfo.InvariantCulture) : "-";
            string floor = double.IsFinite(tier.Floor) ? tier.Floor.ToString("N2", CultureInfo.InvariantCulture) : "-";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{tier.Tier.Name,-12} {tier.Customers,10:N0} {tier.ShareOfCustomers,8:P1} {tier.Value,18:N0} {share,8} {floor,17}");
        }

        return text.ToString();
    }

    internal static SketchedPyramid Of(PyramidScheme scheme, ValueSketch sketch)
    {
        SketchView view = sketch.Questions();
        if (scheme.Cut == PyramidCut.ShareOfValue && view.Customers > 0 && view.Total.Sign <= 0)
        {
            throw new ArgumentException("The values sum to nothing or less, and of that there are no shares. Cut by share of customers, or by thresholds.", nameof(sketch));
        }

        var tiers = new SketchedTier[scheme.Tiers.Count];
        SketchCut above = SketchCut.Before(view);
        decimal share = 0;
        for (int tier = 0; tier < tiers.Length; tier++)
        {
            TierDefinition definition = scheme.Tiers[tier];
            share += definition.Share ?? 0;
            SketchCut cut = tier == tiers.Length - 1
                ? SketchCut.At(view, view.Customers)
                : definition.Least is { } least ? SketchCut.From(view, least)
                : scheme.Cut == PyramidCut.ShareOfValue ? SketchCut.AtValue(view, share) : SketchCut.At(view, PyramidScheme.CutOf(share, view.Customers));
            tiers[tier] = Between(scheme.Tiers[tier].Tier, above, cut, view);
            above = cut;
        }

        return tiers.All(tier => double.IsFinite(tier.Value) && double.IsFinite(tier.ValueLow) && double.IsFinite(tier.ValueHigh))
            ? new(scheme, tiers, view.Customers)
            : throw new ArgumentException("The values are finite and their sums are not. Give them in a greater unit of money.", nameof(sketch));
    }

    private static SketchedTier Between(Tier tier, SketchCut above, SketchCut cut, SketchView view)
    {
        long customers = cut.Customers - above.Customers;
        long fewest = Math.Max(0, cut.Customers - above.CustomersHigh);
        long most = cut.CustomersHigh - above.Customers;
        BigInteger value = cut.Value - above.Value;

        // As many as there are at least or at most, each worth what the values of the two cuts leave open.
        BigInteger least = BigInteger.Min(fewest * cut.Least, most * cut.Least);
        BigInteger greatest = BigInteger.Max(fewest * above.Greatest, most * above.Greatest);
        double rounded = ExactDouble.Nearest(value, ExactDouble.One);
        return new()
        {
            Tier = tier,
            Floor = cut.Floor,
            FloorLow = cut.FloorLow,
            Customers = customers,
            CustomersLow = fewest,
            CustomersHigh = most,
            ShareOfCustomers = view.Customers == 0 ? 0 : (double)customers / view.Customers,
            Value = rounded,
            ValueLow = ExactDouble.Below(BigInteger.Max(cut.ValueLow - above.ValueHigh, least), ExactDouble.One),
            ValueHigh = ExactDouble.Above(BigInteger.Min(cut.ValueHigh - above.ValueLow, greatest), ExactDouble.One),
            ShareOfValue = view.Total.Sign > 0 ? ExactDouble.Nearest(value, view.Total) : null,
        };
    }
}
