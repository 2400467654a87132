using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>An independent slow oracle: the defining integral ∫₁^∞ e^(−y(u−1)) u^(−s) du by the trapezoidal rule over ln ln u.</summary>
/// <remarks>The oracle stands still to 1e-14 when its step is halved.</remarks>
public sealed class ExponentialIntegralTests
{
    private const double Step = 1.0 / 128;

    private static readonly double[] _orders =
        [0.05, 0.3, 0.5, 0.999999, 1, 1.000001, 1.25, 1.5, 1.7, 2, 2.4928, 3, 4.5, 5, 9.99, 10, 15, 19, 19.999, 20, 20.25, 33, 41.2, 60];

    [Fact]
    public void Scaled_GridOfOrdersAndArguments_IsTheIntegral()
    {
        foreach (double order in _orders)
        {
            for (double y = 1e-8; y <= 1.01e8; y *= Math.Sqrt(10))
            {
                Near.Relative(Integral(order, y, Step), ExponentialIntegral.Scaled(order, y), 2e-14, $"s = {order}, y = {y}");
            }
        }
    }

    [Fact]
    public void Scaled_AroundOne_HasNoSeam()
    {
        foreach (double order in _orders)
        {
            foreach (double y in new[] { 0.9, 0.99999, 1, 1.00001, 1.1 })
            {
                Near.Relative(Integral(order, y, Step), ExponentialIntegral.Scaled(order, y), 2e-14, $"s = {order}, y = {y}");
            }
        }
    }

    [Theory]
    [InlineData(0.05, 1e-8)]
    [InlineData(1, 1e-8)]
    [InlineData(60, 1e-3)]
    [InlineData(2.5, 1)]
    [InlineData(10, 1e8)]
    public void Oracle_HalfTheStep_StandsStill(double order, double y) => Near.Relative(Integral(order, y, Step / 2), Integral(order, y, Step), 1e-14);

    // u = e^w − 1 and w = e^z turn the integral into ∫ e^(−y(e^w − 1)) e^((1−s) w) w dz over the whole line.
    private static double Integral(double order, double y, double step)
    {
        double sum = 0;
        for (double z = -60; z <= 5; z += step)
        {
            double w = Math.Exp(z);
            double exponent = ((1 - order) * w) - (y * 2 * Math.Exp(w / 2) * Math.Sinh(w / 2));
            if (exponent < -745)
            {
                break;
            }

            sum += Math.Exp(exponent) * w;
        }

        return sum * step;
    }
}
