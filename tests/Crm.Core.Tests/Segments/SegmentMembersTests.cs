using Crm.Core.Benefits;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Segments;

/// <summary>Sizes, value, overlap and division of a base, against counting one by one.</summary>
public sealed class SegmentMembersTests
{
    private static readonly SignalSchema _schema = SignalSchema.Of(AttributeSchema.Of(), ColumnDefinition.Number("clv", "EUR"), ColumnDefinition.Text("tier"));
    private static readonly Signal _clv = Signal.Column("clv", "EUR");
    private static readonly Signal _tier = Signal.Column("tier");

    private static readonly SegmentBook _book = SegmentBook.Of(
        _schema,
        Define("rich", _clv.IsAtLeast(50)),
        Define("rich/very", _clv.IsAtLeast(90), "rich"),
        Define("rich/top", _tier.IsOneOf("top"), "rich"),
        Define("odd", SegmentRule.Any(_tier.IsUnknown(), SegmentRule.Not(_tier.IsOneOf("top", "small")))));

    // Lengths around the ends of words and blocks; some values unknown.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4_097)]
    [InlineData(8_191)]
    [InlineData(8_192)]
    [InlineData(8_193)]
    [InlineData(20_000)]
    public void Evaluate_AnyLengthKernelAndThreads_IsTheSameAsOneByOne(int count)
    {
        var (columns, values, tiers) = Base(count);
        foreach (RangeKernel kernel in RangeKernel.Supported)
        {
            foreach (int threads in (int[])[1, 3])
            {
                SegmentMembers members = columns.Evaluate(kernel, threads, CancellationToken.None);
                for (int row = 0; row < count; row++)
                {
                    Assert.Equal(Expected(values[row], tiers[row]), members.SegmentsOf(row).Select(id => id.ToString()));
                }

                Assert.Equal(members.Summaries(), columns.Summaries(threads));
                Assert.All(members.Summaries(), summary => Assert.Equal(members.RowsOf(summary.Segment.Id).Count(), summary.Customers));
            }
        }
    }

