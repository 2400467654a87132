using System.Numerics;

namespace Crm.Core.Tests.Support;

// Examples: the oracle's own numbers.
public sealed class ExactNumbersTests
{
    [Fact]
    public void Fine_OfADecimal_CountsItIn1EMinus28()
    {
        Assert.Equal(BigInteger.One, ExactNumbers.Fine(1e-28m));
        Assert.Equal(125 * BigInteger.Pow(10, 26), ExactNumbers.Fine(1.25m));
    }

    [Fact]
    public void Nearest_HalfWayBetweenTwoDoubles_GoesToTheEvenOne()
    {
        Assert.Equal(9007199254740992.0, ExactNumbers.Nearest(ExactNumbers.Fine(9007199254740993m), 1));
        Assert.Equal(9007199254740994.0, ExactNumbers.Nearest(ExactNumbers.Fine(9007199254740993m) + 1, 1));
    }

    [Fact]
    public void Nearest_Third_IsTheDouble() => Assert.Equal(-1.0 / 3, ExactNumbers.Nearest(ExactNumbers.Fine(-1), 3));

    [Fact]
    public void ToDecimal_OfFine_IsTheDecimal() => Assert.Equal(12.34m, ExactNumbers.ToDecimal(ExactNumbers.Fine(12.34m)));
}
