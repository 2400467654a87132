using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>Interactions of every kind.</summary>
internal static class InteractionSamples
{
    private static readonly LocalDate _day = new(2026, 3, 8);

    /// <summary>Gives every kind of detail, with every property set and with none that may be left out.</summary>
    internal static IEnumerable<InteractionDetail> EveryDetail(Instant moment, CustomerId other) =>
        WithText("id", "line", "body", Money.Of(12.50m, Currency.Eur), 2.50m, moment, other).Concat(
        [
            new PurchaseDetail { Amount = Money.Of(0, Currency.None) },
            new ReturnDetail { Amount = Money.Of(0, Currency.None) },
            new EnquiryDetail(),
            new VisitDetail(),
            new CampaignContactDetail(),
            .. Enum.GetValues<ResponseKind>().Select(response => new CampaignResponseDetail { Response = response }),
            .. Enum.GetValues<CaseStep>().Select(step => new ServiceCaseDetail { Step = step }),
            new ComplaintDetail(),
            .. Enum.GetValues<OpportunityStage>().Select(stage => new OpportunityDetail { Stage = stage }),
            new QuotationDetail { Amount = Money.Of(0, Currency.None) },
            new OrderDetail(),
            new UsageDetail { What = "x" },
            new MessageDetail { Message = MessageId.Of("m") },
            .. Enum.GetValues<FollowUpKind>().Select(follow => new FollowUpDetail { Follow = follow, About = "", Due = moment }),
            new NoteDetail { Text = "" },
        ]);

    /// <summary>Gives every kind of detail but a retraction, with these values in every field that takes one.</summary>
    internal static IEnumerable<InteractionDetail> WithText(string id, string line, string body, Money amount, decimal quantity, Instant moment, CustomerId other)
    {
        ProductId product = ProductId.Of(id);
        PurchaseId purchase = PurchaseId.Of(id);
        return
        [
            new PurchaseDetail { Amount = amount, Purchase = purchase, Product = product, Quantity = quantity, Discount = amount, CostOfGoods = amount, ReferredBy = other },
            new ReturnDetail { Amount = amount, Purchase = purchase },
            new EnquiryDetail { About = body, Product = product },
            new VisitDetail { Place = line, Product = product },
            new CampaignContactDetail { Message = MessageId.Of(id) },
            new CampaignResponseDetail { Response = ResponseKind.Declined },
            new ServiceCaseDetail { Step = CaseStep.Solved, About = body, Satisfaction = 0.1 },
            new ComplaintDetail { About = body, Product = product },
            new OpportunityDetail { Stage = OpportunityStage.Won, Amount = amount, Probability = 1.0 / 3, ExpectedClose = _day, Product = product },
            new QuotationDetail { Amount = amount, ValidThrough = _day, Product = product },
            new OrderDetail { Promised = _day, Expected = _day, Delivered = _day, IsCancelled = true, Amount = amount },
            new UsageDetail { What = line, Quantity = quantity, Product = product },
            new MessageDetail { Message = MessageId.Of(id), Text = body },
            new FollowUpDetail { Follow = FollowUpKind.Promise, About = body, Due = moment, IsDone = true },
            new NoteDetail { Text = body },
            new DisclosureDetail { Partner = SourceId.Of(id), Purpose = ConsentPurpose.Of(id), Fields = line, Until = moment },
        ];
    }

    /// <summary>Sets everything an interaction may have.</summary>
    internal static Interaction Full(Interaction bare, string id, Money cost) => bare with
    {
        Source = SourceId.Of(id),
        Channel = Channel.Of(id),
        Direction = Direction.Inbound,
        Cost = cost,
        Length = Duration.FromNanoseconds(93_500_000_001),
        Sentiment = -1.0 / 3,
        Staff = StaffId.Of(id),
        Offer = OfferId.Of(id),
        Campaign = CampaignId.Of(id),
        Thread = ThreadId.Of(id),
    };
}
