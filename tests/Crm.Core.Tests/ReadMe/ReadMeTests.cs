using System.Globalization;
using Crm.Core.LifetimeValue;
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
        Assert.Equal(3, blocks.Length);
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

        TextWriter console = Console.Out;
        using var written = new StringWriter();
        try
        {
            Console.SetOut(written);
            ReadMeSample.Run(orders);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Contains("Customer 42: P(alive)", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("What the base brings may be", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("small             1,200", written.ToString(), StringComparison.Ordinal);
    }

    private static string[] CodeBlocks(string markdown) =>
        [.. markdown.Split("```csharp\n")[1..].Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)].TrimEnd())];
}
