using Crm.Core.Benefits;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Worked by hand, and properties over random offers.
public sealed class BenefitScoreTests
{
    private static readonly BenefitWeights _weights = BenefitWeights.Of(utility: 1, brand: 0.5, relationship: 0.25, cost: 2, time: 0.5);
    private static readonly BenefitFactors _book = new() { Utility = 60, Brand = 4, Relationship = 8, Cost = 20, Time = 2 };
    private static readonly BenefitFactors _other = new() { Utility = 64, Brand = 4, Relationship = 8, Cost = 24, Time = 0 };

    [Fact]
    public void Score_ByHand_IsTheSignedSum()
    {
        BenefitScore score = _weights.Score(_book);
        Assert.Equal(60 + 2 + 2 - 40 - 1, score.Value);
        Assert.Equal((60.0, 2.0, 2.0, -40.0, -1.0), (score.Contributions.Utility, score.Contributions.Brand, score.Contributions.Relationship, score.Contributions.Cost, score.Contributions.Time));
        Assert.Equal("23", score.ToString());
    }

    [Fact]
    public void Explain_AgainstTheRunnerUp_SaysByHowMuchAndWhatWouldChangeIt()
    {
        // 23 against 64 + 2 + 2 − 48 − 0 = 20.
        BenefitExplanation why = _weights.Score(_book).Explain(_weights.Score(_other));
        Assert.Equal(3, why.Lead);
        Assert.Equal([-4.0, 0, 0, 8, -1], why.Effects.Select(effect => effect.Difference));
        Assert.Equal([-3.0, -6, -12, 1.5, 6], why.Effects.Select(effect => effect.ChangeToTie));
        Assert.Equal(
            "Benefit 23: utility +60, brand +2, relationship +2, cost -40, time -1. "
            + "3 ahead of the runner-up at 20: cost +8, utility -4, time -1. "
            + "They would be level if utility fell by 3, or brand fell by 6, or relationship fell by 12, or cost rose by 1.5, or time rose by 6.",
            why.ToString());
    }

    [Fact]
    public void Explain_AnOfferThatTrails_SaysWhatWouldMakeItLevel()
    {
        BenefitExplanation why = _weights.Score(_other).Explain(_weights.Score(_book));
        Assert.Equal(-3, why.Lead);
        Assert.Contains("3 behind the runner-up at 23", why.ToString(), StringComparison.Ordinal);
        Assert.Contains("cost fell by 1.5", why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Alone_HasNoRunnerUp()
    {
        BenefitExplanation why = _weights.Score(_book).Explain();
        Assert.Null(why.Lead);
        Assert.All(why.Effects, effect => Assert.Null(effect.Difference));
        Assert.All(why.Effects, effect => Assert.Null(effect.ChangeToTie));
        Assert.Equal("Benefit 23: utility +60, brand +2, relationship +2, cost -40, time -1.", why.ToString());
    }

    [Fact]
    public void Explain_LevelOffers_SaysSo()
    {
        BenefitExplanation why = _weights.Score(_book).Explain(_weights.Score(_book));
        Assert.EndsWith("Level with the runner-up at 23.", why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_AFactorOfNoWeight_HasNoChangeToTie() => Assert.Null(
        _weights.With(BenefitFactor.Time, 0).Score(_book).Explain(_weights.With(BenefitFactor.Time, 0).Score(_other)).Effects[4].ChangeToTie);

    [Fact]
    public void Effects_OfAnExplanation_CannotBeReplaced() =>
        Assert.Throws<NotSupportedException>(() => ((IList<FactorEffect>)_weights.Score(_book).Explain().Effects)[0] = null!);

    [Fact]
    public void Explain_OtherWeights_AreRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => _weights.Score(_book).Explain(BenefitWeights.PriceLed.Score(_book)));
        Assert.Equal("runnerUp", refusal.ParamName);
    }

    [Fact]
    public void Score_FactorsThatAreNone_AreNamedTogether()
    {
        var refusal = Assert.Throws<ArgumentException>(() => _weights.Score(_book with { Brand = double.NaN, Cost = double.NegativeInfinity }));
        Assert.Equal("factors", refusal.ParamName);
        Assert.Contains("brand is missing (NaN), cost is -Infinity", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_FactorWithoutWeightThatIsNone_IsRefusedToo() =>
        Assert.Throws<ArgumentException>(() => _weights.With(BenefitFactor.Time, 0).Score(_book with { Time = double.NaN }));

    [Fact]
    public void Score_BeyondTheRange_IsRefused() => Assert.Contains(
        "exceeds the range of numbers",
        Assert.Throws<ArgumentException>(() => _weights.Score(_book with { Cost = 1e308 })).Message,
        StringComparison.Ordinal);

    // Property: the change of any factor at which two offers are level makes them level, within rounding.
    [Fact]
    public void ChangeToTie_Applied_MakesTheOffersLevel() => FixedSeed.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        var random = new Random(seed);
        BenefitFactors Any() => new()
        {
            Utility = random.NextDouble() * 100,
            Brand = random.NextDouble() * 10,
            Relationship = random.NextDouble(),
            Cost = random.NextDouble() * 50,
            Time = random.NextDouble() * 5,
        };
        WeightBook book = WeightBook.Of(BenefitWeights.Of(random.NextDouble() + 0.1, random.NextDouble() + 0.1, random.NextDouble() + 0.1, random.NextDouble() + 0.1, random.NextDouble() + 0.1))
            .With(new FactorScales { Utility = FactorScale.LinearRange(0, 50), Cost = FactorScale.StandardScore(20, 7), Time = FactorScale.Money(Currency.Eur, 3) });
        BenefitFactors first = Any();
        BenefitScore score = book.Score(SegmentId.None, first);
        BenefitScore runnerUp = book.Score(SegmentId.None, Any());
        foreach (FactorEffect effect in score.Explain(runnerUp).Effects)
        {
            double changed = book.Score(SegmentId.None, first.With(effect.Factor, first[effect.Factor] + effect.ChangeToTie!.Value)).Value;
            Assert.Equal(runnerUp.Value, changed, 1e-11 * (1 + Math.Abs(runnerUp.Value) + Math.Abs(score.Value)));
        }
    });

    // Property: the contributions sum from left to right to the score, to the bit.
    [Fact]
    public void Contributions_FromLeftToRight_AreTheScore() => FixedSeed.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        var rows = new ScoredRows(8, 3, seed);
        for (int row = 0; row < rows.Rows; row++)
        {
            BenefitScore score = rows.ScoreOf(row);
            double sum = 0;
            foreach (FactorEffect effect in score.Explain().Effects)
            {
                sum += effect.Contribution;
            }

            Assert.Equal(BitConverter.DoubleToInt64Bits(score.Value), BitConverter.DoubleToInt64Bits(sum));
        }
    });
}
