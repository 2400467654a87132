using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A cut of a pyramid in a sketch: who stands above it by the stated floor, and what that is in the values themselves.</summary>
/// <remarks>
/// The bucket that the cut falls in holds the value of the customer just below it. Everyone above the bucket is above the cut for sure; of
/// the bucket itself from none, where that customer's is its greatest value, to as many as the cut has room for.
/// </remarks>
internal sealed record SketchCut
{
    private const long ShareUnits = 1_000_000_000_000_000_000;
    private const long Roundings = 1_000_000_000_000;

    internal required double Floor { get; init; }

    internal required double FloorLow { get; init; }

    internal required long Customers { get; init; }

    internal required long CustomersHigh { get; init; }

    internal required BigInteger Value { get; init; }

    internal required BigInteger ValueLow { get; init; }

    internal required BigInteger ValueHigh { get; init; }

    /// <summary>Gets what no value above the cut is below.</summary>
    internal required BigInteger Least { get; init; }

    /// <summary>Gets what no value below the cut is above.</summary>
    internal required BigInteger Greatest { get; init; }

    /// <summary>What stands above the first tier: nobody.</summary>
    internal static SketchCut Before(SketchView view) => new()
    {
        Floor = double.PositiveInfinity,
        FloorLow = double.PositiveInfinity,
        Customers = 0,
        CustomersHigh = 0,
        Value = BigInteger.Zero,
        ValueLow = BigInteger.Zero,
        ValueHigh = BigInteger.Zero,
        Least = BigInteger.Zero,
        Greatest = view.Count == 0 ? BigInteger.Zero : ExactDouble.Of(view.RangeOf(0).High),
    };

    internal static SketchCut At(SketchView view, long cut)
    {
        if (cut >= view.Customers)
        {
            return Below(view);
        }

        int entry = view.EntryOfRank(cut);
        return Within(view, entry, cut - view.Before(entry));
    }

    /// <summary>The cut above which stand those who together make no more than a share of all value, from the most valuable down.</summary>
    internal static SketchCut AtValue(SketchView view, decimal share)
    {
        // A share that is met to the last digits is met, as in a pyramid of the values themselves.
        BigInteger most = view.Total * new BigInteger(share * ShareUnits) * (Roundings + 1) / ((BigInteger)ShareUnits * Roundings);
        BigInteger through = BigInteger.Zero;
        for (int entry = 0; entry < view.Count; entry++)
        {
            BigInteger left = most - through;
            through += view.SumAt(entry);
            if (through > most)
            {
                // So many at the most are worth no more than what is left: fewer than all, and values that pass a share are above 0.
                BigInteger fit = left / ExactDouble.Of(view.RangeOf(entry).Low);
                return Within(view, entry, (long)BigInteger.Min(fit, view.CustomersAt(entry) - 1));
            }
        }

        return Below(view);
    }

    /// <summary>The cut above which stand those who are worth so much at least.</summary>
    internal static SketchCut From(SketchView view, double least)
    {
        double floor = Math.BitDecrement(least);
        int entry = view.FirstEntry(candidate => !(view.RangeOf(candidate).Low > floor));
        if (entry < view.Count && view.RangeOf(entry).High > floor)
        {
            return Within(view, entry, view.CustomersAt(entry)) with { FloorLow = floor };
        }

        BigInteger value = view.SumOf(0, entry);
        return new()
        {
            Floor = floor,
            FloorLow = floor,
            Customers = view.Before(entry),
            CustomersHigh = view.Before(entry),
            Value = value,
            ValueLow = value,
            ValueHigh = value,
            Least = ExactDouble.Of(floor),
            Greatest = ExactDouble.Of(floor),
        };
    }

    // The cut is within a bucket, of which at most so many stand above it.
    private static SketchCut Within(SketchView view, int entry, long most)
    {
        long customers = view.Before(entry);
        var (low, high) = view.RangeOf(entry);
        most = low < high ? most : 0; // ties go down
        BigInteger value = view.SumOf(0, entry);
        var (least, greatest) = view.SumOfBest(entry, most);
        return new()
        {
            Floor = high,
            FloorLow = low,
            Customers = customers,
            CustomersHigh = customers + most,
            Value = value,
            ValueLow = value + BigInteger.Min(least, 0),
            ValueHigh = value + BigInteger.Max(greatest, 0),
            Least = ExactDouble.Of(low),
            Greatest = ExactDouble.Of(high),
        };
    }

    // The cut below everybody.
    private static SketchCut Below(SketchView view)
    {
        BigInteger least = view.Count == 0 ? BigInteger.Zero : ExactDouble.Of(view.RangeOf(view.Count - 1).Low);
        return new()
        {
            Floor = double.NegativeInfinity,
            FloorLow = double.NegativeInfinity,
            Customers = view.Customers,
            CustomersHigh = view.Customers,
            Value = view.Total,
            ValueLow = view.Total,
            ValueHigh = view.Total,
            Least = least,
            Greatest = least,
        };
    }
}
