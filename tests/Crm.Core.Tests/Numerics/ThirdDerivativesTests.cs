using Crm.Core.Numerics;

namespace Crm.Core.Tests.Numerics;

/// <summary>Third derivatives against those that are known in closed form.</summary>
public sealed class ThirdDerivativesTests
{
    [Fact]
    public void Of_Exponential_IsTheExponential()
    {
        double[] packed = ThirdDerivatives.Of(new Exponential(), [0.3, -0.2, 0.1])!;
        double[] direction = [0.7, -1.1, 0.4];
        double slope = 0.7 - 2.2 + 1.2;
        double value = Math.Exp(0.3 - 0.4 + 0.3);
        Assert.Equal(ThirdDerivatives.CountOf(3), packed.Length);
        Assert.Equal([1, 2, 3, 4, 6, 9, 8, 12, 18, 27], packed.Select(third => Math.Round(third / value, 3)));
        Assert.Equal(slope * slope * slope * value, ThirdDerivatives.Along(packed, direction), 1e-4);
    }

    [Fact]
    public void Of_AFunctionThatEnds_IsNull() => Assert.Null(ThirdDerivatives.Of(new Exponential(), [800, 0, 0]));

    // e^(x + 2y + 3z): each derivative is a product of 1, 2 and 3 times the value.
    private sealed class Exponential : ISmoothFunction
    {
        public int Dimension => 3;

        public void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result)
        {
            double value = Math.Exp(logParameters[0] + (2 * logParameters[1]) + (3 * logParameters[2]));
            result.Value = value;
            for (int i = 0; i < 3; i++)
            {
                result.Gradient[i] = (i + 1) * value;
                for (int j = 0; j < 3; j++)
                {
                    result.Hessian[i, j] = (i + 1) * (j + 1) * value;
                }
            }
        }
    }
}
