using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics;

namespace Crm.Core.Tests.Numerics;

/// <summary>Known values (50-digit arithmetic, rounded to 17 or 18 digits), and MathNet.Numerics as a second oracle on a wide grid.</summary>
public sealed class GammaFunctionsTests
{
    [Theory]
    [InlineData(0.001, 6.90717888538385368, -1000.5755719318103, 1000001.64253319587)]
    [InlineData(0.1, 2.25271265173420596, -10.4237549404110768, 101.433299150792759)]
    [InlineData(0.5, 0.572364942924700087, -1.96351002602142348, 4.93480220054467931)]
    [InlineData(1.0001, -0.0000577133422204776233, -0.57705118351433485, 1.64469368793314433)]
    [InlineData(2, 0, 0.422784335098467139, 0.644934066848226436)]
    [InlineData(3.7, 1.42807232666538792, 1.16715353936151139, 0.310037857670038319)]
    [InlineData(14.9, 24.9241320022172774, 2.66742897621604231, 0.0694165832070957891)]
    [InlineData(15, 25.1912211827386815, 2.6743466616607937, 0.0689382278476838062)]
    [InlineData(100, 359.134205369575399, 4.6001618527380874, 0.0100501666633335714)]
    [InlineData(12345.678, 103959.919905546061, 9.42102082074176089, 0.0000810032872311120684)]
    [InlineData(1e6, 12815504.5691476117, 13.8155100579641908, 1.00000050000016667e-6)]
    public void LogGammaAndDerivatives_KnownValues_AreReached(double z, double logGamma, double digamma, double trigamma)
    {
        Near.Absolute(logGamma, GammaFunctions.LogGamma(z), 6e-15 * Math.Max(1, Math.Abs(logGamma)), "ln Γ");
        Near.Absolute(digamma, GammaFunctions.Digamma(z), 4e-15 * Math.Max(1, Math.Abs(digamma)), "ψ");
        Near.Relative(trigamma, GammaFunctions.Trigamma(z), 2e-15, "ψ′");
    }

    // A large z with a d of 1 or more is where the difference of two log-gammas would have no digit left.
    [Theory]
    [InlineData(1e6, 1e-3, 0.0138155100584641913)]
    [InlineData(1e9, 0.5, 10.3616329183482056)]
    [InlineData(1e12, 1e-6, 0.000027631021115928047)]
    [InlineData(1e15, 1e-8, 3.45387763949106855e-7)]
    [InlineData(1e15, 7, 241.771434764374818)]
    [InlineData(0.05, 40, 103.846729058831292)]
    [InlineData(0.25, 300, 1409.33967797768086)]
    [InlineData(7, 1e6, 12815594.6984913054)]
    [InlineData(1e-3, 1e6, 12815497.6757842363)]
    [InlineData(1e6, 1e6, 14201804.5725105328)]
    public void LogGammaRatio_LargeArguments_IsRightToRelativeAccuracy(double z, double d, double expected) =>
        Near.Relative(expected, GammaFunctions.LogGammaRatio(z, d), 1e-14);

    // Where both are small the result is a probability's logarithm, and an absolute error of a few 1e-16 is all that matters.
    [Theory]
    [InlineData(1e-3, 1e-6, -0.0010000759041940772)]
    [InlineData(0.3, 1e-9, -3.50252421607745108e-9)]
    [InlineData(2, 1e-12, 4.22784335098789598e-13)]
    [InlineData(14.9, 1e-5, 0.0000266742932329887831)]
    [InlineData(20, 1e-8, 2.97052399249850323e-8)]
    [InlineData(1e6, 1e-10, 1.38155100579641913e-9)]
    public void LogGammaRatio_SmallStep_IsRightToAbsoluteAccuracy(double z, double d, double expected) =>
        Near.Absolute(expected, GammaFunctions.LogGammaRatio(z, d), 6e-16);

    [Theory]
    [InlineData(0.001, 0.001, 7.60090081700834738)]
    [InlineData(0.001, 1e6, 6.89336337532538947)]
    [InlineData(0.05, 20, 2.82028896759346246)]
    [InlineData(0.5, 0.5, 1.14472988584940017)]
    [InlineData(1, 1, 0)]
    [InlineData(3.7, 11.2, -7.91940521102611243)]
    [InlineData(300, 0.01, 4.54245856227848025)]
    [InlineData(1e6, 1e6, -1386300.00336292112)]
    [InlineData(1e6, 2.5, -34.2540953994365161)]
    public void LogBeta_KnownValues_AreReached(double a, double b, double expected)
    {
        Near.Absolute(expected, GammaFunctions.LogBeta(a, b), 1e-14 * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(GammaFunctions.LogBeta(a, b), GammaFunctions.LogBeta(b, a));
    }

    [Fact]
    public void LogGammaAndDigamma_WideGrid_AgreeWithMathNet()
    {
        for (double z = 1e-3; z < 1e6; z *= 1.173)
        {
            double logGamma = SpecialFunctions.GammaLn(z);
            Near.Absolute(logGamma, GammaFunctions.LogGamma(z), 2e-14 * Math.Max(1, Math.Abs(logGamma)), $"ln Γ({z})");
            double digamma = SpecialFunctions.DiGamma(z);
            Near.Absolute(digamma, GammaFunctions.Digamma(z), 2e-14 * Math.Max(1, Math.Abs(digamma)), $"ψ({z})");
        }
    }

    [Fact]
    public void LogGammaRatioAndTrigamma_WideGrid_ObeyTheirRecurrences()
    {
        for (double z = 1e-3; z < 1e6; z *= 1.31)
        {
            Near.Absolute(Math.Log(z), GammaFunctions.LogGammaRatio(z, 1), 2e-14 * Math.Max(1, Math.Abs(Math.Log(z))), $"ln z at {z}");
            Near.Relative(1 / (z * z), GammaFunctions.Trigamma(z) - GammaFunctions.Trigamma(z + 1), 4e-15 * Math.Max(1, z), $"1/z² at {z}");
        }
    }
}
