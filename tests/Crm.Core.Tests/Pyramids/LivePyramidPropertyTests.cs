using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

// After every step of any sequence: the pyramid ranked anew from the same values, and the difference to the one before.
public sealed class LivePyramidPropertyTests
{
    private static readonly PyramidScheme _fifths = PyramidScheme.OfShares("fifths", [.. "abcde".Select(name => new TierShare(Tier.Of($"{name}"), 0.2m))]);
    private static readonly PyramidScheme _ends = PyramidScheme.OfShares("ends", new(Tier.Top, 0.001m), new(Tier.Medium, 0.998m), new(Tier.Small, 0.001m));
    private static readonly PyramidScheme _one = PyramidScheme.OfShares("one", new TierShare(Tier.Small, 1));

    private static readonly PyramidScheme _thresholds = PyramidScheme.OfThresholds("thresholds", new(Tier.Top, 200), new(Tier.Medium, 7), new(Tier.Small, null));

    public static TheoryData<PyramidScheme> Schemes => new(PyramidScheme.Curry, _fifths, _ends, _one, _thresholds);

    private static Gen<double> Values => Gen.OneOf(
        Gen.Elements(-5, -0.1, 0, -0.0, 0.1, 7, 7, 7), Gen.Choose(-50, 300).Select(whole => (double)whole), Gen.Choose(0, 100_000).Select(cents => cents / 100.0));

    private static Gen<Step> Steps =>
        from kind in Gen.Frequency((4, Gen.Constant('s')), (3, Gen.Constant('a')), (2, Gen.Constant('n')), (2, Gen.Constant('r')))
        from who in Gen.Choose(0, 1_000)
        from value in Values
        select new Step(kind, who, value);

    [Theory]
    [MemberData(nameof(Schemes))]
    public void AnySequence_AfterEveryStep_EqualsTheBatchAndNamesWhoMoved(PyramidScheme scheme) => FixedSeed.ForAll(
        Values.ArrayOf().Zip(Steps.ListOf(120)),
        of =>
        {
            var values = of.Item1.Select((value, row) => (Id: ValuedBase.Id(row), value)).ToDictionary(pair => pair.Id, pair => pair.value);
            var live = new LivePyramid(scheme, [.. values.Keys], [.. values.Values], room: 8);
            Dictionary<CustomerId, Tier> before = TiersOf(scheme, values);
            int next = values.Count;
            foreach (Step step in of.Item2)
            {
                IReadOnlyList<TierMove> moves = Apply(step, live, values, ref next, out CustomerId of1);
                Dictionary<CustomerId, Tier> now = TiersOf(scheme, values);
                AssertMoves(before, now, moves, of1);
                AssertSame(scheme, values, now, live);
                before = now;
            }

            Assert.Equal(Ranked(scheme, values).Tiers, live.Snapshot().Tiers);
        }, 60);

