using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Property: at the corners of the range a fit searches, and far from any data, every answer is finite and within its bounds.</summary>
public sealed class ExtremeParametersTests
{
    private static readonly PurchaseHistory[] _histories =
    [
        PurchaseHistory.Of(0, 0, 0, TimeUnit.Week),
        PurchaseHistory.Of(0, 0, 1e4, TimeUnit.Week),
        PurchaseHistory.Of(1, 1e-6, 40, TimeUnit.Week),
        PurchaseHistory.Of(1000, 39, 40, TimeUnit.Week),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predictions_CornersOfTheSearch_AreFiniteAndWithinBounds(bool modified)
    {
        foreach (double r in new[] { 1e-5, 1, 1e6 })
        {
            foreach (double alpha in new[] { 1e-6, 1, 1e9 })
            {
                foreach (double a in new[] { 1e-6, 1, 1e6 })
                {
                    foreach (double b in new[] { 1e-6, 1, 1e6 })
                    {
                        PurchaseModel model = modified ? new MbgNbd(r, alpha, a, b, TimeUnit.Week) : new BgNbd(r, alpha, a, b, TimeUnit.Week);
                        Assert.All(_histories, history => AssertSane(model, history, FormattableString.Invariant($"{r}, {alpha}, {a}, {b}")));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1e-3, 1e4)]
    [InlineData(1e-30, 1e30)]
    public void ParetoNbd_CornersOfTheRange_AreFiniteAndWithinBounds(double least, double most)
    {
        double[] corners = [least, 1, most];
        foreach (double r in corners)
        {
            foreach (double alpha in corners)
            {
                foreach (double s in corners)
                {
                    foreach (double beta in corners)
                    {
                        var model = new ParetoNbd(r, alpha, s, beta, TimeUnit.Week);
                        Assert.All(_histories, history => AssertSane(model, history, FormattableString.Invariant($"{r}, {alpha}, {s}, {beta}")));
                    }
                }
            }
        }
    }

    private static void AssertSane(PurchaseModel model, PurchaseHistory history, string at)
    {
        double rate = (model.Parameters[0].Value + history.Frequency) / (model.Parameters[1].Value + history.Age);
        double alive = model.ProbabilityAlive(history);
        Assert.True(double.IsFinite(model.LogLikelihood(history)), $"log-likelihood at {at}");
        AssertWithin(alive, 1, $"P(alive) at {at}");
        foreach (double weeks in new[] { 1e-3, 52, 1e4 })
        {
            Horizon h = Horizon.Weeks(weeks);
            AssertWithin(model.ProbabilityAlive(history, h), alive, $"P(alive in {weeks}) at {at}");
            AssertWithin(model.ExpectedPurchases(history, h), alive * rate * weeks, $"purchases in {weeks} at {at}");
            AssertWithin(model.ProbabilityOfPurchases(history, 3, h), 1, $"P(3 in {weeks}) at {at}");
        }

        DiscountRate discount = DiscountRate.Continuous(0.002, TimeUnit.Week);
        AssertWithin(model.DiscountedPurchases(history, discount, Horizon.Unlimited), alive * rate / 0.002, $"DERT at {at}");
        AssertWithin(model.DiscountedLifetime(history, discount, Horizon.Unlimited), alive / 0.002, $"lifetime at {at}");
    }

    private static void AssertWithin(double value, double most, string what) =>
        Assert.True(value >= 0 && value <= most * (1 + 1e-9), FormattableString.Invariant($"{what}: {value:R} is not from 0 to {most:R}"));
}
