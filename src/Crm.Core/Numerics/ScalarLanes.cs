using System.Runtime.CompilerServices;

namespace Crm.Core.Numerics;

/// <summary>A vector of one lane: what every width must give the bits of.</summary>
internal readonly struct ScalarLanes : ILanes<double, double>
{
    public static int Count => 1;

    public static bool IsSupported => true;

    public static double Load(ref readonly double from, nuint at) => Unsafe.Add(ref Unsafe.AsRef(in from), at);

    public static void Store(double vector, ref double to, nuint at) => Unsafe.Add(ref to, at) = vector;

    public static double Fill(double value) => value;

    public static double Add(double left, double right) => left + right;

    public static double Subtract(double left, double right) => left - right;

    public static double Multiply(double left, double right) => left * right;

    public static double Max(double left, double right) => left > right ? left : right;

    public static double Min(double left, double right) => left < right ? left : right;

    public static bool AnyGreater(double left, double right) => left > right;

    public static bool AnyEqual(double left, double right) => left == right;

    public static ulong GreaterBits(double left, double right) => left > right ? 1UL : 0;

    public static ulong AtLeastBits(double left, double right) => left >= right ? 1UL : 0;

    public static ulong EqualBits(double left, double right) => left == right ? 1UL : 0;

    public static double WhereGreater(double left, double right, double value, double otherwise) => left > right ? value : otherwise;

    public static double PowerOfTwo(double bits) => BitConverter.Int64BitsToDouble(unchecked((BitConverter.DoubleToInt64Bits(bits) + 1023) << 52));
}
