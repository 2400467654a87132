using Crm.Core.Numerics;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

// Firth's estimate of two by two, which is known in closed form; his equations, solved by halving; simulated bases whose slope is known; what must hold of any.
public sealed class SatisfactionEffectTests
{
    private const uint Purpose = 7_301;

    // Saturated: of n customers of whom y moved Firth's π is (y + ½) / (n + 1), so that the slope is the log odds ratio with ½ added to each cell.
    [Theory]
    [InlineData(30, 20, 10, 40)]
    [InlineData(3, 4, 2, 1)]
    [InlineData(0, 8, 5, 3)]
    [InlineData(20, 0, 0, 20)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(400, 3, 1, 9)]
    public void Fit_TwoByTwo_IsTheLogOddsRatioWithHalfAddedToEachCell(int satisfiedUp, int satisfiedNot, int othersUp, int othersNot)
    {
        var (moved, satisfaction) = TwoByTwo(satisfiedUp, satisfiedNot, othersUp, othersNot, low: 3, high: 5);
        double logOddsRatio = Math.Log((satisfiedUp + 0.5) * (othersNot + 0.5) / ((satisfiedNot + 0.5) * (othersUp + 0.5)));
        double Variance(int up, int not) => 1 / ((up + not) * ((up + 0.5) / (up + not + 1)) * ((not + 0.5) / (up + not + 1)));
        double error = Math.Sqrt(Variance(satisfiedUp, satisfiedNot) + Variance(othersUp, othersNot));
        foreach (double[] probabilities in new double[][] { [], [.. moved.Select(_ => 0.03)] }) // a probability that all share is no news
        {
            SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
            Near.Relative(logOddsRatio / 2, effect.Slope, 1e-9);
            Near.Relative(Math.Exp(logOddsRatio / 2), effect.OddsRatio, 1e-9);
            Near.Relative(error / 2, effect.StandardError, 1e-9);
            Assert.Equal((moved.Length, satisfiedUp + othersUp, 0, 0), (effect.Customers, effect.MovedUp, effect.Unknown, effect.Certain));
            Near.Relative(satisfaction.Average(), effect.MeanSatisfaction, 1e-14);
            var (low, high) = effect.Interval(0.90);
            Near.Relative((logOddsRatio - (1.6448536269514722 * error)) / 2, low, 1e-8);
            Near.Relative((logOddsRatio + (1.6448536269514722 * error)) / 2, high, 1e-8);
        }
    }

