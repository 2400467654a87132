using Crm.Core.Benefits;

namespace Crm.Core.Tests.Benefits;

// Examples of the documentation.
public sealed class BenefitWeightsTests
{
    [Fact]
    public void PriceLed_Order_IsCostFirstUtilityAndTimeLast()
    {
        BenefitWeights weights = BenefitWeights.PriceLed;
        Assert.All([weights.Utility, weights.Brand, weights.Relationship, weights.Time], other => Assert.True(weights.Cost > other));
        Assert.All([weights.Brand, weights.Relationship, weights.Cost], other => Assert.True(other > Math.Max(weights.Utility, weights.Time)));
    }

    [Fact]
    public void ValueAndTimeLed_Order_IsUtilityCostAndTimeBeforeBrandAndRelationship()
    {
        BenefitWeights weights = BenefitWeights.ValueAndTimeLed;
        Assert.All([weights.Utility, weights.Cost, weights.Time], first => Assert.True(first > Math.Max(weights.Brand, weights.Relationship)));
    }

    [Fact]
    public void RelationshipLed_Order_IsRelationshipFirst()
    {
        BenefitWeights weights = BenefitWeights.RelationshipLed;
        Assert.All([weights.Utility, weights.Brand, weights.Cost, weights.Time], other => Assert.True(weights.Relationship > other));
    }

    [Fact]
    public void Presets_Sum_IsOne() => Assert.All(
        [BenefitWeights.PriceLed, BenefitWeights.ValueAndTimeLed, BenefitWeights.RelationshipLed],
        weights => Assert.Equal(1, weights.Utility + weights.Brand + weights.Relationship + weights.Cost + weights.Time, 12));

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_NoWeight_IsRefusedByName(double weight)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => BenefitWeights.Of(utility: 1, brand: 1, relationship: 1, cost: weight, time: 1));
        Assert.Equal("cost", refusal.ParamName);
        Assert.Contains("Must be a finite number, 0 or more", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("The signs are in the formula", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ratios_OfWeights_AreInCost()
    {
        var weights = BenefitWeights.Of(utility: 1, brand: 0.5, relationship: 0.25, cost: 2, time: 3);
        Assert.Equal(0.5, weights.WillingnessToPay(BenefitFactor.Utility));
        Assert.Equal(0.25, weights.WillingnessToPay(BenefitFactor.Brand));
        Assert.Equal(0.125, weights.WillingnessToPay(BenefitFactor.Relationship));
        Assert.Equal(1.5, weights.ValueOfTime);
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.WillingnessToPay(BenefitFactor.Cost));
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.WillingnessToPay(BenefitFactor.Time));
    }

    [Fact]
    public void Ratios_WithoutAWeightOfCost_AreNone()
    {
        BenefitWeights weights = BenefitWeights.PriceLed.With(BenefitFactor.Cost, 0);
        Assert.Null(weights.WillingnessToPay(BenefitFactor.Utility));
        Assert.Null(weights.ValueOfTime);
    }

    [Theory]
    [InlineData(BenefitFactor.Utility)]
    [InlineData(BenefitFactor.Brand)]
    [InlineData(BenefitFactor.Relationship)]
    [InlineData(BenefitFactor.Cost)]
    [InlineData(BenefitFactor.Time)]
    public void With_AFactor_ChangesItAlone(BenefitFactor factor)
    {
        BenefitWeights changed = BenefitWeights.PriceLed.With(factor, 7);
        Assert.All(Enum.GetValues<BenefitFactor>(), other => Assert.Equal(other == factor ? 7 : BenefitWeights.PriceLed[other], changed[other]));
        var factors = new BenefitFactors { Utility = 1, Brand = 2, Relationship = 3, Cost = 4, Time = 5 };
        Assert.All(Enum.GetValues<BenefitFactor>(), other => Assert.Equal(other == factor ? 9 : factors[other], factors.With(factor, 9)[other]));
    }

    [Fact]
    public void With_NoFactor_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BenefitWeights.PriceLed.With((BenefitFactor)5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenefitWeights.PriceLed[(BenefitFactor)(-1)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(BenefitFactors)[(BenefitFactor)5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(BenefitFactors).With((BenefitFactor)5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(BenefitContributions)[(BenefitFactor)5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => FactorScales.Identity[(BenefitFactor)5]);
    }
}
