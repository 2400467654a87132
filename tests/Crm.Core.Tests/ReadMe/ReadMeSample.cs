using Crm.Core;
using Crm.Core.Benefits;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;
using NodaTime;

namespace Shop;

/// <summary>The lines of the README, compiled as a host would: outside the namespaces of the library.</summary>
internal static class ReadMeSample
{
    internal static void Run(IEnumerable<Order> orders)
    {
        IEnumerable<Purchase> purchases = orders.Select(order =>
            Purchase.Of(CustomerId.Of(order.Customer), order.PaidAt, Money.Of(order.Total, "EUR")));

        var histories = PurchaseHistories.From(purchases, Window.Through(new LocalDate(2026, 6, 30)), TimeUnit.Week);
        var buying = MbgNbd.Fit(histories).OrThrow();     // a model, or an exception that says why there is none
        var spend = GammaGamma.Fit(histories).OrThrow();
        var terms = new ClvTerms { Margin = 0.30, Discount = DiscountRate.PerYear(0.10), Horizon = Horizon.Unlimited };
        var values = CustomerValues.Of(histories, buying, spend, terms);

        Console.WriteLine($"Customer 42: P(alive) {values["42"].ProbabilityAlive:P0}, lifetime value {values["42"].Clv:N2}");
        Console.WriteLine(PyramidScheme.Curry.Rank(values.Ids, values.Clv));

        var buyingEstimates = PurchaseEstimates.Of(MbgNbd.Fit(histories));
        var spendEstimates = SpendEstimates.Of(GammaGamma.Fit(histories));
        var estimates = CustomerValueEstimates.Of(histories, buyingEstimates, spendEstimates, terms);

        Console.WriteLine($"Customer 42 is expected to bring {estimates["42"].EstimateInterval(0.90)}");
        Console.WriteLine($"What they bring may be {estimates.OutcomeOf(CustomerId.Of("42")).OutcomeInterval(0.90)}");
        Console.WriteLine($"What the base brings may be {estimates.Total.OutcomeInterval(0.90)}");
    }

    internal static void Choose(
        FactorColumns<double> rows,
        byte[] segments,
        double[] scores,
        RankInput<double> customers,
        RankOutput<double> lists,
        OfferFactors[] catalogue,
        Dictionary<SegmentId, int> headcount,
        Money[] prices)
    {
        var weights = BenefitWeights.Of(utility: 1, brand: .4, relationship: .6, cost: 1.2, time: .5);
        var novel = weights.Score(new BenefitFactors { Utility = 60, Brand = 5, Relationship = 8, Cost = 39, Time = 2 });
        var eBook = weights.Score(new BenefitFactors { Utility = 50, Brand = 5, Relationship = 4, Cost = 19, Time = 0 });

        Console.WriteLine(eBook.Explain(novel));

        var book = WeightBook.Of(weights, SegmentWeights.Of(SegmentId.Of("students"), BenefitWeights.PriceLed));

        BenefitScorer.Of(book).Score(rows, segments, scores);              // one score a row, at the speed of memory
        OfferRanker.Of(book, catalogue).Rank(customers, lists);            // the five best offers of every customer
        Console.WriteLine(Market.Of(book, catalogue, headcount).SweepPrice(OfferId.Of("novel"), prices));
    }

    /// <summary>An order of a host application.</summary>
    internal sealed record Order(string Customer, DateTimeOffset PaidAt, decimal Total);
}
