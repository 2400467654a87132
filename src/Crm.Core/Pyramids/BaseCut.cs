using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A base cut into tiers: the tier of every row, and what stands in each. In time that grows with the number of rows only, and without sorting them.</summary>
/// <remarks>
/// Sums are of whole multiples of 2^−62 of the largest value of a tier, so that neither the order of the customers nor how they share rows can change a bit.
/// </remarks>
internal sealed class BaseCut
{
    // What is left of amounts that cancel is their rounding: 0.1 + 0.2 − 0.3 is nothing.
    private const double Rounding = 1e-13;

    private BaseCut(byte[] tierOfRow, IReadOnlyList<TierSummary> tiers) => (TierOfRow, Tiers) = (tierOfRow, tiers);

    internal byte[] TierOfRow { get; }

    internal IReadOnlyList<TierSummary> Tiers { get; }

    /// <summary>Cuts a base whose values have been found finite.</summary>
    /// <exception cref="ArgumentException">The sum of the values is not finite, or the scheme is of shares of value and there are none.</exception>
    internal static BaseCut Of(PyramidScheme scheme, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers)
    {
        double[] floors = layers.Length == 0 ? SchemeFloors.Of(scheme, values, customers) : FloorsOfActive(scheme, values, layers, customers);
        var tierOfRow = new byte[values.Length];
        SetTiers(tierOfRow, values, layers, floors);
        Tally[] tallies = TalliesOf(values, customers, tierOfRow, floors.Length + Pyramid.Below.Count);
        if (!double.IsFinite(tallies.Sum(tally => tally.Size)))
        {
            throw new ArgumentException("The values are finite and their sum is not. Give them in a greater unit of money.", nameof(values));
        }

        return new(tierOfRow, Summaries(scheme, tallies, layers, tierOfRow));
    }

    private static double[] FloorsOfActive(PyramidScheme scheme, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers)
    {
        var (active, counts) = Active(values, layers, customers);
        return SchemeFloors.Of(scheme, active, counts);
    }

    /// <summary>The values of the active customers, and how many have each; no counts where each row is one.</summary>
    internal static (double[] Values, int[] Customers) Active(ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers)
    {
        if (layers.Length == 0)
        {
            return (values.ToArray(), customers.ToArray());
        }

        var (kept, counts) = (new List<double>(values.Length), new List<int>(customers.Length));
        for (int row = 0; row < values.Length; row++)
        {
            if (layers[row] == CustomerLayer.Active)
            {
                kept.Add(values[row]);
                if (customers.Length > 0)
                {
                    counts.Add(customers[row]);
                }
            }
        }

        return ([.. kept], [.. counts]);
    }

    // Above how many floors a value does not lie is its tier. Counted without branches, since nobody can foresee where the next customer stands.
    private static void SetTiers(byte[] tierOfRow, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, double[] floors)
    {
        for (int row = 0; row < tierOfRow.Length; row++)
        {
            double value = values[row];
            int tier = 0;
            for (int floor = 0; floor < floors.Length - 1; floor++)
            {
                tier += value > floors[floor] ? 0 : 1;
            }

            tierOfRow[row] = (byte)tier;
        }

        for (int row = 0; row < layers.Length; row++)
        {
            if (layers[row] != CustomerLayer.Active)
            {
                tierOfRow[row] = (byte)(floors.Length - 1 + (int)layers[row]);
            }
        }
    }

    private static Tally[] TalliesOf(ReadOnlySpan<double> values, ReadOnlySpan<int> customers, byte[] tierOfRow, int tiers)
    {
        var tallies = new Tally[tiers];
        Array.Fill(tallies, new Tally());
        for (int row = 0; row < values.Length; row++)
        {
            tallies[tierOfRow[row]].See(values[row] + 0.0, customers.Length == 0 ? 1 : customers[row]);
        }

        // Each tier on a scale of its own: what the small are worth is not lost beside the greatest of all.
        foreach (ref Tally tally in tallies.AsSpan())
        {
            tally.SetScale();
        }

        for (int row = 0; row < values.Length; row++)
        {
            ref Tally tally = ref tallies[tierOfRow[row]];
            if (customers.Length == 0)
            {
                tally.AddOne(values[row]);
            }
            else
            {
                tally.Add(values[row], customers[row]);
            }
        }

        return tallies;
    }

