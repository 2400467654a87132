using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>Quadrature against integrals known in closed form: moments of a beta variate, polynomials, exponentials.</summary>
public sealed class QuadratureTests
{
    private static readonly double[] _shapes = [1e-3, 0.05, 0.3, 0.79, 1, 2.43, 20, 300, 1e5];

    [Fact]
    public void BetaExpectation_MomentsOfThePair_AreExact()
    {
        foreach (double a in _shapes)
        {
            foreach (double b in _shapes)
            {
                string where = $"a = {a}, b = {b}";
                double sum = a + b;
                Near.Relative(1, BetaExpectation.Of(a, b, 0, (_, p, q) => p + q), 1e-13, $"p + q, {where}");
                Near.Relative(a / sum, BetaExpectation.Of(a, b, 0, (_, p, _) => p), 1e-12, $"p, {where}");
                Near.Relative(b / sum, BetaExpectation.Of(a, b, 0, (_, _, q) => q), 1e-12, $"q, {where}");
                Near.Relative(a * b / (sum * (sum + 1)), BetaExpectation.Of(a, b, 0, (_, p, q) => p * q), 1e-12, $"pq, {where}");
                Near.Relative(a * (a + 1) / (sum * (sum + 1)), BetaExpectation.Of(a, b, 0, (_, p, _) => p * p), 1e-12, $"p², {where}");
            }
        }
    }

    [Theory]
    [InlineData(1.5, 0.2)]
    [InlineData(2, 20)]
    [InlineData(20, 0.05)]
    public void BetaExpectation_Reciprocal_IsExactWhereItExists(double a, double b) =>
        Near.Relative((a + b - 1) / (a - 1), BetaExpectation.Of(a, b, 0, (_, p, _) => 1 / p), 1e-12);

    [Fact]
    public void GaussLegendre_Polynomials_AreExactUpToDegree47()
    {
        for (int degree = 0; degree <= 47; degree++)
        {
            double exact = Math.Pow(3, degree + 1) / (degree + 1);
            Near.Relative(exact, Integrate(3, 1, v => Math.Pow(v, degree)), 2e-14, $"degree {degree}");
        }

        Near.Relative(Math.Pow(3, 48) / 48, Integrate(3, 5, v => Math.Pow(v, 47)), 2e-14, "five panels");
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(50, 13)]
    public void GaussLegendre_Exponential_IsExact(double length, int panels) =>
        Near.Relative(-Math.Exp(-length) + 1, Integrate(length, panels, v => Math.Exp(-v)), 1e-14);

    private static double Integrate(double length, int panels, Func<double, double> function)
    {
        double half = 0.5 * length / panels;
        double sum = 0;
        for (int node = 0; node < panels * GaussLegendre.Nodes.Length; node++)
        {
            var (panel, i) = Math.DivRem(node, GaussLegendre.Nodes.Length);
            sum += half * GaussLegendre.Weights[i] * function(half * ((2 * panel) + 1 + GaussLegendre.Nodes[i]));
        }

        return sum;
    }
}
