using System.Globalization;
using Crm.Core.Benefits;
using Crm.Core.LifetimeValue;
using Crm.Core.Offers;
using Crm.Core.Tests.Support;
using Shop;

namespace Crm.Core.Tests.ReadMe;

/// <summary>The README says what the code does: its lines are those that compile here, and they run.</summary>
[Collection(nameof(ConsoleAlone))]
public sealed class ReadMeTests
{
    [Fact]
    public void ReadMe_Code_IsTheCompiledSample()
    {
        string[] blocks = CodeBlocks(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "README.md")));
        string sample = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "tests", "Crm.Core.Tests", "ReadMe", "ReadMeSample.cs"));
        Assert.Equal(5, blocks.Length);
        string[] compiled = [.. sample.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line)];
        Assert.All(blocks, block => Assert.Contains(block, string.Join('\n', compiled), StringComparison.Ordinal));
    }

    [Fact]
    public void ReadMe_Code_Runs()
    {
        var buying = new MbgNbd(0.8, 6, 0.6, 1.2, TimeUnit.Week);
        var spend = new GammaGamma(5, 4, 15);
        var firstDay = new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);
        List<ReadMeSample.Order> orders = [];
        for (int customer = 1; customer <= 1_500; customer++)
        {
            string id = customer.ToString(CultureInfo.InvariantCulture);
            var times = buying.SimulatePurchases(Horizon.Weeks(70), 42, (ulong)customer);
            var amounts = spend.SimulateSpend(times.Count + 1, 42, (ulong)customer);
            orders.Add(new(id, firstDay, (decimal)amounts[0]));
            orders.AddRange(times.Select((time, i) => new ReadMeSample.Order(id, firstDay.AddDays(7 * time), (decimal)amounts[i + 1])));
        }

        string written = Written(() => ReadMeSample.Run(orders));
        Assert.Contains("Customer 42: P(alive)", written, StringComparison.Ordinal);
        Assert.Contains("What the base brings may be", written, StringComparison.Ordinal);
        Assert.Contains("small             1,200", written, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMe_CodeOfBenefits_PrintsWhatItSays()
    {
        var scores = new double[2];
        var best = new int[10];
        OfferFactors[] catalogue =
        [
            OfferFactors.Of(
                new Offer { Id = OfferId.Of("novel"), Price = Money.Of(39m, "EUR"), UnitCost = Money.Of(20m, "EUR") },
                new BenefitFactors { Utility = 60, Brand = 5, Relationship = 8, Cost = 39, Time = 2 }),
            OfferFactors.Of(
                new Offer { Id = OfferId.Of("e-book"), Price = Money.Of(19m, "EUR"), UnitCost = Money.Of(1m, "EUR") },
                new BenefitFactors { Utility = 50, Brand = 5, Relationship = 4, Cost = 19 }),
        ];
        string written = Written(() => ReadMeSample.Choose(
            new() { Utility = [60, 50], Brand = [5, 5], Relationship = [8, 4], Cost = [39, 19], Time = [2, 0] },
            [1, 0],
            scores,
            new() { Segments = new byte[] { 1, 0 } },
            new() { Offers = best },
            catalogue,
            new() { [SegmentId.Of("students")] = 100, [SegmentId.None] = 400 },
            [Money.Of(20m, "EUR"), Money.Of(30m, "EUR"), Money.Of(40m, "EUR")]));
        Assert.Equal([19, (0.1 * 50) + (0.15 * 5) + (0.15 * 4) - (0.5 * 19)], scores);
        Assert.Equal([1, 0, -1, -1, -1, 1, 0, -1, -1, -1], best);
        string said = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "README.md")).Split("```text\n")[1].Split("\n```")[0].Replace('\n', ' ');
        Assert.StartsWith(said + Environment.NewLine, written, StringComparison.Ordinal);
    }

    private static string Written(Action write)
    {
        TextWriter console = Console.Out;
        using var written = new StringWriter();
        try
        {
            Console.SetOut(written);
            write();
        }
        finally
        {
            Console.SetOut(console);
        }

        return written.ToString();
    }

    private static string[] CodeBlocks(string markdown) =>
        [.. markdown.Split("```csharp\n")[1..].Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)].TrimEnd())];
}