    [Theory]
    [MemberData(nameof(Schemes))]
    public void LongSequence_OfManyCustomers_EndsAsTheBatch(PyramidScheme scheme)
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 3_000).ToDictionary(ValuedBase.Id, _ => Math.Round(Math.Exp(random.NextDouble() * 6), 1));
        var live = new LivePyramid(scheme, [.. values.Keys], [.. values.Values]);
        Dictionary<CustomerId, Tier> told = TiersOf(scheme, values);
        int next = values.Count;
        for (int step = 0; step < 20_000; step++)
        {
            char kind = "ssssaaaannr"[random.Next(11)];
            foreach (TierMove move in Apply(new(kind, random.Next(1 << 20), Math.Round(random.NextDouble() * 400, 1)), live, values, ref next, out _))
            {
                Assert.Equal(told.TryGetValue(move.Customer, out Tier tier) ? tier : null, move.From);
                told.Remove(move.Customer);
                if (move.To is { } to)
                {
                    told.Add(move.Customer, to);
                }
            }
        }

        Assert.Equal(TiersOf(scheme, values).OrderBy(pair => pair.Key), told.OrderBy(pair => pair.Key));
        AssertSame(scheme, values, told, live);
    }

    [Fact]
    public void Add_AmountsInAnyOrder_GiveTheBitsOfTheExactSum()
    {
        var cases = from amounts in Gen.OneOf(
                        Gen.Choose(-100_000, 1_000_000).Select(cents => cents / 100m),
                        Gen.Elements(0.1m, 0.00001m, -0.00001m, 1e-28m, 123456789012345.6789m, -123456789012345.6789m, 79228162514264337593543950335m, 1m / 3)).ListOf()
                    from shuffled in Gen.Shuffle<decimal>(amounts)
                    select (amounts, shuffled);
        FixedSeed.ForAll(cases, of =>
        {
            var live = new LivePyramid(PyramidScheme.Curry, [], []);
            CustomerId customer = ValuedBase.Id(1);
            System.Numerics.BigInteger fine = 0;
            foreach (decimal amount in of.shuffled)
            {
                live.Add(customer, amount);
                fine += ExactNumbers.Fine(amount);
                Assert.Equal(ExactNumbers.Nearest(fine, 1), live.ValueOf(customer));
            }
        });
    }

    [Fact]
    public void Add_ToAValueThatWasSet_CountsItAsTheAmountItIsNearestTo() => FixedSeed.ForAll(
        Gen.Choose(-1_000_000_000, 1_000_000_000).Zip(Gen.Choose(-100_000, 100_000)).Zip(Gen.Elements(1m, 1e4m)), of =>
        {
            decimal before = of.Item1.Item1 * of.Item2 / 10_000m;
            decimal amount = of.Item1.Item2 / 100m;
            var live = new LivePyramid(PyramidScheme.Curry, [ValuedBase.Id(1)], [(double)before]);
            live.Add(ValuedBase.Id(1), amount);
            Assert.Equal(ExactNumbers.Nearest(ExactNumbers.Fine(before + amount), 1), live.ValueOf(ValuedBase.Id(1)));
        }, 1_000);

    private static IReadOnlyList<TierMove> Apply(Step step, LivePyramid live, Dictionary<CustomerId, double> values, ref int next, out CustomerId of)
    {
        bool isNew = values.Count == 0 || step.Kind == 'n';
        of = isNew ? ValuedBase.Id(next++) : values.Keys.ElementAt(step.Who % values.Count);
        switch (step.Kind)
        {
            case 'r' when !isNew:
                values.Remove(of);
                return live.Remove(of);
            case 'a' when !isNew:
                decimal amount = (decimal)step.Value;
                values[of] = (double)((decimal)values[of] + amount);
                return live.Add(of, amount);
            default:
                values[of] = step.Value;
                return live.Set(of, step.Value);
        }
    }

    private static Pyramid Ranked(PyramidScheme scheme, Dictionary<CustomerId, double> values) => scheme.Rank([.. values.Keys], [.. values.Values]);

    private static Dictionary<CustomerId, Tier> TiersOf(PyramidScheme scheme, Dictionary<CustomerId, double> values)
    {
        Pyramid pyramid = Ranked(scheme, values);
        return values.Keys.ToDictionary(id => id, id => pyramid[id]);
    }

    private static void AssertMoves(Dictionary<CustomerId, Tier> before, Dictionary<CustomerId, Tier> now, IReadOnlyList<TierMove> moves, CustomerId of)
    {
        Tier? Of(Dictionary<CustomerId, Tier> tiers, CustomerId id) => tiers.TryGetValue(id, out Tier tier) ? tier : null;
        IEnumerable<TierMove> expected = before.Keys.Union(now.Keys)
            .Select(id => new TierMove(id, Of(before, id), Of(now, id))).Where(move => move.From != move.To);
        Assert.Equal(expected.OrderBy(move => move.Customer), moves.OrderBy(move => move.Customer));
        Assert.True(moves.All(move => move.Customer != of) || moves[0].Customer == of, "the customer himself comes first");
    }

    private static void AssertSame(PyramidScheme scheme, Dictionary<CustomerId, double> values, Dictionary<CustomerId, Tier> now, LivePyramid live)
    {
        Assert.Equal(values.Count, live.Count);
        foreach (var (id, tier) in now)
        {
            Assert.Equal(tier, live.TierOf(id));
            Assert.Equal(values[id], live.ValueOf(id));
        }

        Pyramid pyramid = Ranked(scheme, values);
        double above = double.PositiveInfinity;
        for (int tier = 0; tier < scheme.Tiers.Count; tier++)
        {
            Tier name = scheme.Tiers[tier].Tier;
            Assert.Equal(pyramid.Tiers[tier].Customers, live.CustomersIn(name));
            Assert.Equal(now.Where(pair => pair.Value == name).Select(pair => pair.Key).Order(), live.MembersOf(name).Order());
            Assert.Equal(live.MembersOf(name).Select(live.ValueOf).OrderDescending(), live.MembersOf(name).Select(live.ValueOf));
            double floor = live.FloorOf(name);
            Assert.All(values.Where(pair => now[pair.Key] == name), pair => Assert.True(pair.Value > floor && !(pair.Value > above)));
            above = floor;
        }
    }

    internal sealed record Step(char Kind, int Who, double Value);
}
