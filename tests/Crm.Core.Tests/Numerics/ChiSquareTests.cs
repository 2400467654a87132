using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics.Distributions;

namespace Crm.Core.Tests.Numerics;

/// <summary>MathNet.Numerics as an oracle, and the value that is exceeded as the inverse of the probability.</summary>
public sealed class ChiSquareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void Above_ManyValues_AgreesWithMathNet(int degrees)
    {
        for (double x = 0.25; x < 4 * (degrees + 5); x += 0.75)
        {
            Near.Absolute(1 - ChiSquared.CDF(degrees, x), ChiSquare.Above(x, degrees), 1e-13, $"{degrees} degrees");
        }
    }

    [Theory]
    [InlineData(1, 0.001)]
    [InlineData(4, 0.5)]
    [InlineData(5, 1e-9)]
    [InlineData(64, 0.01)]
    public void Exceeded_OfAProbability_IsExceededWithIt(int degrees, double probability) =>
        Near.Relative(probability, ChiSquare.Above(ChiSquare.Exceeded(probability, degrees), degrees), 1e-5);

    // Printed in every table: 3.841 and 9.488 at 5 %, 10.828 at 0.1 %.
    [Theory]
    [InlineData(1, 0.05, 3.841)]
    [InlineData(4, 0.05, 9.488)]
    [InlineData(1, 0.001, 10.828)]
    public void Exceeded_OfTheTables_IsPrintedThere(int degrees, double probability, double printed) =>
        Near.Absolute(printed, ChiSquare.Exceeded(probability, degrees), 6e-4);
}
