using System.Globalization;
using Crm.Core.Segments;
using Xunit.Abstractions;

namespace Crm.Core.Tests.Segments;

/// <summary>How often a search finds what is not there, and how often it misses what is, by simulation; CRM_DISCOVERY_BASES draws more bases of each kind.</summary>
public sealed class DiscoveryRateTests(ITestOutputHelper output)
{
    private const string Variable = "CRM_DISCOVERY_BASES";

    private static readonly int _bases = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "2", CultureInfo.InvariantCulture);

    // Large bases only where more are asked for: they take most of the time.
    private static readonly bool _isStudy = Environment.GetEnvironmentVariable(Variable) is not null;

    // In all, so that the bound is one of many draws; a kind of base that is found again and again would be seen in its own line.
    [Theory]
    [InlineData(DiscoveryMethod.Automatic)]
    [InlineData(DiscoveryMethod.KMeans)]
    public void Find_InBasesWithoutSegments_RarelyFindsAny(DiscoveryMethod method)
    {
        int all = 0;
        int found = 0;
        foreach (string kind in BaseKind.Noise)
        {
            foreach (int rows in _isStudy ? new[] { 100, 300, 1_000 } : [100, 300])
            {
                int here = Enumerable.Range(1, _bases).Count(seed => Found(kind, rows, (ulong)seed, method) > 0);
                output.WriteLine(FormattableString.Invariant($"{kind}, {rows} customers, {method}: found in {here} of {_bases}"));
                (all, found) = (all + _bases, found + here);
                Assert.InRange(here, 0, Math.Max(1, _bases / 10));
            }
        }

        output.WriteLine(FormattableString.Invariant($"all, {method}: found in {found} of {all}"));
        Assert.InRange(found, 0, all / 50);
    }

    [Fact]
    public void Find_PlantedSegments_RarelyMissesThem()
    {
        int all = 0;
        int right = 0;
        foreach (string kind in BaseKind.Planted)
        {
            foreach (int rows in _isStudy ? new[] { 300, 1_000, 3_000 } : [300, 1_000])
            {
                int here = Enumerable.Range(1, _bases).Count(seed => Found(kind, rows, (ulong)seed, DiscoveryMethod.Automatic) == kind[0] - '0');
                output.WriteLine(FormattableString.Invariant($"{kind}, {rows} customers: right in {here} of {_bases}"));
                (all, right) = (all + _bases, right + here);
            }
        }

        output.WriteLine(FormattableString.Invariant($"all: right in {right} of {all}"));
        Assert.InRange(right, all - (all / 10), all);
    }

    // The weaker the segments, the more customers it takes to see that they are not one long tail.
    [Fact]
    public void Find_OneInTenAtFiveDeviations_IsSeenAmongMany()
    {
        int found = Enumerable.Range(1, 3).Count(seed =>
            DiscoveredSegments.Find(
                Planted.Table(Planted.Columns(2_000, [[0, 0, 0], [5, 0, 0]], [0.9, 0.1], (ulong)seed, out _)), new() { MaxSegments = 4 }).Model?.Count == 2);
        Assert.InRange(found, 2, 3);
    }

    private static int Found(string kind, int rows, ulong seed, DiscoveryMethod method) =>
        DiscoveredSegments.Find(BaseKind.Draw(kind, rows, seed), new() { Seed = seed, Method = method, MaxSegments = 6, Threads = 2 }).Model?.Count ?? 0;
}
