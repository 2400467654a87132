using System.Globalization;
using Crm.Core;
using Crm.Core.Benefits;
using Crm.Core.Customers;
using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

// A small host that uses the library end to end: models, values, pyramid, scores, saved fits. Published trimmed, it prints the same lines.
var services = new ServiceCollection()
    .AddCrmCalculators(new AnalysisOptions { Terms = new() { Margin = 0.30, Discount = DiscountRate.PerYear(0.10) } })
    .BuildServiceProvider();

PurchaseHistoryBuilder purchases = Shop.Purchases();
Window window = Window.Through(Shop.LastDay);
CustomerBase customers = services.GetRequiredService<CustomerBaseAnalyzer>().Analyze(purchases, window);
Print($"customers {customers.Histories.Count}, chosen {customers.Buying!.Name}, {customers.Basis}, {customers.Holdout!.Grade}");
Print($"value {customers.Values!.Total:R}, {customers.Estimates!.Total.OutcomeInterval(0.90)}");
foreach (TierSummary tier in customers.Pyramid!.Tiers)
{
    Print($"{tier.Tier} {tier.Customers} {tier.Value:R}");
}

foreach (string name in PurchaseModels.Names)
{
    var fit = PurchaseModels.Fit(name, customers.Histories);
    string saved = FitDocument.Of(fit, customers.Histories).ToJson();
    var read = FitDocument.FromJson(saved);
    Print($"{name} {fit.Statistics!.LogLikelihood:R}, saved and read {(read.ToJson() == saved ? "the same" : "otherwise")}");
}

var weights = BenefitWeights.Of(utility: 1, brand: .4, relationship: .6, cost: 1.2, time: .5);
var book = WeightBook.Of(weights, SegmentWeights.Of(SegmentId.Of("students"), BenefitWeights.PriceLed));
Print($"weights saved and read {(WeightBook.FromJson(book.ToJson()).ToJson() == book.ToJson() ? "the same" : "otherwise")}");
var scores = new double[2];
BenefitScorer.Of(book).Score(
    new FactorColumns<double> { Utility = [60, 50], Brand = [5, 5], Relationship = [8, 4], Cost = [39, 19], Time = [2, 0] }, new byte[] { 1, 0 }, scores);
Print($"scores {scores[0]:R} {scores[1]:R}");

// Closed sets find their members by reflection: trimmed of their fields they would be empty, and no error would say so.
Print($"stages {string.Join(", ", LifecycleStage.List.OrderBy(stage => stage.Value))}; kinds {string.Join(", ", ChannelKind.List.OrderBy(kind => kind.Value))}");
var told = FactDates.Of(SourceId.Of("shop"), Instant.FromUtc(2026, 3, 1, 9, 0));
Customer ada = Customer.Person(CustomerId.Of("42")).With(
    CustomerName.Of("Ada Lovelace", told),
    new StageReached { Stage = LifecycleStage.FromName("repeat"), Dates = told },
    AttributeFact.Of(AttributeId.Of("born"), AttributeValue.Of(new LocalDate(1815, 12, 10)), told));
var bought = new Interaction
{
    Id = InteractionId.Of("1"),
    Customer = ada.Id,
    At = told.RecordedAt,
    RecordedAt = told.RecordedAt,
    Source = told.Source,
    Channel = Channel.Of(ChannelKind.SelfService, "vending-machine"),
    Detail = new PurchaseDetail { Amount = Money.Of(2.50m, "EUR") },
};
Print($"customer saved and read {(CustomerJson.Read(CustomerJson.Write(ada)) == ada ? "the same" : "otherwise")}");
Print($"interaction saved and read {(InteractionJson.Read(InteractionJson.Write(bought)) == bought ? "the same" : "otherwise")}, through {bought.Channel.Kind} {bought.Channel.Medium}");

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
