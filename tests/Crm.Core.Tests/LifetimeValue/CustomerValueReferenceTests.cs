using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Reference figures: lifetime value over 12 months as lifetimes 0.11.3 defines it, worked out here from the models' own answers.
/// </summary>
/// <remarks>
/// CLV = E(M | x, m_x) · Σ over months k = 1..12 of [E(Y(4.345 k)) − E(Y(4.345 (k − 1)))] / 1.01^k: weeks, month-end discounting, no
/// margin, no first purchase. Crm.Core discounts continuously instead, which brackets this figure.
/// </remarks>
public sealed class CustomerValueReferenceTests
{
    private const int Months = 12;
    private const double WeeksPerMonth = 4.345;
    private const double MonthlyRate = 0.01;

    private static readonly Lazy<ReferenceFile> _reference = new(() => ReferenceFile.Read("clv_bgnbd_gg_cdnow_summary.json"));

    [SharedDataFact]
    public void MonthlyDiscountedValue_ListedCustomers_AreTheReference()
    {
        PurchaseHistories histories = CustomerBases.Get("cdnow-summary");
        var (buying, spend) = Models();

        Assert.All(_reference.Value.Customers, customer =>
        {
            PurchaseHistory history = histories[CustomerId.Of(customer.IdText)];
            double[] byMonth = customer.Numbers("expected_purchases_by_month");
            Near.Relative(customer.Number("p_alive"), buying.ProbabilityAlive(history), 1e-11, $"P(alive) of {customer.IdText}");
            Near.Relative(customer.Number("expected_average_spend"), spend.ExpectedSpend(history), 1e-13, $"spend of {customer.IdText}");
            Assert.All(byMonth.Index(), month => Near.Relative(
                month.Item, buying.ExpectedPurchases(history, Horizon.Weeks(WeeksPerMonth * (month.Index + 1))), 1e-11, customer.IdText));
            Near.Relative(customer.Number("clv_12_months"), MonthlyValue(buying, spend, history), 1e-11, $"CLV of {customer.IdText}");
        });
    }

    [SharedDataFact]
    public void MonthlyDiscountedValue_WholeBase_SumsToTheReference()
    {
        PurchaseHistories histories = CustomerBases.Get("cdnow-summary");
        var (buying, spend) = Models();
        double[] ahead = new double[histories.Count];

        buying.ExpectedPurchases(histories, Horizon.Weeks(WeeksPerMonth * Months), ahead);
        double total = histories.Sum(history => MonthlyValue(buying, spend, history));

        Near.Relative(_reference.Value.Number("sum_clv_all_2357_customers"), total, 1e-12, "total CLV");
        Near.Relative(_reference.Value.Number("sum_expected_purchases_52_14_weeks"), ahead.Sum(), 1e-12, "total purchases");
    }

    [SharedDataFact]
    public void CustomerValues_SameRateContinuously_LieWithinAMonthOfTheMonthEndFigures()
    {
        PurchaseHistories histories = CustomerBases.Get("cdnow-summary");
        var (buying, spend) = Models();
        var terms = new ClvTerms
        {
            Discount = DiscountRate.Continuous(Math.Log(1 + MonthlyRate) / WeeksPerMonth, TimeUnit.Week),
            Horizon = Horizon.Weeks(WeeksPerMonth * Months),
        };

        var values = CustomerValues.Of(histories, buying, spend, terms);

        // Month-end discounting delays a purchase by between 0 and one month.
        for (int row = 0; row < histories.Count; row++)
        {
            double monthEnd = MonthlyValue(buying, spend, histories[row]);
            Assert.InRange(values.Clv[row], monthEnd * (1 - 1e-12), monthEnd * (1 + MonthlyRate + 1e-12));
        }
    }

    private static (BgNbd Buying, GammaGamma Spend) Models()
    {
        double Number(string path) => _reference.Value.Number(path);
        return (
            new(Number("bgnbd_params.r"), Number("bgnbd_params.alpha"), Number("bgnbd_params.a"), Number("bgnbd_params.b"), TimeUnit.Week),
            new(Number("gg_params.p"), Number("gg_params.q"), Number("gg_params.gamma")));
    }

    private static double MonthlyValue(BgNbd buying, GammaGamma spend, PurchaseHistory history)
    {
        double value = 0;
        double before = 0;
        for (int month = 1; month <= Months; month++)
        {
            double until = buying.ExpectedPurchases(history, Horizon.Weeks(WeeksPerMonth * month));
            value += (until - before) / Math.Pow(1 + MonthlyRate, month);
            before = until;
        }

        return value * spend.ExpectedSpend(history);
    }
}
