namespace Crm.Core.Numerics;

/// <summary>Random numbers that depend on (seed, purpose, row) and on nothing else: not on threads, order or the runtime.</summary>
/// <remarks>
/// Philox4x32-10 of Salmon, Moraes, Dror &amp; Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3": a counter put through
/// ten rounds of a keyed bijection. The seed is the key; row, purpose and block number are the counter.
/// </remarks>
internal struct RandomStream(ulong seed, uint purpose, ulong row)
{
    private const ulong FirstMultiplier = 0xD2511F53;
    private const ulong SecondMultiplier = 0xCD9E8D57;
    private const uint FirstWeyl = 0x9E3779B9;
    private const uint SecondWeyl = 0xBB67AE85;

    private uint _block;
    private int _left;
    private uint _x0;
    private uint _x1;
    private uint _x2;
    private uint _x3;

    /// <summary>32 random bits.</summary>
    internal uint NextUInt32()
    {
        if (_left == 0)
        {
            (_x0, _x1, _x2, _x3) = unchecked(Philox((uint)row, (uint)(row >> 32), purpose, _block, (uint)seed, (uint)(seed >> 32)));
            _block = unchecked(_block + 1);
            _left = 4;
        }

        _left--;
        return _left switch { 3 => _x0, 2 => _x1, 1 => _x2, _ => _x3 };
    }

    /// <summary>A number between 0 and 1, never either, on a grid of 2^−52.</summary>
    internal double NextDouble()
    {
        ulong bits = ((ulong)NextUInt32() << 20) | (NextUInt32() >> 12);
        return (bits + 0.5) * (1.0 / (1UL << 52));
    }

    /// <summary>A variate of the exponential distribution with mean 1.</summary>
    internal double NextExponential() => -Math.Log(NextDouble());

    /// <summary>A variate of the standard normal distribution (Marsaglia's polar method).</summary>
    internal double NextNormal()
    {
        while (true)
        {
            double u = (2 * NextDouble()) - 1;
            double v = (2 * NextDouble()) - 1;
            double s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }

    /// <summary>The logarithm of a Gamma(shape, 1) variate (Marsaglia &amp; Tsang 2000); the variate itself may underflow for a small shape.</summary>
    internal double NextLogGamma(double shape)
    {
        if (shape < 1)
        {
            return NextLogGamma(shape + 1) + (Math.Log(NextDouble()) / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal();
            double cube = 1 + (c * x);
            if (cube <= 0)
            {
                continue;
            }

            double v = cube * cube * cube;
            if (Math.Log(NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d) + Math.Log(v);
            }
        }
    }

    /// <summary>A variate of the Gamma(shape, rate) distribution.</summary>
    internal double NextGamma(double shape, double rate) => Math.Exp(NextLogGamma(shape)) / rate;

    /// <summary>A variate of the Beta(a, b) distribution.</summary>
    internal double NextBeta(double a, double b)
    {
        double logOdds = NextLogGamma(a) - NextLogGamma(b);
        return 1 / (1 + Math.Exp(-logOdds));
    }

    /// <summary>Ten rounds of Philox; internal so that the published test vectors can be put through it.</summary>
    internal static (uint X0, uint X1, uint X2, uint X3) Philox(uint x0, uint x1, uint x2, uint x3, uint key0, uint key1)
    {
        unchecked
        {
            for (int round = 0; round < 10; round++)
            {
                ulong first = FirstMultiplier * x0;
                ulong second = SecondMultiplier * x2;
                (x0, x1, x2, x3) = ((uint)(second >> 32) ^ x1 ^ key0, (uint)second, (uint)(first >> 32) ^ x3 ^ key1, (uint)first);
                key0 += FirstWeyl;
                key1 += SecondWeyl;
            }
        }

        return (x0, x1, x2, x3);
    }
}
