using Xunit.Sdk;

namespace Crm.Core.Tests.Support;

/// <summary>The comparison of numbers must itself be able to fail.</summary>
public sealed class NearTests
{
    [Theory]
    [InlineData(100, 100.9)]
    [InlineData(100, 99.1)]
    [InlineData(-100, -99.1)]
    [InlineData(0, 0)]
    public void Relative_WithinTheBound_Passes(double expected, double actual) => Near.Relative(expected, actual, 0.01);

    [Theory]
    [InlineData(100, 101.1)]
    [InlineData(100, -100)]
    [InlineData(0, 1e-300)]
    [InlineData(100, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Relative_BeyondTheBoundOrNotFinite_Fails(double expected, double actual) =>
        Assert.Throws<TrueException>(() => Near.Relative(expected, actual, 0.01));

    [Theory]
    [InlineData(1, 1.2)]
    [InlineData(1, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    public void Absolute_BeyondTheBoundOrNotFinite_Fails(double expected, double actual) =>
        Assert.Throws<TrueException>(() => Near.Absolute(expected, actual, 0.1));

    [Fact]
    public void Absolute_WithinTheBound_Passes() => Near.Absolute(1, 1.05, 0.1);
}
