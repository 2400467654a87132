using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Crm.Core.Tests.Numerics;

/// <summary>Slow oracle: MathNet's error function and quantiles. References: the quantiles of every table, to 16 digits.</summary>
public sealed class NormalDistributionTests
{
    [Fact]
    public void FromCentre_AnyZ_IsTheErrorFunction()
    {
        for (int step = -800; step <= 800; step++)
        {
            double z = step / 100.0;
            Near.Absolute(0.5 * SpecialFunctions.Erf(z / Math.Sqrt(2)), NormalDistribution.FromCentre(z), 1e-15, $"z = {z}");
        }
    }

    [Theory]
    [InlineData(0.5, 0.67448975019608171)]
    [InlineData(0.9, 1.6448536269514722)]
    [InlineData(0.95, 1.9599639845400545)]
    [InlineData(0.99, 2.5758293035489004)]
    [InlineData(0.999, 3.2905267314918945)]
    public void HalfWidth_UsualLevels_AreThoseOfTheTables(double probability, double z) =>
        Near.Relative(z, NormalDistribution.HalfWidth(probability), 1e-13);

    [Fact]
    public void HalfWidth_AnyProbability_IsTheQuantile()
    {
        for (int step = 1; step < 1000; step++)
        {
            double probability = step / 1000.0;
            Near.Relative(Normal.InvCDF(0, 1, 0.5 + (0.5 * probability)), NormalDistribution.HalfWidth(probability), 1e-11, $"p = {probability}");
        }
    }

    [Fact]
    public void HalfWidth_FarOut_HoldsTheProbability()
    {
        for (int digits = 3; digits <= 12; digits++)
        {
            double probability = 1 - Math.Pow(10, -digits);
            Near.Absolute(probability, 2 * NormalDistribution.FromCentre(NormalDistribution.HalfWidth(probability)), 1e-15, $"1 − 1e-{digits}");
        }
    }

    [Fact]
    public void HalfWidth_OfNothing_IsNothing() => Assert.InRange(NormalDistribution.HalfWidth(0), 0, 1e-300);
}
