using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Numerics;

public sealed class MergedRunsTests
{
    [Fact]
    public void Write_AnyStretches_AreThoseOfAStableSort()
    {
        var keys = Gen.Choose(0, 12).Select(key => (ulong)key).ListOf();
        var cases = from left in keys from right in keys from cut in Gen.Choose(0, left.Count + right.Count) select (left, right, cut);
        FixedSeed.ForAll(cases, runs =>
        {
            ulong[] both = [.. runs.left.Order(), .. runs.right.Order()];
            int[] places = [.. Enumerable.Range(0, both.Length)];
            var (found, items) = (new ulong[both.Length], new int[both.Length]);
            var merged = new MergedRuns(both, places, runs.left.Count);
            merged.Write(runs.cut, found.AsSpan(runs.cut), items.AsSpan(runs.cut));
            merged.Write(0, found.AsSpan(0, runs.cut), items.AsSpan(0, runs.cut));
            Assert.Equal(both.Order(), found);
            Assert.Equal(places.OrderBy(place => both[place]), items);
        }, 1_000);
    }
}
