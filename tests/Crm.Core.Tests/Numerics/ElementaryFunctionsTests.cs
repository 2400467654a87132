using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>Identities as an oracle: ln(1 + x) = 2 artanh(x / (2 + x)), e^x − 1 = 2 e^(x/2) sinh(x/2), and that each undoes the other.</summary>
public sealed class ElementaryFunctionsTests
{
    [Fact]
    public void Log1PAndExpM1_AllSizes_AgreeWithTheIdentities()
    {
        for (double size = 1e-300; size < 600; size *= 1.7)
        {
            foreach (double x in new[] { size, -size })
            {
                Near.Relative(2 * Math.Exp(x / 2) * Math.Sinh(x / 2), ElementaryFunctions.ExpM1(x), 1e-15, $"e^x − 1 at {x}");
                if (Math.Abs(x) < 0.9)
                {
                    Near.Relative(2 * Math.Atanh(x / (2 + x)), ElementaryFunctions.Log1P(x), 1e-15, $"ln(1 + x) at {x}");
                    Near.Relative(x, ElementaryFunctions.ExpM1(ElementaryFunctions.Log1P(x)), 2e-15, $"there and back at {x}");
                }
            }
        }
    }

    [Fact]
    public void Log1PAndExpM1_Edges_AreExact()
    {
        Assert.Equal(0, ElementaryFunctions.Log1P(0));
        Assert.Equal(0, ElementaryFunctions.ExpM1(0));
        Assert.Equal(1e-300, ElementaryFunctions.Log1P(1e-300));
        Assert.Equal(-1e-300, ElementaryFunctions.ExpM1(-1e-300));
        Assert.Equal(double.PositiveInfinity, ElementaryFunctions.Log1P(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, ElementaryFunctions.ExpM1(1000));
        Assert.Equal(double.NegativeInfinity, ElementaryFunctions.Log1P(-1));
        Assert.Equal(-1, ElementaryFunctions.ExpM1(-1000));
    }
}
