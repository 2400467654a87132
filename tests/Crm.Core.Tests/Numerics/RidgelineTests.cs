using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>The dip between two normal distributions against known cases, and against a fine grid over the plane (oracle).</summary>
public sealed class RidgelineTests
{
    // Two equal ones have two peaks exactly where they are more than two deviations apart (Helguero 1904).
    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1.99, false)]
    [InlineData(2.2, true)]
    public void Dip_OfTwoEqualOnes_IsThereBeyondTwoDeviations(double distance, bool isThere) =>
        Assert.Equal(isThere, Ridgeline.Dip(Of(0.5, [0], [[1]]), Of(0.5, [distance], [[1]])) > 1e-6);

    [Fact]
    public void Dip_OfOneInsideAWiderOne_IsNone() => Assert.Equal(0, Ridgeline.Dip(Of(0.7, [0, 0], [[1, 0], [0, 1]]), Of(0.3, [0, 0], [[9, 0], [0, 9]])));

    [Fact]
    public void Dip_OfFarOnes_IsAllOfTheLowerPeak() => Near.Absolute(1, Ridgeline.Dip(Of(0.9, [0, 0], [[1, 0], [0, 1]]), Of(0.1, [20, 0], [[1, 0], [0, 1]])), 1e-9);

    // In the plane the dip is at the pass between the peaks: of all paths the one whose lowest point is highest.
    [Fact]
    public void Dip_OfSlantedOnes_IsThatAtThePassOfThePlane()
    {
        GaussianComponent one = Of(0.6, [0, 0], [[1, 0.8], [0.8, 1]]);
        GaussianComponent other = Of(0.4, [0.4, 2.2], [[1, -0.5], [-0.5, 0.6]]);
        double Density(double x, double y) => Math.Exp(one.LogDensity([x, y])) + Math.Exp(other.LogDensity([x, y]));
        const int Cells = 240;
        double[] heights = [.. Enumerable.Range(0, Cells * Cells).Select(cell => Density(-3 + (6.0 * (cell % Cells) / Cells), -2.5 + (7.0 * (cell / Cells) / Cells)))];
        Near.Absolute(PlaneDip(heights, Cells), Ridgeline.Dip(one, other), 0.01);
        Near.Absolute(Ridgeline.Dip(one, other), Ridgeline.Dip(other, one), 1e-3);
    }

    // Cells are flooded from the highest down; where two peaks' floods meet is the pass.
    private static double PlaneDip(double[] heights, int width)
    {
        int[] flood = new int[heights.Length];
        var peaks = new List<double> { 0 };
        double deepest = 0;
        foreach (int cell in Enumerable.Range(0, heights.Length).OrderByDescending(cell => heights[cell]))
        {
            int[] near = [.. new[] { cell - 1, cell + 1, cell - width, cell + width }.Where(next => next >= 0 && next < heights.Length && flood[next] > 0).Select(next => flood[next]).Distinct()];
            if (near.Length == 0)
            {
                peaks.Add(heights[cell]);
                flood[cell] = peaks.Count - 1;
                continue;
            }

            int highest = near.MaxBy(each => peaks[each]);
            foreach (int lower in near.Where(each => each != highest))
            {
                deepest = Math.Max(deepest, 1 - (heights[cell] / peaks[lower]));
                flood = Array.ConvertAll(flood, each => each == lower ? highest : each);
            }

            flood[cell] = highest;
        }

        return deepest;
    }

    private static GaussianComponent Of(double weight, double[] mean, double[][] covariance)
    {
        var square = new double[mean.Length, mean.Length];
        for (int f = 0; f < mean.Length; f++)
        {
            for (int g = 0; g < mean.Length; g++)
            {
                square[f, g] = covariance[f][g];
            }
        }

        return GaussianComponent.Of(weight, mean, square, isFull: true)!;
    }
}
