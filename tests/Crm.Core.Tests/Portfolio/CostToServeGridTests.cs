using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Portfolio;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Portfolio;

/// <summary>Who brings much and costs little: by hand, by a count of one after another, and from interactions to the grid.</summary>
public sealed class CostToServeGridTests
{
    // Medians of 40 and of 5: above them 100 and 60, and 30 and 6.
    [Fact]
    public void Of_ABaseByHand_PutsEachWhereTheyStand()
    {
        CostToServeGrid grid = CostToServeGrid.Of(Ids(5), [100, 60, 40, 10, 2], [30, 5, 1, 6, 2]);
        Assert.Equal((40, 5), (grid.MarginCut, grid.CostCut));
        Assert.Equal([ServeQuadrant.CarriageTrade, ServeQuadrant.Passive, ServeQuadrant.BargainBasement, ServeQuadrant.Aggressive, ServeQuadrant.BargainBasement], grid.Quadrants.ToArray());
        Assert.Equal(new ServeCell { Quadrant = ServeQuadrant.BargainBasement, Customers = 2, Margin = 42, CostToServe = 3, Losing = 0 }, grid.Cells[2]);
        Assert.Equal((39.0, "Aggressive: 1 customers, profit 4, 0 at a loss"), (grid.Cells[2].Profit, grid.Cells[3].ToString()));
        Assert.Equal(1, CostToServeGrid.Of(Ids(5), [100, 60, 40, 10, 2], [30, 5, 1, 16, 2]).Cells[3].Losing);
    }

    // Slow oracle, and that the order of the customers changes nothing.
    [Fact]
    public void Of_AnyBase_IsACountOfOneAfterAnother()
    {
        var bases = from rows in Gen.Choose(-5, 30).Zip(Gen.Choose(0, 12)).ListOf() from shuffled in Gen.Shuffle(Enumerable.Range(0, rows.Count).ToArray()) select (rows, shuffled);
        FixedSeed.ForAll(bases, pick =>
        {
            double[] margin = [.. pick.rows.Select(row => row.Item1 * 0.1)];
            double[] cost = [.. pick.rows.Select(row => row.Item2 * 0.1)];
            CostToServeGrid grid = CostToServeGrid.Of(Ids(margin.Length), margin, cost);
            foreach (ServeCell cell in grid.Cells)
            {
                bool bringsMuch = cell.Quadrant is ServeQuadrant.Passive or ServeQuadrant.CarriageTrade;
                bool costsMuch = cell.Quadrant is ServeQuadrant.CarriageTrade or ServeQuadrant.Aggressive;
                int[] rows = [.. Enumerable.Range(0, margin.Length).Where(row => 2 * margin.Count(other => other < margin[row]) >= margin.Length == bringsMuch && 2 * cost.Count(other => other < cost[row]) >= cost.Length == costsMuch)];
                Assert.Equal((rows.Length, rows.Count(row => cost[row] > margin[row])), (cell.Customers, cell.Losing));
                Assert.Equal(rows.Sum(row => margin[row]) - rows.Sum(row => cost[row]), cell.Profit, 1e-9);
            }

            CostToServeGrid other = CostToServeGrid.Of(Ids(margin.Length), [.. pick.shuffled.Select(row => margin[row])], [.. pick.shuffled.Select(row => cost[row])]);
            Assert.Equal(grid.Cells, other.Cells);
            Assert.Equal(margin.Length, grid.Cells.Sum(cell => cell.Customers));
        });
    }

    [Fact]
    public async Task Of_CostsOfInteractions_IsTheGridOfABase()
    {
        var store = new InMemoryInteractionStore();
        IReadOnlyList<Interaction> log = ShopLog.Purchases(60);
        await store.AppendAsync([.. log.Select((one, place) => one with { Cost = Money.Of(place % 3, Currency.Eur) })], default);
        var (from, before) = (Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 0, 0));
        CostToServe costs = await CostToServe.OfAsync(store, from, before, AsOf.Hindsight(before));
        PurchaseHistories histories = await new InteractionHistories(store).ReadAsync(Window.Through(new(2025, 12, 31)), TimeUnit.Week, DateTimeZone.Utc, default);
        CostToServeGrid grid = CostToServeGrid.Of(histories.Ids, [.. histories.TotalSpend.ToArray().Select(spent => 0.3 * spent)], costs.PerYear(histories));
        Assert.Equal(60, grid.Cells.Sum(cell => cell.Customers));
        Assert.Equal(Enumerable.Range(0, log.Count).Sum(place => place % 3) * 365.25 / 365, grid.Cells.Sum(cell => cell.CostToServe), 1e-6);
    }

    [Fact]
    public void Of_CutsAndNothing_AreAnswered()
    {
        CostToServeGrid grid = CostToServeGrid.Of(Ids(2), [1, 2], [1, 2], marginCut: 1.5, costCut: 100);
        Assert.Equal([ServeQuadrant.BargainBasement, ServeQuadrant.Passive], grid.Quadrants.ToArray());
        Assert.Equal(4, CostToServeGrid.Of([], [], []).Cells.Count);
        Assert.All(CostToServeGrid.Of(Ids(3), [5, 5, 5], [0, 0, 0]).Quadrants.ToArray(), quadrant => Assert.Equal(ServeQuadrant.BargainBasement, quadrant));
    }

    [Fact]
    public void Of_WhatCannotBe_IsRefusedAllAtOnce()
    {
        var wrong = Assert.Throws<RowFaultsException>(() => CostToServeGrid.Of(Ids(3), [1, double.NaN, 2], [-1, 1, double.PositiveInfinity]));
        Assert.Equal(["cost to serve", "margin", "cost to serve"], wrong.Faults.Select(fault => fault.Column));
        Assert.Contains("comes twice", Assert.Throws<ArgumentException>(() => CostToServeGrid.Of([CustomerId.Of("a"), CustomerId.Of("a")], [1, 2], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CostToServeGrid.Of(Ids(2), [1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostToServeGrid.Of(Ids(1), [1], [1], marginCut: double.NaN));
    }

    private static CustomerId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => CustomerId.Of(FormattableString.Invariant($"{i}")))];
}
