using System.Runtime.Intrinsics;

namespace Crm.Core.Benchmarks;

/// <summary>a = b + q·c over so many bytes: what the machine's memory gives, with stores to the cache or past it.</summary>
public sealed unsafe class Triad
{
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double[] _c;

    /// <summary>Initializes a new instance of the <see cref="Triad"/> class.</summary>
    /// <param name="bytes">How many bytes are read and written in all.</param>
    public Triad(long bytes)
    {
        int length = (int)Math.Max(Vector512<double>.Count * 2, bytes / (3 * sizeof(double)));
        _a = new double[length];
        _b = [.. Enumerable.Range(0, length).Select(i => (double)i)];
        _c = [.. Enumerable.Range(0, length).Select(i => 1.0 / (1 + i))];
    }

    /// <summary>Runs it once.</summary>
    /// <param name="isPastCache">Whether stores pass the cache.</param>
    /// <param name="threads">How many threads share the work.</param>
    public void Run(bool isPastCache, int threads)
    {
        if (threads == 1)
        {
            Part(0, _a.Length, isPastCache);
        }
        else
        {
            int each = (_a.Length / threads) + 1;
            Parallel.For(0, threads, part => Part(part * each, Math.Min(_a.Length, (part + 1) * each), isPastCache));
        }
    }

    private void Part(int from, int to, bool isPastCache)
    {
        unchecked
        {
            fixed (double* a = _a, b = _b, c = _c)
            {
                var q = Vector512.Create(3.0);
                int i = from;
                for (; i < to && ((nuint)(a + i) & 63) != 0; i++)
                {
                    a[i] = b[i] + (3.0 * c[i]);
                }

                if (isPastCache)
                {
                    for (; i <= to - Vector512<double>.Count; i += Vector512<double>.Count)
                    {
                        (Vector512.Load(b + i) + (q * Vector512.Load(c + i))).StoreAlignedNonTemporal(a + i);
                    }
                }
                else
                {
                    for (; i <= to - Vector512<double>.Count; i += Vector512<double>.Count)
                    {
                        (Vector512.Load(b + i) + (q * Vector512.Load(c + i))).Store(a + i);
                    }
                }

                for (; i < to; i++)
                {
                    a[i] = b[i] + (3.0 * c[i]);
                }
            }
        }
    }
}
