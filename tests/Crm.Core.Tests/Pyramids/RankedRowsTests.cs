using Crm.Core.Numerics;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

// Against a sorted list, with blocks so small that they split and join all the time.
public sealed class RankedRowsTests
{
    private static readonly Gen<double> _values = Gen.OneOf(
        Gen.Elements(0, 1, -1, 0.5, -0.0, 7), Gen.Choose(-300, 300).Select(tenths => tenths / 10.0), Gen.Elements(1e300, -1e300, double.Epsilon, double.MinValue));

    [Fact]
    public void KeyOf_AnyTwoValues_SortsDownwards() => FixedSeed.ForAll(_values.Two(), pair =>
    {
        Assert.Equal(pair.Item2.CompareTo(pair.Item1), pair.Item1 == pair.Item2 ? 0 : DescendingKey.Of(pair.Item1).CompareTo(DescendingKey.Of(pair.Item2)));
        Assert.Equal(pair.Item1, DescendingKey.Value(DescendingKey.Of(pair.Item1)));
        Assert.True(DescendingKey.Of(pair.Item1) < DescendingKey.Of(double.NegativeInfinity));
    });

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(32)]
    public void InsertAndRemove_AnySequence_KeepsTheOrder(int room) => FixedSeed.ForAll(
        _values.ArrayOf().Zip(Gen.Choose(0, 1_000).Zip(_values).ListOf(300)),
        of =>
        {
            ulong[] keys = [.. of.Item1.Select(DescendingKey.Of)];
            var ranked = new RankedRows(keys, room);
            var expected = new SortedSet<(ulong Key, int Row)>(keys.Select((key, row) => (key, row)));
            int rows = keys.Length;
            foreach (var (step, value) in of.Item2)
            {
                // Fewer come than go in the second half, so that blocks join as well as split.
                if (expected.Count > 0 && step % 5 >= (rows - keys.Length < 100 ? 4 : 1))
                {
                    var gone = expected.ElementAt(step % expected.Count);
                    expected.Remove(gone);
                    ranked.Remove(gone.Row);
                }
                else
                {
                    expected.Add((DescendingKey.Of(value), rows));
                    ranked.Name(rows, ValuedBase.Id(rows));
                    ranked.Insert(DescendingKey.Of(value), rows++);
                }

                AssertSame(expected, ranked, DescendingKey.Of(value));
            }
        }, 60);

    private static void AssertSame(SortedSet<(ulong Key, int Row)> expected, RankedRows ranked, ulong some)
    {
        Assert.Equal(expected, ranked.Range(0, ulong.MaxValue));
        Assert.Equal(expected.Where(entry => entry.Key >= some && entry.Key < some + 1_000_000_000_000), ranked.Range(some, some + 1_000_000_000_000));
        Assert.Equal(expected.Count(entry => entry.Key < some), ranked.CountBefore(some));
        Assert.All(expected, entry => Assert.Equal(entry.Key, ranked.KeyOf(entry.Row)));
        for (int row = 0; row < 20; row += 3)
        {
            if (expected.Where(entry => entry.CompareTo((some, row)) >= 0).Take(1).ToList() is [var first])
            {
                Assert.Equal(first, ranked.FirstFrom(some, row));
            }

            if (expected.Where(entry => entry.CompareTo((some, row)) < 0).ToList() is [.., var last])
            {
                Assert.Equal(last, ranked.LastBefore(some, row));
            }
        }

        if (expected.Count > 0)
        {
            Assert.Equal(expected.Max, ranked.AtRank(expected.Count - 1));
            Assert.Equal(expected.ElementAt(expected.Count / 3), ranked.AtRank(expected.Count / 3));
        }
    }
}