    private static List<TierSummary> Summaries(PyramidScheme scheme, Tally[] tallies, ReadOnlySpan<CustomerLayer> layers, byte[] tierOfRow)
    {
        long customers = 0;
        var (total, size) = (0.0, 0.0);
        foreach (Tally tally in tallies)
        {
            customers += tally.Customers;
            total += tally.Value;
            size += tally.Size;
        }

        bool isNothing = Math.Abs(total) <= Rounding * size;
        var tiers = new List<TierSummary>(tallies.Length);
        var placeOfTally = new byte[tallies.Length];
        for (int tier = 0; tier < tallies.Length; tier++)
        {
            bool isRanked = tier < scheme.Tiers.Count;
            if (isRanked || tallies[tier].Customers > 0)
            {
                placeOfTally[tier] = (byte)tiers.Count;
                tiers.Add(tallies[tier].Summary(isRanked ? scheme.Tiers[tier].Tier : Pyramid.Below[tier - scheme.Tiers.Count], customers, isNothing ? 0 : total));
            }
        }

        // Layers that nobody stands in have no place.
        for (int row = 0; row < layers.Length; row++)
        {
            tierOfRow[row] = placeOfTally[tierOfRow[row]];
        }

        return tiers;
    }

    private struct Tally()
    {
        private const int HalfBits = 32;

        private FixedPoint _scale;
        private double _least = double.PositiveInfinity;
        private double _greatest = double.NegativeInfinity;
        private Int128 _sum;
        private Int128 _size;
        private ulong _lowOfSum;
        private long _highOfSum;
        private ulong _lowOfSize;
        private long _highOfSize;

        internal long Customers { get; private set; }

        internal readonly double Value => _scale.Real(_sum + Joined(_highOfSum, _lowOfSum));

        /// <summary>Gets the sum of the sizes of the values, whatever their sign.</summary>
        internal readonly double Size => _scale.Real(_size + Joined(_highOfSize, _lowOfSize));

        internal void See(double value, int customers)
        {
            Customers += customers;
            _least = Math.Min(_least, value);
            _greatest = Math.Max(_greatest, value);
        }

        internal void SetScale() => _scale = new(Customers == 0 ? 0 : Math.Max(Math.Abs(_least), Math.Abs(_greatest)));

        internal void Add(double value, int customers)
        {
            Int128 whole = (Int128)_scale.Whole(value) * customers;
            _sum += whole;
            _size += Int128.Abs(whole);
        }

        // In halves of 32 bits, which so many rows as there can be do not overflow: twice as fast as 128 bits.
        internal void AddOne(double value)
        {
            long whole = _scale.Whole(value);
            long size = Math.Abs(whole);
            unchecked
            {
                _lowOfSum += (uint)whole;
                _lowOfSize += (uint)size;
            }

            _highOfSum += whole >> HalfBits;
            _highOfSize += size >> HalfBits;
        }

        private static Int128 Joined(long high, ulong low) => ((Int128)high << HalfBits) + low;

        internal readonly TierSummary Summary(Tier tier, long allCustomers, double allValue) => new()
        {
            Tier = tier,
            Customers = Customers,
            ShareOfCustomers = allCustomers == 0 ? 0 : (double)Customers / allCustomers,
            Value = Value,
            ShareOfValue = allValue > 0 ? Value / allValue : null,
            Greatest = Customers > 0 ? _greatest : null,
            Least = Customers > 0 ? _least : null,
        };
    }
}