    // Parted altogether: without the penalty the slope is infinite.
    [Fact]
    public void Fit_SatisfactionThatPartsAll_IsFiniteAndTells()
    {
        bool[] moved = [.. Enumerable.Range(0, 60).Select(row => row >= 30)];
        double[] satisfaction = [.. Enumerable.Range(0, 60).Select(row => row * 0.1)];
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction);
        Assert.True(effect.HasComparison && effect.Slope is > 1 and < 100 && double.IsFinite(effect.StandardError));
        Assert.Equal(SatisfactionVerdict.GoesWithMovingUp, effect.Verdict);
        Assert.Equal(SatisfactionVerdict.GoesWithMovingDown, SatisfactionEffect.Fit([.. moved.Select(up => !up)], satisfaction).Verdict);
    }

    // Σ (y − π + h (½ − π)) (1, x) = 0, h the leverage of each customer (Firth 1993; Heinze & Schemper 2002): the first solved for the constant by halving, the second then holds, the slope being the estimate's.
    [Fact]
    public void Fit_AnyBase_SolvesFirthsEquations() => FixedSeed.ForAll(Gen.Choose(0, 1_000_000).Zip(Gen.Choose(2, 60)), pick =>
    {
        var random = new RandomStream((ulong)pick.Item1, Purpose, 0);
        int n = pick.Item2;
        double[] satisfaction = [.. Enumerable.Range(0, n).Select(_ => Math.Floor(1 + (10 * random.NextDouble())))];
        double[] probabilities = [.. Enumerable.Range(0, n).Select(_ => random.NextBeta(0.7, 1.5))];
        bool[] moved = [.. probabilities.Select(p => random.NextDouble() < p)];
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        Assert.Equal(moved.Distinct().Count() == 2 && satisfaction.Distinct().Count() > 1, effect.HasComparison);
        if (!effect.HasComparison)
        {
            return;
        }

        double[] x = [.. satisfaction.Select(each => each - effect.MeanSatisfaction)];
        (double Constant, double Slope, double Information) Equations(double constant)
        {
            double[] pi = [.. Enumerable.Range(0, n).Select(row => 1 / (1 + ((1 - probabilities[row]) / probabilities[row] * Math.Exp(-constant - (effect.Slope * x[row])))))];
            double[] w = [.. pi.Select(p => p * (1 - p))];
            double a = w.Sum();
            double b = w.Zip(x, (weight, at) => weight * at).Sum();
            double c = w.Zip(x, (weight, at) => weight * at * at).Sum();
            double[] beyond = [.. Enumerable.Range(0, n).Select(row =>
                (moved[row] ? 1 : 0) - pi[row] + (w[row] * ((c - (2 * b * x[row])) + (a * x[row] * x[row])) / ((a * c) - (b * b)) * (0.5 - pi[row])))];
            return (beyond.Sum(), beyond.Zip(x, (rest, at) => rest * at).Sum(), c - (b * b / a));
        }

        var (low, high) = (-60.0, 60.0);
        while (high - low > 1e-13)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Equations(middle).Constant > 0 ? (middle, high) : (low, middle);
        }

        var (constant, slope, information) = Equations(low);
        Near.Absolute(0, constant, 1e-7 * n);
        Near.Absolute(0, slope / information, 1e-6 * effect.StandardError, "how far the slope is from where the equations hold");
        Near.Relative(Math.Sqrt(1 / information), effect.StandardError, 1e-6);
    });

    [Theory]
    [InlineData(0.4, SatisfactionVerdict.GoesWithMovingUp)]
    [InlineData(-0.25, SatisfactionVerdict.GoesWithMovingDown)]
    [InlineData(0, SatisfactionVerdict.CannotTell)]
    public void Fit_SimulatedBase_RecoversItsSlope(double slope, SatisfactionVerdict verdict)
    {
        var (moved, satisfaction, probabilities) = Simulated(20_000, slope, 0, seed: 11);
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        Assert.InRange(effect.StandardError, 0.001, 0.02);
        Near.Absolute(slope, effect.Slope, 3 * effect.StandardError);
        Assert.Equal(verdict, effect.Verdict);
        Assert.InRange(effect.Unknown, 5_600, 6_400); // three in ten
    }

    // Who buys more is more satisfied and moves up more often, and that is all there is: satisfaction alone seems to matter, beyond the model it does not.
    [Fact]
    public void Fit_SatisfactionThatOnlyFollowsThePurchases_TellsSoBesideTheModel()
    {
        var (moved, satisfaction, probabilities) = Simulated(20_000, 0, 1.2, seed: 5);
        Assert.Equal(SatisfactionVerdict.GoesWithMovingUp, SatisfactionEffect.Fit(moved, satisfaction).Verdict);
        Assert.Equal(SatisfactionVerdict.CannotTell, SatisfactionEffect.Fit(moved, satisfaction, probabilities).Verdict);
    }

    [Fact]
    public void Interval_FourHundredSimulatedBases_HoldsTheSlopeNinetyTimesInAHundred()
    {
        const double Slope = 0.3;
        SatisfactionEffect[] effects = [.. Enumerable.Range(0, 400).Select(seed =>
        {
            var (moved, satisfaction, probabilities) = Simulated(300, Slope, 0.5, (ulong)(1_000 + seed));
            return SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        })];
        int held = effects.Count(effect => effect.Interval(0.90) is var (low, high) && low <= Slope && Slope <= high);
        Assert.InRange(held, 342, 378); // three standard errors of 6 about 360
        Near.Absolute(Slope, effects.Average(effect => effect.Slope), 3 * effects.Average(effect => effect.StandardError) / 20, "the mean slope");
    }

    [Fact]
    public void Fit_CustomersInAnotherOrder_GivesTheSameBits()
    {
        var (moved, satisfaction, probabilities) = Simulated(500, 0.3, 0.5, seed: 3);
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        int[] order = [.. Enumerable.Range(0, 500).OrderBy(row => row * 7_919 % 500)];
        SatisfactionEffect other = SatisfactionEffect.Fit([.. order.Select(row => moved[row])], [.. order.Select(row => satisfaction[row])], [.. order.Select(row => probabilities[row])]);
        Assert.Equal((effect.Slope, effect.StandardError, effect.MeanSatisfaction, effect.Customers), (other.Slope, other.StandardError, other.MeanSatisfaction, other.Customers));
    }

    // On another scale the slope is another and means the same.
    [Fact]
    public void Fit_SatisfactionOnAnotherScale_ChangesTheSlopeAccordinglyAndAdjustNotAtAll() => FixedSeed.ForAll(Gen.Choose(1, 100_000).Zip(Gen.Choose(-30, 30)), pick =>
    {
        var (moved, satisfaction, probabilities) = Simulated(80, 0.3, 0.5, (ulong)pick.Item1);
        double factor = (pick.Item2 % 2 == 0 ? 1 : -1) * Math.Pow(10, pick.Item2);
        double shift = 3 * factor;
        double[] other = [.. satisfaction.Select(each => (factor * each) + shift)];
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        SatisfactionEffect scaled = SatisfactionEffect.Fit(moved, other, probabilities);
        Near.Absolute(effect.Slope / effect.StandardError, scaled.Slope / scaled.StandardError * Math.Sign(factor), 1e-7);
        Near.Relative(effect.StandardError, scaled.StandardError * Math.Abs(factor), 1e-8);
        foreach (var (plain, again) in effect.Adjust(probabilities, satisfaction).Zip(scaled.Adjust(probabilities, other)))
        {
            Near.Absolute(plain, again, 1e-8);
        }
    }, 60);

    [Fact]
    public void Adjust_ByHand_MultipliesTheOdds()
    {
        var (moved, satisfaction) = TwoByTwo(30, 20, 10, 40, low: 0, high: 1); // odds ratio 30.5 · 40.5 / (20.5 · 10.5), mean 0.5
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction);
        double half = Math.Sqrt(30.5 * 40.5 / (20.5 * 10.5));
        double[] adjusted = effect.Adjust([0.2, 0.2, 0.2, 0.2, 0, 1, 1e-300], [1, 0, 0.5, double.NaN, 1, 0, 1]);
        Near.Relative(0.25 * half / (1 + (0.25 * half)), adjusted[0], 1e-9);
        Near.Relative(0.25 / half / (1 + (0.25 / half)), adjusted[1], 1e-9);
        Assert.Equal([0.2, 0.2, 0, 1], adjusted[2..6]);
        Near.Relative(1e-300 * half, adjusted[6], 1e-9);
        Assert.Equal([0.0, 1.0], effect.Adjust([0.5, 0.5], [-1e100, 1e100])); // far beyond the scale, and still probabilities
    }

    [Fact]
    public void Adjust_MoreSatisfied_NeverFallsWhereTheSlopeRises()
    {
        var (moved, satisfaction, probabilities) = Simulated(400, 0.4, 0, seed: 21);
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        Assert.True(effect.Slope > 0);
        double[] adjusted = effect.Adjust([.. Enumerable.Repeat(0.3, 101)], [.. Enumerable.Range(0, 101).Select(place => place * 0.1)]);
        Assert.Equal(adjusted.Order(), adjusted);
        Assert.True(adjusted[0] < 0.3 && adjusted[^1] > 0.3);
    }

    // Of two who are alike but for their satisfaction, the satisfied one is the better candidate.
    [Fact]
    public void Adjust_GivenToCandidates_PutsTheSatisfiedFirst()
    {
        CustomerId[] ids = [.. new[] { "ada", "bob", "cem" }.Select(CustomerId.Of)];
        PyramidScheme scheme = PyramidScheme.OfThresholds("two", new(Tier.Gold, 100), new(Tier.Iron, null));
        PyramidWhatIf what = PyramidWhatIf.On(scheme.Rank(ids, [200, 50, 50]), new() { Revenue = new double[] { 200, 50, 50 } });
        var (moved, satisfaction) = TwoByTwo(30, 20, 10, 40, low: 2, high: 9);
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction);
        double[] alike = [0, 0.3, 0.3];
        Assert.Equal(["bob", "cem"], what.Candidates(alike).Select(move => move.Customer.ToString()));
        Assert.Equal(["cem", "bob"], what.Candidates(effect.Adjust(alike, [double.NaN, 3, 8])).Select(move => move.Customer.ToString()));
    }

    public static TheoryData<bool[], double[]> NothingToCompare => new()
    {
        { [], [] },
        { [true], [4] },
        { [true, false], [double.NaN, double.NaN] },
        { [true, false, true], [4, 4, 4] },
        { [true, false], [0.0, -0.0] },
        { [false, false, false], [1, 2, 3] },
        { [true, true, true], [1, 2, 3] },
        { [true, false, false], [double.NaN, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(NothingToCompare))]
    public void Fit_NothingToCompare_CannotTellAndAdjustsNothing(bool[] moved, double[] satisfaction)
    {
        SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction);
        Assert.False(effect.HasComparison);
        Assert.Equal((0.0, 1.0, SatisfactionVerdict.CannotTell), (effect.Slope, effect.OddsRatio, effect.Verdict));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), effect.Interval(0.90));
        Assert.Equal([0.3, 0.7], effect.Adjust([0.3, 0.7], [1, 9]));
        Assert.Contains("There is nothing to compare", effect.ToString(), StringComparison.Ordinal);
        Assert.Equal((satisfaction.Count(each => !double.IsNaN(each)), satisfaction.Count(double.IsNaN)), (effect.Customers, effect.Unknown));
    }

    // Of whom the model expects 0 or 1, by it no satisfaction changes anything: they are counted and left out, whatever they did.
    [Fact]
    public void Fit_CustomersWhoCannotMoveByTheModel_AreLeftOutAndCounted()
    {
        var (moved, satisfaction, probabilities) = Simulated(200, 0.3, 0, seed: 2);
        SatisfactionEffect without = SatisfactionEffect.Fit(moved, satisfaction, probabilities);
        SatisfactionEffect with = SatisfactionEffect.Fit([.. moved, true, false, false], [.. satisfaction, 1, 9, double.NaN], [.. probabilities, 0, 1, 0]);
        Assert.Equal((without.Slope, without.StandardError, without.Customers, without.MovedUp), (with.Slope, with.StandardError, with.Customers, with.MovedUp));
        Assert.Equal((0, 2, without.Unknown + 1), (without.Certain, with.Certain, with.Unknown));
    }

    [Fact]
    public void Fit_BadInput_IsRefusedByName()
    {
        var wrong = Assert.Throws<RowFaultsException>(() => SatisfactionEffect.Fit([true, false, true], [1, double.NegativeInfinity, 2e100], [0.5, -0.1, double.NaN]));
        Assert.Equal(
            [
                "row 1, satisfaction: found -Infinity, expected a number from -1e100 to 1e100, or not a number where it is not known",
                "row 1, probability: found -0.1, expected a probability from 0 to 1",
                "row 2, satisfaction: found 2E+100, expected a number from -1e100 to 1e100, or not a number where it is not known",
                "row 2, probability: found NaN, expected a probability from 0 to 1",
            ],
            wrong.Faults.Select(fault => fault.ToString()));
        Assert.Equal("satisfaction", Assert.Throws<ArgumentException>(() => SatisfactionEffect.Fit([true, false], [1])).ParamName?.Split('.')[0]);
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => SatisfactionEffect.Fit([true, false], [1, 2], [0.5])).ParamName?.Split('.')[0]);
        Assert.Contains("greater one", Assert.Throws<ArgumentException>(() => SatisfactionEffect.Fit([true, false], [0, 1e-320])).Message, StringComparison.Ordinal);
        SatisfactionEffect effect = SatisfactionEffect.Fit([true, false], [1, 2]);
        Assert.Throws<ArgumentException>(() => effect.Adjust([0.5], [1, 2]));
        Assert.Equal(2, Assert.Throws<RowFaultsException>(() => effect.Adjust([1.5, 0.5], [1, double.PositiveInfinity])).Total);
        Assert.Throws<ArgumentOutOfRangeException>(() => effect.Interval(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => effect.Interval(double.NaN));
    }

    // The ends of what a double holds: probabilities next to 0 that contradict who moved, and a great scale.
    [Fact]
    public void Fit_ExtremeNumbers_IsFiniteOrRefusedByName()
    {
        foreach (double p in new[] { double.Epsilon, 1e-300, 1e-16, 1 - 1e-16 })
        {
            var (moved, satisfaction) = TwoByTwo(30, 20, 10, 40, low: -1e100, high: 1e100);
            SatisfactionEffect effect = SatisfactionEffect.Fit(moved, satisfaction, [.. moved.Select(_ => p)]);
            Near.Relative(Math.Log(30.5 * 40.5 / (20.5 * 10.5)) / 2e100, effect.Slope, 1e-8);
        }
    }

    // Certainties that contradict each other and who moved: finite, or refused by name, and never something between.
    [Fact]
    public void Fit_ExtremeProbabilitiesMixed_IsFiniteOrRefusedByName()
    {
        int refused = 0;
        var rows = from probability in Gen.Elements(double.Epsilon, 1e-300, 1e-16, 1e-3, 0.5, 1 - 1e-16) from satisfied in Gen.Elements(-1e100, -1, 0, 1e-300, 3, 1e100) from up in Gen.Choose(0, 1) select (probability, satisfied, up == 1);
        FixedSeed.ForAll(rows.ListOf(), drawn =>
        {
            try
            {
                SatisfactionEffect effect = SatisfactionEffect.Fit([.. drawn.Select(row => row.Item3)], [.. drawn.Select(row => row.satisfied)], [.. drawn.Select(row => row.probability)]);
                Assert.True(double.IsFinite(effect.Slope) && (effect.StandardError > 0 || double.IsPositiveInfinity(effect.StandardError)));
                Assert.DoesNotContain(effect.Adjust([.. drawn.Select(row => row.probability)], [.. drawn.Select(row => row.satisfied)]), p => !(p is >= 0 and <= 1));
            }
            catch (InvalidOperationException wrong)
            {
                refused++;
                Assert.Contains("Give less certain ones, or none.", wrong.Message, StringComparison.Ordinal);
            }
        }, 400);
        Assert.InRange(refused, 1, 100);
    }

    // ln 5.74 ± 1.96 √(1 / (50 · 30.5 · 20.5 / 51²) + 1 / (50 · 10.5 · 40.5 / 51²)).
    [Fact]
    public void ToString_OfAnEffect_SaysWhatItIsAndWhatNot()
    {
        var (moved, satisfaction) = TwoByTwo(30, 20, 10, 40, low: 0, high: 1);
        Assert.Equal(
            "40 of 100 customers of known satisfaction moved up. Per unit of satisfaction the odds of moving up were 5.74 times as high (95 % interval 2.36 to 13.95): satisfied customers moved up more often than was expected of them. They went together; that one brought the other is not shown.",
            SatisfactionEffect.Fit(moved, satisfaction).ToString());
        Assert.Contains("less often", SatisfactionEffect.Fit([.. moved.Select(up => !up)], satisfaction).ToString(), StringComparison.Ordinal);
        Assert.Contains("these customers cannot tell.", SatisfactionEffect.Fit([true, false, true], [1, 2, 3]).ToString(), StringComparison.Ordinal);
    }

    private static (bool[] Moved, double[] Satisfaction) TwoByTwo(int satisfiedUp, int satisfiedNot, int othersUp, int othersNot, double low, double high) => (
        [.. Enumerable.Repeat(true, satisfiedUp), .. Enumerable.Repeat(false, satisfiedNot), .. Enumerable.Repeat(true, othersUp), .. Enumerable.Repeat(false, othersNot)],
        [.. Enumerable.Repeat(high, satisfiedUp + satisfiedNot), .. Enumerable.Repeat(low, othersUp + othersNot)]);

    // Log-odds by purchases are normal about −0.5; satisfaction follows them by so much, with noise of its own; three in ten were not asked. Who moves, moves by both, and a constant the model knows nothing of.
    private static (bool[] Moved, double[] Satisfaction, double[] Probabilities) Simulated(int customers, double slope, double follows, ulong seed)
    {
        var moved = new bool[customers];
        var satisfaction = new double[customers];
        var probabilities = new double[customers];
        for (int row = 0; row < customers; row++)
        {
            var random = new RandomStream(seed, Purpose, (ulong)row);
            double logOdds = -0.5 + random.NextNormal();
            double satisfied = 7 + (follows * (logOdds + 0.5)) + (1.5 * random.NextNormal());
            probabilities[row] = 1 / (1 + Math.Exp(-logOdds));
            moved[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds - 0.3 - (slope * (satisfied - 7))));
            satisfaction[row] = random.NextDouble() < 0.3 ? double.NaN : satisfied;
        }

        return (moved, satisfaction, probabilities);
    }
}