    // Columns that are asked once each are read in longer stretches: lengths around their ends.
    [Theory]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(70_001)]
    public void Evaluate_ColumnsAskedOnceEach_IsTheSameAsOneByOne(int count)
    {
        SegmentBook book = SegmentBook.Of(
            SignalSchema.Of(AttributeSchema.Of(), ColumnDefinition.Number("a"), ColumnDefinition.Number("b")),
            Define("high", Signal.Column("a").IsAtLeast(0.7)),
            Define("low", Signal.Column("b").IsAtMost(0.2)));
        var random = new Random(count);
        double[] a = [.. Enumerable.Range(0, count).Select(_ => random.Next(9) == 0 ? double.NaN : random.NextDouble())];
        double[] b = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var columns = new SegmentColumns(book, [.. Enumerable.Range(0, count).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))]);
        columns.Set(Signal.Column("a"), a);
        columns.Set(Signal.Column("b"), b);
        foreach (int threads in (int[])[1, 3])
        {
            SegmentMembers members = columns.Evaluate(threads);
            Assert.Equal(Enumerable.Range(0, count).Where(row => a[row] >= 0.7), members.RowsOf(SegmentId.Of("high")));
            Assert.Equal(Enumerable.Range(0, count).Where(row => b[row] <= 0.2), members.RowsOf(SegmentId.Of("low")));
            Assert.Equal(members.Summaries(), columns.Summaries(threads));
        }
    }

    [Fact]
    public void Summaries_OfABase_AreThoseOfCounting()
    {
        var (columns, values, tiers) = Base(1_000);
        double[] worth = [.. values.Select((_, row) => row % 7 - 1.5)];
        SegmentMembers members = columns.Evaluate();
        foreach (SegmentSummary summary in members.Summaries(worth))
        {
            string id = summary.Segment.Id.ToString();
            int[] rows = [.. Enumerable.Range(0, 1_000).Where(row => Expected(values[row], tiers[row]).Contains(id))];
            Assert.Equal((rows.Length, 1_000), (summary.Customers, summary.Base));
            Assert.Equal(rows.Sum(row => worth[row]), summary.Value!.Value, 9);
            Assert.Equal(rows.Length / 1_000.0, summary.Share);
            Assert.Equal(rows.Sum(row => worth[row]) / worth.Sum(), summary.ValueShare!.Value, 9);
            Assert.Equal(rows, members.RowsOf(summary.Segment.Id));
            foreach (string other in (string[])["rich", "odd"])
            {
                Assert.Equal(rows.Count(row => Expected(values[row], tiers[row]).Contains(other)), members.OverlapOf(summary.Segment.Id, SegmentId.Of(other)));
            }
        }

        Assert.Null(members.Summaries()[0].ValueShare);
        Assert.Null(members.Summaries([.. worth.Select(one => -Math.Abs(one))])[0].ValueShare); // of a sum below 0 there are no shares
        Assert.Equal("value", Assert.Throws<RowFaultsException>(() => members.Summaries([.. worth.Select((one, row) => row == 3 ? double.NaN : one)])).Faults[0].Column);
        Assert.Throws<ArgumentException>(() => members.Summaries(worth.AsSpan(1)));
    }

    // Property: everybody in one segment they are in, or one it falls back on; nobody counted twice; no segment below the least size.
    [Fact]
    public void Partition_OfAnyBase_CountsEverybodyOnce() => FixedSeed.ForAll(Gen.Choose(0, 400), size =>
    {
        var (columns, values, tiers) = Base(size);
        SegmentMembers members = columns.Evaluate();
        foreach (int least in (int[])[1, 7, 40, 1_000])
        {
            SegmentPartition divided = members.Partition(least);
            var summaries = divided.Summaries([.. Enumerable.Repeat(1.0, size)]);
            Assert.Equal(size, summaries.Sum(one => one.Customers) + divided.Unassigned);
            Assert.All(summaries, one => Assert.True(one.Customers >= least && one.Value == one.Customers));
            for (int row = 0; row < size; row++)
            {
                string segment = divided.SegmentOf(row).ToString();
                string[] own = [.. Expected(values[row], tiers[row])];
                Assert.True(segment == "(none)" || own.Contains(segment));
                Assert.True(least > 1 || segment == (own.Contains("rich/very") ? "rich/very" : own.Contains("rich/top") ? "rich/top" : own.FirstOrDefault() ?? "(none)"));
            }

            Assert.True(least == 1 ? divided.Folds.Count == 0 : divided.Folds.All(fold => fold.Customers < least));
        }
    }, 30);

    [Fact]
    public void Evaluate_WithoutAColumn_NamesAllThatAreMissing()
    {
        var columns = new SegmentColumns(_book, [CustomerId.Of("1")]);
        Assert.Contains("No column has been set for clv; tier.", Assert.Throws<InvalidOperationException>(() => columns.Evaluate()).Message, StringComparison.Ordinal);
        columns.SetUnknown(_clv);
        columns.SetUnknown(_tier);
        Assert.Equal(["odd"], columns.Evaluate().SegmentsOf(0).Select(id => id.ToString()));
        Assert.Throws<ArgumentException>(() => columns.Set(_tier, new double[1]));
        Assert.Throws<ArgumentException>(() => columns.Set(_clv, new int[1], ["a"]));
        Assert.Throws<ArgumentException>(() => columns.Set(_clv, new double[2]));
        Assert.Equal("expected -1, or the place of one of 1 texts", "expected " + Assert.Throws<RowFaultsException>(() => columns.Set(_tier, new[] { 1 }, ["a"])).Faults[0].Expected);
        Assert.Throws<ArgumentOutOfRangeException>(() => columns.Evaluate(0));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => columns.Evaluate(1, source.Token));
    }

    [Fact]
    public void WeightsOf_ABook_NestsAsTheSegmentsDo()
    {
        var defaults = BenefitWeights.Of(utility: 1, brand: 2, relationship: 3, cost: 4, time: 5);
        WeightBook weights = _book.WeightsOf(defaults, new SegmentWeights { Segment = SegmentId.Of("rich"), Cost = 0.5 }, new SegmentWeights { Segment = SegmentId.Of("rich/top"), Brand = 9 });
        Assert.Equal((1.0, 9.0, 0.5), (weights[SegmentId.Of("rich/top")].Utility, weights[SegmentId.Of("rich/top")].Brand, weights[SegmentId.Of("rich/top")].Cost));
        Assert.Equal(0.5, weights[SegmentId.Of("rich/very")].Cost);
        Assert.Equal(4, weights[SegmentId.Of("odd")].Cost);
        string message = Assert.Throws<ArgumentException>(() => _book.WeightsOf(
            defaults,
            new SegmentWeights { Segment = SegmentId.Of("gone") },
            new SegmentWeights { Segment = SegmentId.Of("odd"), Parent = SegmentId.Of("rich") },
            new SegmentWeights { Segment = SegmentId.Of("odd") })).Message;
        Assert.Contains("there is no segment gone; odd is stated more than once; odd is stated with the parent rich, which is not its", message, StringComparison.Ordinal);
    }

    private static SegmentDefinition Define(string id, SegmentRule rule, string? parent = null) =>
        SegmentDefinition.Of(SegmentId.Of(id), id, rule, parent is null ? default : SegmentId.Of(parent));

    private static (SegmentColumns Columns, double[] Values, string?[] Tiers) Base(int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(row => row % 11 == 0 ? double.NaN : row * 37 % 100)];
        string?[] tiers = [.. Enumerable.Range(0, count).Select(row => (row % 5) switch
        {
            0 => "top",
            1 => null,
            2 => "other",
            _ => "small",
        })];
        var columns = new SegmentColumns(_book, [.. Enumerable.Range(0, count).Select(row => CustomerId.Of(FormattableString.Invariant($"c{row}")))]);
        columns.Set(_clv, values);
        columns.Set(_tier, tiers);
        return (columns, values, tiers);
    }

    private static IEnumerable<string> Expected(double value, string? tier)
    {
        if (value >= 50)
        {
            yield return "rich";
        }

        if (value >= 90)
        {
            yield return "rich/very";
        }

        if (value >= 50 && tier == "top")
        {
            yield return "rich/top";
        }

        if (tier is null or "other")
        {
            yield return "odd";
        }
    }
}
