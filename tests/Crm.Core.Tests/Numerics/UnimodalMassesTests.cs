using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>The nearest density with one peak: worked by hand, and by what must hold of any.</summary>
public sealed class UnimodalMassesTests
{
    [Fact]
    public void Of_OnePeak_ChangesNothing() =>
        Assert.Equal([1.0, 3, 7, 7, 2, 0], UnimodalMasses.Of([1.0, 3, 7, 7, 2, 0], [1.0, 1, 1, 1, 1, 1]));

    // The peak that moves least mass is the first; after it the gap and the second peak are levelled with each other.
    [Fact]
    public void Of_TwoPeaks_LevelsTheGap()
    {
        Assert.Equal([1.0, 9, 4, 2.5, 2.5, 1], UnimodalMasses.Of([1.0, 9, 4, 0, 5, 1], [1.0, 1, 1, 1, 1, 1]));
        Assert.Equal([9.0, 3, 6], UnimodalMasses.Of([9.0, 2, 7], [1.0, 1, 2]));
    }

    [Fact]
    public void Of_AnyMasses_RisesAndThenFallsAndKeepsTheSum()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var random = new RandomStream(seed, 912, 0);
            int cells = 3 + (int)(seed * 3);
            double[] masses = [.. Enumerable.Range(0, cells).Select(_ => Math.Floor(6 * random.NextDouble()))];
            double[] widths = [.. Enumerable.Range(0, cells).Select(_ => 0.1 + random.NextDouble())];
            double[] fitted = UnimodalMasses.Of(masses, widths);
            double[] densities = [.. fitted.Zip(widths, (mass, width) => mass / width)];
            int peak = Array.IndexOf(densities, densities.Max());
            Near.Absolute(masses.Sum(), fitted.Sum(), 1e-9);
            for (int cell = 1; cell < cells; cell++)
            {
                double rise = densities[cell] - densities[cell - 1];
                Assert.True(cell <= peak ? rise >= -1e-9 : rise <= 1e-9, FormattableString.Invariant($"seed {seed}, cell {cell}"));
            }
        }
    }
}
