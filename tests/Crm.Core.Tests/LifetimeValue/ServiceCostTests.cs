using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Customers who cost something else to serve, each: as one cost for all where they are alike, each by their own where not.</summary>
public sealed class ServiceCostTests
{
    private static readonly PurchaseHistories _base = Golden.Base;
    private static readonly FitResult<IPurchaseModel> _buying = PurchaseModels.Fit("mbg-nbd", _base);
    private static readonly FitResult<GammaGamma> _spend = GammaGamma.Fit(_base);
    private static readonly ClvTerms _terms = new() { Margin = 0.4, Discount = DiscountRate.PerYear(0.1) };

    // Each row of the base by one of these, to be compared with the whole base at each of them.
    private static readonly decimal[] _levels = [0, 4, 0.37m];

    [Theory]
    [InlineData(0.0)]
    [InlineData(3.7)]
    public void Of_EqualCosts_HasTheBitsOfOneCostForAll(double yearly)
    {
        double[] column = [.. Enumerable.Repeat(yearly, _base.Count)];
        ClvTerms terms = _terms with { CostToServe = Money.Of((decimal)yearly, Currency.None) };
        var alike = CustomerValues.Of(_base, _buying.Model!, _spend.Model!, terms);
        var each = CustomerValues.Of(_base, _buying.Model!, _spend.Model!, _terms, column);
        Assert.Equal(Bits(alike.Clv), Bits(each.Clv));
        Assert.Equal(alike.Total, each.Total);

        var alikeEstimates = Estimates(terms);
        var eachEstimates = Estimates(_terms, column);
        Assert.Equal(Bits(alike.Clv), Bits(eachEstimates.Values.Clv));
        for (int row = 0; row < _base.Count; row++)
        {
            Assert.Equal(alikeEstimates.Clv[row], eachEstimates.Clv[row]);
        }

        Assert.Equal(alikeEstimates.Total.Estimate, eachEstimates.Total.Estimate);
        Assert.Equal(alikeEstimates.Total.Variance, eachEstimates.Total.Variance);
        CustomerId customer = _base.Ids[3];
        Assert.Equal(alikeEstimates.OutcomeOf(customer, draws: 100).Mean, eachEstimates.OutcomeOf(customer, draws: 100).Mean);
    }

    [Fact]
    public void Of_CostsOfTheirOwn_HasForEachRowTheBitsOfItsCostForAll()
    {
        double[] column = [.. Enumerable.Range(0, _base.Count).Select(row => (double)_levels[row % _levels.Length])];
        var each = Estimates(_terms, column);
        CustomerValueEstimates[] alike = [.. _levels.Select(level => Estimates(_terms with { CostToServe = Money.Of(level, Currency.None) }))];
        for (int row = 0; row < _base.Count; row++)
        {
            CustomerValueEstimates same = alike[row % _levels.Length];
            Assert.Equal(same.Values.Clv[row], each.Values.Clv[row]);
            if (_levels[row % _levels.Length] > 0)
            {
                Assert.Equal(same.Clv[row].StandardError, each.Clv[row].StandardError); // those without costs are on another scale
            }
        }

        Assert.Equal(EstimateScale.Natural, each.Clv.Scale);
        foreach (int row in (int[])[3, 4, 5])
        {
            Assert.Equal(alike[row % _levels.Length].OutcomeOf(_base.Ids[row], draws: 100).Mean, each.OutcomeOf(_base.Ids[row], draws: 100).Mean);
        }
    }

    [Fact]
    public void Of_CostsOfTheirOwn_LowersEachValueByCostTimesLifetime()
    {
        double[] yearly = [.. Enumerable.Range(0, _base.Count).Select(row => row * 0.01)];
        var free = CustomerValues.Of(_base, _buying.Model!, _spend.Model!, _terms);
        var each = CustomerValues.Of(_base, _buying.Model!, _spend.Model!, _terms, yearly);
        var lifetimes = new double[_base.Count];
        _buying.Model!.DiscountedLifetime(_base, _terms.Discount, _terms.Horizon, lifetimes);
        for (int row = 0; row < _base.Count; row++)
        {
            Near.Relative(free.Clv[row] - (yearly[row] * 7 / 365.25 * lifetimes[row]), each.Clv[row], 1e-10, FormattableString.Invariant($"row {row}"));
        }
    }

    [Fact]
    public void Of_AColumnThatIsWrong_IsRefused()
    {
        double[] right = new double[_base.Count];
        double[] wrong = [.. right];
        (wrong[2], wrong[5]) = (-1, double.NaN);
        var faults = Assert.Throws<RowFaultsException>(() => CustomerValues.Of(_base, _buying.Model!, _spend.Model!, _terms, wrong));
        Assert.Equal([2L, 5L], faults.Faults.Select(fault => fault.Row));
        Assert.Throws<RowFaultsException>(() => Estimates(_terms, wrong));
        Assert.Contains("one entry for each of the", Assert.Throws<ArgumentException>(() => CustomerValues.Of(_base, _buying.Model!, _spend.Model!, _terms, right.AsSpan(1))).Message, StringComparison.Ordinal);
        ClvTerms both = _terms with { CostToServe = Money.Of(1, Currency.None) };
        Assert.Equal("terms", Assert.Throws<ArgumentException>(() => CustomerValues.Of(_base, _buying.Model!, _spend.Model!, both, right)).ParamName);
    }

    private static CustomerValueEstimates Estimates(ClvTerms terms) =>
        CustomerValueEstimates.Of(_base, PurchaseEstimates.Of(_buying), SpendEstimates.Of(_spend), terms);

    private static CustomerValueEstimates Estimates(ClvTerms terms, double[] yearly) =>
        CustomerValueEstimates.Of(_base, PurchaseEstimates.Of(_buying), SpendEstimates.Of(_spend), terms, yearly);

    private static long[] Bits(ReadOnlySpan<double> values)
    {
        var bits = new long[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.DoubleToInt64Bits(values[i]);
        }

        return bits;
    }
}
