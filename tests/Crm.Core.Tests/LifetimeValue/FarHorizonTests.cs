using Crm.Core.LifetimeValue;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Customers who are lost fast, looked at for long: limits in closed form, and properties over a grid of horizons.</summary>
public sealed class FarHorizonTests
{
    // Without discount the lifetime tends to E[1 / (λp)] = α / (r − 1) · (a + b − 1) / (a − 1), fast when r is large.
    [Theory]
    [InlineData(1_000, 1_000, 3, 1, 1e4)]
    [InlineData(1_000, 1_000, 3, 1, 1e6)]
    [InlineData(1_000, 1_000, 40, 0.3, 1e4)]
    [InlineData(1e6, 1e6, 3, 1, 1e6)]
    [InlineData(300, 300, 20, 1, 1e5)]
    public void DiscountedLifetime_LongAgoLost_IsTheUnlimitedOne(double r, double alpha, double a, double b, double weeks)
    {
        var model = new BgNbd(r, alpha, a, b, TimeUnit.Week);
        double limit = alpha / (r - 1) * (a + b - 1) / (a - 1);
        double missing = Math.Pow(alpha / weeks, Math.Min(a, r) - 1);
        Assert.Equal(limit, model.DiscountedLifetime(DiscountRate.Zero, Horizon.Weeks(weeks)), limit * (1e-10 + missing));
        Assert.Equal(limit, model.DiscountedLifetime(DiscountRate.Zero, Horizon.Unlimited), 1e-12 * limit);
    }

    [Theory]
    [InlineData(300, 300, 3, 1)]
    [InlineData(1_000, 0.001, 40, 0.3)]
    [InlineData(500, 500, 20, 0.3)]
    [InlineData(0.25, 5, 0.8, 2.5)]
    public void Discounted_LongerHorizon_NeverFallsAndStaysBelowTheUnlimited(double r, double alpha, double a, double b)
    {
        var model = new MbgNbd(r, alpha, a, b, TimeUnit.Week);
        foreach (double delta in new[] { 1e-6, 0.0018, 0.1, 10 })
        {
            var discount = DiscountRate.Continuous(delta, TimeUnit.Week);
            double purchases = 0;
            double lifetime = 0;
            for (double weeks = 1e-4; weeks < 1e6; weeks *= 1.7)
            {
                double nextPurchases = model.DiscountedPurchases(discount, Horizon.Weeks(weeks));
                double nextLifetime = model.DiscountedLifetime(discount, Horizon.Weeks(weeks));
                Assert.True(nextPurchases >= purchases * (1 - 1e-10), $"purchases fall at {weeks} weeks, delta {delta}: {purchases:R} to {nextPurchases:R}");
                Assert.True(nextLifetime >= lifetime * (1 - 1e-10), $"lifetime falls at {weeks} weeks, delta {delta}: {lifetime:R} to {nextLifetime:R}");
                (purchases, lifetime) = (nextPurchases, nextLifetime);
            }

            Assert.True(purchases <= model.DiscountedPurchases(discount, Horizon.Unlimited) * (1 + 1e-10));
            Assert.True(lifetime <= model.DiscountedLifetime(discount, Horizon.Unlimited) * (1 + 1e-10));
        }
    }
}
