using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Tests.Customers;

public sealed class CustomerJsonTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0) + Duration.FromNanoseconds(7);
    private static readonly FactDates _dates = FactDates.Of(SourceId.Of("crm"), _noon) with
    {
        ValidFrom = Instant.FromUtc(2020, 1, 1, 0, 0),
        ValidUntil = Instant.FromUtc(2027, 1, 1, 0, 0),
        RetractedAt = _noon + Duration.FromDays(3),
    };

    // Every kind of fact, with every property set: the test after this one holds the list to be complete.
    public static TheoryData<CustomerFact> Facts =>
    [
        new CustomerName { Full = "Ada \"Countess\" Lovelace 👩‍💻", Given = "Ada", Family = "Lovelace", Salutation = "Lady Lovelace", Dates = _dates },
        ExternalId.Of(SourceId.Of("shop"), "<4711>", _dates),
        new ContactPoint { Kind = ContactKind.Phone, Text = "020 7946 0958", CountryCode = "44", Label = "work", VerifiedAt = _noon, FailedAt = _noon - Duration.FromDays(1), Dates = _dates },
        AttributeFact.Of(AttributeId.Of("motto"), AttributeValue.Of("per\naspera\u202e"), _dates),
        AttributeFact.Of(AttributeId.Of("height"), AttributeValue.Of(1.650m, "m"), _dates),
        AttributeFact.Of(AttributeId.Of("mathematician"), AttributeValue.Of(true), _dates),
        AttributeFact.Of(AttributeId.Of("poet"), AttributeValue.Of(false), _dates),
        AttributeFact.Of(AttributeId.Of("born"), AttributeValue.Of(new LocalDate(1815, 12, 10)), _dates),
        AttributeFact.Of(AttributeId.Of("debt"), AttributeValue.Of(Money.Of(3200.50m, Currency.Gbp)), _dates),
        new Attitude { Kind = AttitudeKind.ReasonAgainst, Words = "too slow", Strength = -0.1, Product = ProductId.Of("engine"), Dates = _dates },
        new ConsentRecord { Purpose = ConsentPurpose.Marketing, Channel = Channel.Email, Decision = ConsentDecision.Given, How = "box", Wording = "I agree", Evidence = "form 7", Dates = _dates },
        new Relation { To = CustomerId.Of("7"), Kind = RelationKind.WorksFor, Roles = BuyingRoles.Decides | BuyingRoles.Pays, Label = "head", Dates = _dates },
        new Membership { Programme = ProgrammeId.Of("club"), Number = "0042", Level = "gold", Dates = _dates },
        new ResellerStatus { Territory = "north", Dates = _dates },
        new Referral { By = CustomerId.Of("8"), Dates = _dates },
        new AccountMove { System = SourceId.Of("shop"), Account = "77", To = CustomerId.Of("9"), Dates = _dates },
        new AccountOwner { Staff = StaffId.Of("s1"), Dates = _dates },
        new StageReached { Stage = LifecycleStage.Dormant, Dates = _dates },
    ];

    [Theory]
    [MemberData(nameof(Facts))]
    public void Read_OfWhatWasWritten_GivesTheSameFact(CustomerFact fact)
    {
        Customer customer = Customer.Person(CustomerId.Of("42")).With(fact, fact with { Dates = FactDates.Of(SourceId.Of("x"), Instant.MaxValue) });
        Customer read = CustomerJson.Read(CustomerJson.Write(customer));
        Assert.Equal(customer, read);
        Assert.Equal(customer.GetHashCode(), read.GetHashCode());
    }

    [Fact]
    public void Facts_OfThisTest_AreOfEveryKind() => Assert.Equal(
        typeof(CustomerFact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CustomerFact))).Select(type => type.Name).Order(StringComparer.Ordinal),
        Facts.Select<object[], string>(row => row[0].GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", "no schema number", false)]
    [InlineData("{}", "no schema number", true)]
    [InlineData("{\"schema\":2,\"customer\":{}}", "of schema 2; this version reads up to 1", true)]
    [InlineData("{\"schema\":1,\"customer\":{\"id\":\"secret\",\"kind\":\"person\",\"facts\":[{\"fact\":\"hobby\"}]}}", "The text is not a customer", true)]
    [InlineData("{\"schema\":1,\"customer\":{\"id\":\"secret\",\"kind\":\"secret\"}}", "$.customer.kind", true)]
    [InlineData("{\"schema\":1,\"customer\":{\"kind\":\"person\"}}", "The text is not a customer", true)]
    public void Read_OfAnythingElse_SaysWhatIsWrongAndNotWhatItHolds(string json, string words, bool isJson)
    {
        var wrong = Assert.Throws<FormatException>(() => CustomerJson.Read(json));
        Assert.Contains(isJson ? words : "not a customer", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
    }
}
