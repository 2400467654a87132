namespace Crm.Core.Testing.Sequences;

/// <summary>Random numbers that are the same for the same seed on every machine and in every version: SplitMix64.</summary>
/// <remarks>Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not thread-safe.</remarks>
internal sealed class SeededChance(ulong seed)
{
    private ulong _state = seed;

    internal ulong Next() => unchecked(Mix(_state += 0x9E3779B97F4A7C15UL));

    /// <summary>Gives a number from 0 up to a bound, which is left out. The tiny bias of the product is nothing here.</summary>
    internal int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Gives a number from 0 to 1, 1 left out.</summary>
    internal double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    internal bool Happens(double share) => Share() < share;

    internal T One<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
