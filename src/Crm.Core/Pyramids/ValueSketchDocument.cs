using System.Text.Json;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A value sketch as it is saved: JSON with a schema number. Every released schema is read for ever.</summary>
internal sealed record ValueSketchDocument
{
    internal const int CurrentSchema = 1;

    private const string What = "a value sketch";

    public int? Schema { get; init; }

    /// <summary>Gets how many bits of the mantissa a bucket tells, 1 to 52.</summary>
    public int? Bits { get; init; }

    public double? Least { get; init; }

    public double? Greatest { get; init; }

    public long? Zeros { get; init; }

    /// <summary>Gets the edge of each bucket that is nearest to zero: −0 where the bucket lies below zero and begins at it.</summary>
    public IReadOnlyList<double>? Edges { get; init; }

    public IReadOnlyList<long>? Customers { get; init; }

    /// <summary>Gets what the values of each bucket are beyond its edge, added up, in units of the last place of the edge.</summary>
    public IReadOnlyList<UInt128>? Rests { get; init; }

    internal static string Write(SketchBuckets buckets, ValueScan seen)
    {
        int[] slots = [.. Enumerable.Range(0, buckets.Slots).Where(buckets.IsTaken).OrderBy(buckets.KeyAt)];
        var document = new ValueSketchDocument
        {
            Schema = CurrentSchema,
            Bits = SketchBuckets.MantissaBits - buckets.Shift,
            Least = slots.Length > 0 ? seen.Least : null,
            Greatest = slots.Length > 0 ? seen.Greatest : null,
            Zeros = seen.Zeros,
            Edges = [.. slots.Select(slot => BitConverter.UInt64BitsToDouble(buckets.KeyAt(slot) << buckets.Shift))],
            Customers = [.. slots.Select(buckets.CustomersAt)],
            Rests = [.. slots.Select(buckets.RestAt)],
        };
        return JsonSerializer.Serialize(document, ValueSketchJson.Default.ValueSketchDocument);
    }

    internal static ValueSketch Read(string json) =>
        JsonText.Read(json, CurrentSchema, What, ValueSketchJson.Default.ValueSketchDocument).ToSketch();

    private ValueSketch ToSketch()
    {
        if (Bits is null || Zeros is null || Edges is null || Customers is null || Rests is null)
        {
            throw Wrong($"one of bits, zeros, edges, customers and rests is missing");
        }

        Require(Bits is >= 1 and <= SketchBuckets.MantissaBits, $"bits is {Bits}, expected 1 to {SketchBuckets.MantissaBits}");
        Require(
            Edges.Count <= SketchBuckets.MostBuckets && Customers.Count == Edges.Count && Rests.Count == Edges.Count,
            $"there are {Edges.Count} edges, {Customers.Count} customers and {Rests.Count} rests, expected as many of each, at most {SketchBuckets.MostBuckets}");
        var buckets = new SketchBuckets(SketchBuckets.MostSlots);
        buckets.Coarsen(SketchBuckets.MantissaBits - Bits.Value);
        long customers = 0;
        ulong last = 0;
        for (int bucket = 0; bucket < Edges.Count; bucket++)
        {
            ulong edge = BitConverter.DoubleToUInt64Bits(Edges[bucket]);
            ulong rest = (1UL << buckets.Shift) - 1;
            Require(double.IsFinite(Edges[bucket]) && (edge & rest) == 0 && (bucket == 0 || edge > last), $"edges[{bucket}] is no edge of a bucket, or stands before its turn");
            Require(Customers[bucket] >= 1 && Customers[bucket] <= ValueSketch.MaxCustomers - customers, $"customers[{bucket}] is {Customers[bucket]}, expected 1 to {ValueSketch.MaxCustomers} in all");
            Require(Rests[bucket] <= (UInt128)rest * (ulong)Customers[bucket], $"rests[{bucket}] is more than the bucket holds");
            buckets.Add(edge >> buckets.Shift, buckets.Shift, Customers[bucket], Rests[bucket]);
            customers += Customers[bucket];
            last = edge;
        }

        CheckNearZero(buckets.Shift);
        var sketch = ValueSketch.Of(buckets, customers == 0 ? ValueScan.None : new(Least ?? double.NaN, Greatest ?? double.NaN, Zeros.Value, true), customers);
        CheckEnds(sketch, customers);
        return sketch;
    }

    // Zeros stand in the bucket that begins at zero, and add nothing to its rest; whoever else is in it or in its mirror image is not zero.
    private void CheckNearZero(int shift)
    {
        long nearest = Edges is [double first, ..] && BitConverter.DoubleToUInt64Bits(first) == 0 ? Customers![0] : 0;
        Require(Zeros >= 0 && Zeros <= nearest, $"zeros is {Zeros}, expected 0 to {nearest}");
        for (int bucket = 0; bucket < Edges!.Count; bucket++)
        {
            if (Edges[bucket] == 0)
            {
                long others = Customers![bucket] - (double.IsNegative(Edges[bucket]) ? 0 : Zeros!.Value);
                UInt128 most = (UInt128)((1UL << shift) - 1) * (ulong)others;
                Require(Rests![bucket] >= (ulong)others && Rests[bucket] <= most, $"rests[{bucket}] is not what {others} values beside zero add up to");
            }
        }
    }

    // The ends stand in the first and the last bucket.
    private void CheckEnds(ValueSketch sketch, long customers)
    {
        if (customers == 0)
        {
            Require(Least is null && Greatest is null, $"there are ends and no customers");
            return;
        }

        Require(Least is { } least && Greatest is { } greatest && double.IsFinite(least) && double.IsFinite(greatest), $"least or greatest is missing, or not finite");
        SketchView view = sketch.Questions();
        Require(view.AreEndsWithin(), $"least or greatest does not stand in its bucket");
    }

    private static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw Wrong(otherwise);
        }
    }

    private static FormatException Wrong(FormattableString fault) => new($"The text is not {What}: {FormattableString.Invariant(fault)}.");
}
