using System.Runtime.Intrinsics;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics;

namespace Crm.Core.Tests.Numerics;

/// <summary>Integrals known in closed form: exponentials of any rate, constants, normal densities, and e^v in the exponent.</summary>
public sealed class PanelIntegralTests
{
    public static TheoryData<double, double> Exponentials
    {
        get
        {
            var cases = new TheoryData<double, double>();
            foreach (double rate in new[] { 1e-3, 0.05, 0.7, 1, 6, 40, 1e3, 1e5 })
            {
                foreach (double length in new[] { 1e-4, 0.3, 4, 10, 300, 2e4 })
                {
                    cases.Add(rate, length);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Exponentials))]
    public void Of_Exponential_IsExact(double rate, double length)
    {
        var integrand = new Function(v => -rate * v);
        Near.Relative(OneLessExp(rate * length) / rate, PanelIntegral.Of(length, ref integrand), 1e-13);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(4.001)]
    [InlineData(1e4)]
    public void Of_Constant_IsItsLength(double length)
    {
        var integrand = new Function(_ => Math.Log(2.5));
        Near.Relative(2.5 * length, PanelIntegral.Of(length, ref integrand), 1e-13);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0.001)]
    [InlineData(0, 30)]
    [InlineData(1, 1)]
    [InlineData(3, 0.5)]
    [InlineData(3, 0.15)]
    [InlineData(-2, 0.4)]
    [InlineData(20, 10)]
    public void Of_NormalDensity_IsItsPart(double centre, double deviation)
    {
        double length = Math.Max(0, centre) + (40 * deviation);
        var integrand = new Function(v => -0.5 * Math.Pow((v - centre) / deviation, 2));
        double exact = deviation * Math.Sqrt(0.5 * Math.PI) * SpecialFunctions.Erfc(-centre / (deviation * Math.Sqrt(2)));
        Near.Relative(exact, PanelIntegral.Of(length, ref integrand), 1e-13);
    }

    [Theory]
    [InlineData(0.001, 12)]
    [InlineData(0.5, 2)]
    [InlineData(1, 8)]
    [InlineData(30, 40)]
    [InlineData(500, 0.2)]
    public void Of_ExponentialOfAnExponential_IsExact(double c, double length)
    {
        // ∫ e^(v − c e^v) dv = (e^(−c) − e^(−c e^length)) / c; it rises where c is below 1. Taken relative to e^(−c).
        var integrand = new Function(v => v - (c * (Math.Exp(v) - 1)));
        Near.Relative(OneLessExp(c * (Math.Exp(length) - 1)) / c, PanelIntegral.Of(length, ref integrand), 1e-13);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_NoLength_IsNothing(double length)
    {
        var integrand = new Function(_ => 0);
        Assert.Equal(0, PanelIntegral.Of(length, ref integrand));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(3)]
    [InlineData(1e4)]
    public void Gather_OfAnExponential_GivesItsMoments(double rate)
    {
        var integrand = new Function(v => -rate * v);
        double total = PanelIntegral.Of(50 / rate, ref integrand);
        Near.Relative(total, integrand.Gathered, 1e-13, "the parts");
        Near.Relative(1 / rate, integrand.GatheredPlaces / total, 1e-13, "the mean");
    }

    private static double OneLessExp(double y) => y > 0.5 ? 1 - Math.Exp(-y) : 2 * Math.Exp(-y / 2) * Math.Sinh(y / 2);

    private struct Function(Func<double, double> log) : IPanelIntegrand
    {
        private Vector256<double> _places;

        internal double Gathered { get; private set; }

        internal double GatheredPlaces { get; private set; }

        public Vector256<double> Log(Vector256<double> v)
        {
            _places = v;
            return Vector256.Create(log(v[0]), log(v[1]), log(v[2]), log(v[3]));
        }

        public void Gather(Vector256<double> parts)
        {
            Gathered += Vector256.Sum(parts);
            GatheredPlaces += Vector256.Sum(parts * _places);
        }
    }
}
