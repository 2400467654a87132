using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Interactions;

public sealed class InteractionJsonTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0) + Duration.FromNanoseconds(7);
    private static readonly LocalDate _day = new(2026, 3, 8);
    private static readonly Money _amount = Money.Of(12.50m, Currency.Eur);
    private static readonly ProductId _product = ProductId.Of("p");

    // Every kind of detail, with every property set: the test after the next holds the list to be complete.
    public static TheoryData<InteractionDetail> Details =>
    [
        new PurchaseDetail { Amount = _amount, Purchase = PurchaseId.Of("1"), Product = _product, Quantity = 2.5m, Discount = _amount, CostOfGoods = _amount, ReferredBy = CustomerId.Of("7") },
        new PurchaseDetail { Amount = Money.Of(0, Currency.None) },
        new ReturnDetail { Amount = _amount, Purchase = PurchaseId.Of("1") },
        new EnquiryDetail { About = "when?\r\n\t<b>", Product = _product },
        new VisitDetail { Place = "Main St", Product = _product },
        new CampaignContactDetail { Message = MessageId.Of("m") },
        new CampaignResponseDetail { Response = ResponseKind.Declined },
        new ServiceCaseDetail { Step = CaseStep.Solved, About = "leak", Satisfaction = 0.7 },
        new ComplaintDetail { About = "late", Product = _product },
        new OpportunityDetail { Stage = OpportunityStage.Won, Amount = _amount, Probability = 0, ExpectedClose = _day, Product = _product },
        new QuotationDetail { Amount = _amount, ValidThrough = _day, Product = _product },
        new OrderDetail { Promised = _day, Expected = _day, Delivered = _day, IsCancelled = true, Amount = _amount },
        new UsageDetail { What = "print", Quantity = 3, Product = _product },
        new MessageDetail { Message = MessageId.Of("m"), Text = "hello" },
        new FollowUpDetail { Follow = FollowUpKind.Promise, About = "call back", Due = _noon, IsDone = true },
        new NoteDetail { Text = "" },
        new DisclosureDetail { Partner = SourceId.Of("bank"), Purpose = ConsentPurpose.Sharing, Fields = "name,phone", Until = _noon },
        new RetractionDetail(),
    ];

    [Theory]
    [MemberData(nameof(Details))]
    public void Read_OfWhatWasWritten_GivesTheSameInteraction(InteractionDetail detail)
    {
        var interaction = new Interaction
        {
            Id = InteractionId.Of("i/1"),
            Customer = CustomerId.Of("42"),
            At = _noon,
            RecordedAt = _noon + Duration.FromHours(2),
            Source = SourceId.Of("till"),
            Detail = detail,
            Channel = Channel.Of(ChannelKind.SelfService, "vending-machine"),
            Direction = Direction.Inbound,
            Cost = _amount,
            Length = Duration.FromSeconds(93.5),
            Sentiment = -0.25,
            Staff = StaffId.Of("s"),
            Offer = OfferId.Of("o"),
            Campaign = CampaignId.Of("c"),
            Thread = ThreadId.Of("t"),
            Corrects = InteractionId.Of("i/0"),
        };
        Assert.Equal(interaction, InteractionJson.Read(InteractionJson.Write(interaction)));
    }

    [Theory]
    [MemberData(nameof(Details))]
    public void Read_OfTheLeastThatCanBeWritten_GivesTheSameInteraction(InteractionDetail detail)
    {
        var interaction = new Interaction
        {
            Id = InteractionId.Of("i"),
            Customer = CustomerId.Of("42"),
            At = default,
            RecordedAt = default,
            Source = SourceId.Of("till"),
            Detail = detail,
        };
        Assert.Equal(interaction, InteractionJson.Read(InteractionJson.Write(interaction)));
    }

    [Fact]
    public void Details_OfThisTest_AreOfEveryKind() => Assert.Equal(
        Enum.GetValues<InteractionKind>().Order(), Details.Select<object[], InteractionKind>(row => ((InteractionDetail)row[0]).Kind).Distinct().Order());
}
