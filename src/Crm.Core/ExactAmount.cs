using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core;

/// <summary>A sum of decimals without any rounding, so that the order of the rows cannot change it.</summary>
/// <remarks>
/// Ordinary amounts are counted in ten-thousandths in a <see cref="long"/>; the rare others, with more decimals or more digits,
/// in units of 1e-28 in a big integer.
/// </remarks>
internal struct ExactAmount
{
    /// <summary>Amounts up to this many ten-thousandths convert to a double exactly.</summary>
    internal const long MaxOrdinary = 1L << 53;

    /// <summary>Ten-thousandths in a unit of the currency.</summary>
    internal const double OrdinaryPerUnit = 10_000.0;

    private static readonly BigInteger _finePerOrdinary = BigInteger.Pow(10, 24);

    private long _ordinary;
    private BigInteger _fine;

    internal readonly bool IsZero => _fine.IsZero ? _ordinary == 0 : Fine.IsZero;

    internal readonly int Sign => _fine.IsZero ? Math.Sign(_ordinary) : Fine.Sign;

    private static ReadOnlySpan<ushort> OrdinaryPerDigit => [10_000, 1_000, 100, 10, 1];

    private readonly BigInteger Fine => _fine + (_ordinary * _finePerOrdinary);

    /// <summary>Gives an amount in ten-thousandths, if it has no finer digits and is not too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryOrdinary(in decimal amount, out long tenThousandths)
    {
        ref readonly DecimalParts parts = ref Unsafe.As<decimal, DecimalParts>(ref Unsafe.AsRef(in amount));
        if (parts.IsShort)
        {
            // Nearly every amount: at most four decimals and 32 bits.
            long small = unchecked((long)parts.Low * OrdinaryPerDigit[parts.Scale]);
            tenThousandths = parts.IsNegative ? -small : small;
            return true;
        }

        return TryLongOrdinary(parts, out tenThousandths);
    }

    private static bool TryLongOrdinary(in DecimalParts parts, out long tenThousandths)
    {
        int scale = parts.Scale;
        var digits = new UInt128(parts.High, parts.Low);
        for (; scale > 4 && digits % 10 == 0; scale--)
        {
            digits /= 10;
        }

        for (; scale < 4 && digits <= MaxOrdinary; scale++)
        {
            digits *= 10;
        }

        bool isOrdinary = scale == 4 && digits <= MaxOrdinary;
        tenThousandths = !isOrdinary ? 0 : parts.IsNegative ? -(long)digits : (long)digits;
        return isOrdinary;
    }

    /// <summary>Gets the amount in ten-thousandths, and what is left of it in units of 1e-28: one form for each amount.</summary>
    internal readonly (long Ordinary, BigInteger Fine) Parts
    {
        get
        {
            if (_fine.IsZero)
            {
                return (_ordinary, BigInteger.Zero);
            }

            BigInteger fine = Fine;
            var (ordinary, finer) = BigInteger.DivRem(fine, _finePerOrdinary);
            return finer.IsZero && BigInteger.Abs(ordinary) <= MaxOrdinary ? ((long)ordinary, BigInteger.Zero) : (0, fine);
        }
    }

    /// <summary>Makes an amount of its <see cref="Parts"/>.</summary>
    internal static ExactAmount OfParts(long ordinary, BigInteger fine) => new() { _ordinary = ordinary, _fine = fine };

    internal void AddOrdinary(long tenThousandths)
    {
        long sum = unchecked(_ordinary + tenThousandths);
        if (Math.Abs(sum) <= MaxOrdinary)
        {
            _ordinary = sum;
        }
        else
        {
            _fine += tenThousandths * _finePerOrdinary;
        }
    }

    internal void Add(decimal amount)
    {
        if (TryOrdinary(amount, out long tenThousandths))
        {
            AddOrdinary(tenThousandths);
        }
        else
        {
            _fine += FineOf(amount);
        }
    }

    internal void Add(ExactAmount other)
    {
        AddOrdinary(other._ordinary);
        _fine += other._fine;
    }

    /// <summary>Takes the other amount away as far as this one reaches; what could not be taken stays in the other.</summary>
    internal void Absorb(ref ExactAmount other)
    {
        BigInteger taken = BigInteger.Min(Fine, other.Fine);
        _fine -= taken;
        other._fine -= taken;
    }

    /// <summary>The amount divided by a count, as the nearest double: one rounding for every ordinary amount.</summary>
    internal readonly double DividedBy(int count)
    {
        if (_fine.IsZero)
        {
            return _ordinary / (OrdinaryPerUnit * count);
        }

        BigInteger fine = Fine;
        var (ordinary, finer) = BigInteger.DivRem(fine, _finePerOrdinary);
        return finer.IsZero && BigInteger.Abs(ordinary) <= MaxOrdinary
            ? (double)(long)ordinary / (OrdinaryPerUnit * count)
            : Quotient(fine, count * BigInteger.Pow(10, 28));
    }

    /// <summary>The amount as a decimal, rounded only where a decimal has no more digits; the largest decimal where it has no such number.</summary>
    internal readonly decimal ToDecimal()
    {
        var (whole, rest) = BigInteger.DivRem(Fine, BigInteger.Pow(10, 28));
        if (BigInteger.Abs(whole) >= (BigInteger)decimal.MaxValue)
        {
            return whole.Sign > 0 ? decimal.MaxValue : decimal.MinValue;
        }

        // Dividing by 1.000… drops the zeros at the end.
        return ((decimal)whole + (new decimal(1, 0, 0, false, 28) * (decimal)rest)) / 1.0000000000000000000000000000m;
    }

    private static BigInteger FineOf(decimal amount)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(amount, parts);
        int scale = (parts[3] >> 16) & 0xFF;
        var digits = unchecked((new BigInteger((uint)parts[2]) << 64) + (new BigInteger((uint)parts[1]) << 32) + (uint)parts[0]);
        return (parts[3] < 0 ? -digits : digits) * BigInteger.Pow(10, 28 - scale);
    }

    // 64 bits of quotient and a sticky bit below them round as the exact quotient would.
    private static double Quotient(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        int shift = (int)(64 - (BigInteger.Abs(numerator).GetBitLength() - denominator.GetBitLength()));
        var (quotient, rest) = shift >= 0
            ? BigInteger.DivRem(BigInteger.Abs(numerator) << shift, denominator)
            : BigInteger.DivRem(BigInteger.Abs(numerator), denominator << -shift);
        UInt128 sticky = ((UInt128)quotient << 1) | (rest.IsZero ? UInt128.Zero : UInt128.One);
        return numerator.Sign * Math.ScaleB((double)sticky, -shift - 1);
    }

    /// <summary>The fields of a decimal in the order of memory: the layout of the Windows DECIMAL, as which it is passed outside .NET.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct DecimalParts
    {
        private readonly int _flags;

        internal readonly uint High;
        internal readonly ulong Low;

        internal int Scale => (_flags >> 16) & 0xFF;

        internal bool IsShort => (_flags & int.MaxValue) <= 4 << 16 && High == 0 && Low <= uint.MaxValue;

        internal bool IsNegative => _flags < 0;
    }
}
