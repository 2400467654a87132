using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Values to which amounts of money are added without any rounding, so that the order of the amounts cannot change them.</summary>
/// <remarks>
/// A value that is the double nearest to an amount of at most four decimals, up to 100 billion, stands for that amount: no other such
/// amount has the same double, so that nothing needs to be kept beside it. Every other sum is kept as a whole number, exactly.
/// </remarks>
internal sealed class ExactBalances
{
    // Ten-thousandths up to which a double, times 10,000, rounds to the number it came from.
    private const long MaxTold = 1L << 50;

    // Every double is a multiple of 2^−1074, every decimal one of 10^−28.
    private static readonly BigInteger _fives = BigInteger.Pow(5, 28);
    private static readonly BigInteger _perUnit = ExactDouble.One * _fives;
    private static readonly BigInteger _perTenThousandth = _perUnit / 10_000;
    private static readonly BigInteger _perFinest = ExactDouble.One >> 28;

    private readonly Dictionary<int, BigInteger> _fine = [];

    /// <summary>The nearest double to what a row of a value has and an amount. Changes nothing.</summary>
    internal double Plus(int row, double value, decimal amount, out BigInteger? fine)
    {
        bool isKept = _fine.TryGetValue(row, out BigInteger kept);
        bool isTold = IsTold(value, out long tenThousandths);
        if (!isKept && isTold && ExactAmount.TryOrdinary(amount, out long more) && Math.Abs(tenThousandths + more) <= MaxTold)
        {
            fine = null;
            return (tenThousandths + more) / ExactAmount.OrdinaryPerUnit;
        }

        BigInteger sum = (isKept ? kept : isTold ? tenThousandths * _perTenThousandth : ExactDouble.Of(value) * _fives) + Of(amount);
        fine = sum % _perTenThousandth == 0 && BigInteger.Abs(sum) <= MaxTold * _perTenThousandth ? null : sum;
        return ExactDouble.Nearest(sum, _perUnit);
    }

    /// <summary>Keeps what a row has beyond its value, or nothing.</summary>
    internal void Keep(int row, BigInteger? fine)
    {
        if (fine is { } sum)
        {
            _fine[row] = sum;
        }
        else if (_fine.Count > 0)
        {
            _fine.Remove(row);
        }
    }

    private static bool IsTold(double value, out long tenThousandths)
    {
        double scaled = value * ExactAmount.OrdinaryPerUnit;
        bool isNear = Math.Abs(scaled) <= MaxTold;
        tenThousandths = isNear ? (long)Math.Round(scaled) : 0;
        return isNear && tenThousandths / ExactAmount.OrdinaryPerUnit == value;
    }

    private static BigInteger Of(decimal amount)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(amount, parts);
        BigInteger digits = new(new decimal(parts[0], parts[1], parts[2], isNegative: amount < 0, scale: 0));
        return digits * BigInteger.Pow(10, 28 - ((parts[3] >> 16) & 0xFF)) * _perFinest;
    }
}
