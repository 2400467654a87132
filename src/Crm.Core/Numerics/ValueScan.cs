using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crm.Core.Numerics;

/// <summary>What one look at values tells: the least and the greatest, how many are 0, and whether all are finite.</summary>
/// <remarks>None of it depends on the order of the values or on the width of the machine's vectors.</remarks>
internal readonly record struct ValueScan(double Least, double Greatest, long Zeros, bool IsFinite)
{
    /// <summary>Gets the scan of no values.</summary>
    internal static ValueScan None { get; } = new(double.PositiveInfinity, double.NegativeInfinity, 0, true);

    /// <summary>Looks at values; what it says beyond <see cref="IsFinite"/> counts only where that is so.</summary>
    internal static ValueScan Of(ReadOnlySpan<double> values)
    {
        Vector512<double> least = Vector512.Create(double.PositiveInfinity);
        Vector512<double> greatest = -least;
        Vector512<double> faults = Vector512<double>.Zero;
        Vector512<long> zeros = Vector512<long>.Zero;
        ref double first = ref MemoryMarshal.GetReference(values);
        int row = 0;
        for (; row <= values.Length - Vector512<double>.Count; row += Vector512<double>.Count)
        {
            Vector512<double> next = Vector512.LoadUnsafe(ref first, (nuint)row);
            least = Vector512.MinNative(least, next);
            greatest = Vector512.MaxNative(greatest, next);
            zeros -= Vector512.Equals(next, Vector512<double>.Zero).AsInt64();
            faults += next - next; // 0 for a finite number, else no number, and that stays
        }

        var all = new ValueScan(double.PositiveInfinity, double.NegativeInfinity, Vector512.Sum(zeros), Vector512.Sum(faults) == 0);
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            all = all.With(least[lane], greatest[lane]);
        }

        for (; row < values.Length; row++)
        {
            double next = values[row];
            all = all.With(next, next) with { Zeros = all.Zeros + (next == 0 ? 1 : 0), IsFinite = all.IsFinite && double.IsFinite(next) };
        }

        return all;
    }

    /// <summary>The scan of these values and others together.</summary>
    internal ValueScan And(ValueScan other) =>
        With(other.Least, other.Greatest) with { Zeros = Zeros + other.Zeros, IsFinite = IsFinite && other.IsFinite };

    // −0 is 0.
    private ValueScan With(double least, double greatest) =>
        this with { Least = Math.Min(Least, least) + 0.0, Greatest = Math.Max(Greatest, greatest) + 0.0 };
}
