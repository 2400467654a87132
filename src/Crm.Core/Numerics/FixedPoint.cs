using System.Runtime.CompilerServices;

namespace Crm.Core.Numerics;

/// <summary>Numbers as whole multiples of 2^−62 of the largest of them, so that sums of them are exact and have no order.</summary>
/// <remarks>As many terms as there are rows, each for as many customers as an <see cref="int"/> holds, stay within an <see cref="Int128"/>.</remarks>
internal readonly struct FixedPoint
{
    private const int Bits = 62;
    private const int MostStep = 1_000;

    private readonly int _exponent;
    private readonly double _firstFactor;
    private readonly double _secondFactor;

    /// <summary>Initializes a new instance of the <see cref="FixedPoint"/> struct.</summary>
    /// <param name="largest">The greatest size of the numbers; finite.</param>
    internal FixedPoint(double largest)
    {
        _exponent = largest == 0 ? 0 : Math.ILogB(largest) + 1;

        // Two steps, so that a tiny largest number does not ask for a factor beyond the range of a double.
        int power = Bits - _exponent;
        int first = Math.Min(power, MostStep);
        _firstFactor = Math.ScaleB(1, first);
        _secondFactor = Math.ScaleB(1, power - first);
    }

    /// <summary>A number of this scale as a whole one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long Whole(double value) => unchecked((long)Math.Round(value * _firstFactor * _secondFactor));

    /// <summary>A sum of whole numbers as what it stands for; infinite where no double is as large.</summary>
    internal double Real(Int128 sum) => Math.ScaleB(Math.ScaleB((double)sum, -Bits), _exponent);
}
