using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Tests;

/// <summary>Sums of money by whole cents, against the sum of their decimals one by one.</summary>
public sealed class SpendTotalTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(100, 100)]
    [InlineData(100_000, 100)]
    [InlineData(1_000_000_000_000, 10)]
    [InlineData(1_000_000_000_000_000, 100)]
    [InlineData(100_000, 7)]
    [InlineData(100_000, 10_000)]
    public void Of_AnySpends_IsTheSumOfTheirDecimals(long most, int parts)
    {
        var random = new Random(5);
        for (int count = 0; count < 200; count++)
        {
            double[] spends = [.. Enumerable.Range(0, count % 20).Select(_ => (double)random.NextInt64(most) / parts)];
            decimal expected = spends.Sum(spend => (decimal)spend);
            Assert.Equal(expected, SpendTotal.Of(spends));
            Assert.Equal($"{expected}", $"{SpendTotal.Of(spends)}");
        }
    }
}
