using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>Facts of every kind.</summary>
internal static class CustomerSamples
{
    /// <summary>Gives every kind of fact with every property set, and every type of attribute.</summary>
    internal static IEnumerable<CustomerFact> EveryFact(FactDates dates, Func<string, CustomerId> other)
    {
        Instant moment = dates.RecordedAt;
        FactDates all = dates with { ValidFrom = moment - Duration.FromDays(400), ValidUntil = moment + Duration.FromDays(400), RetractedAt = moment + Duration.FromDays(3) };
        return
        [
            new CustomerName { Full = "Ada Lovelace", Given = "Ada", Family = "Lovelace", Salutation = "Lady Lovelace", Dates = all },
            ExternalId.Of(SourceId.Of("shop"), "4711", dates),
            .. Enum.GetValues<ContactKind>().Select(kind => new ContactPoint
            {
                Kind = kind, Text = "020 7946 0958", CountryCode = "44", Label = "work", VerifiedAt = moment, FailedAt = moment - Duration.FromDays(1), Dates = all,
            }),
            .. AttributeValues.Select((value, place) => AttributeFact.Of(AttributeId.Of(FormattableString.Invariant($"attribute-{place}")), value, all)),
            .. Enum.GetValues<AttitudeKind>().Select(kind => new Attitude { Kind = kind, Words = "too slow", Strength = -0.1, Product = ProductId.Of("engine"), Dates = all }),
            .. Enum.GetValues<ConsentDecision>().Select(decision => new ConsentRecord
            {
                Purpose = ConsentPurpose.Marketing, Channel = Channel.Of(ChannelKind.SelfService, "vending-machine"), Decision = decision,
                How = "box ticked", Wording = "I agree", Evidence = "form 7", Dates = all,
            }),
            .. Enum.GetValues<RelationKind>().Select(kind => new Relation
            {
                To = other("related"), Kind = kind, Roles = BuyingRoles.Decides | BuyingRoles.Uses | BuyingRoles.Pays | BuyingRoles.Advises, Label = "head", Dates = all,
            }),
            new Membership { Programme = ProgrammeId.Of("club"), Number = "0042", Level = "gold", Dates = all },
            new ResellerStatus { Territory = "north", Dates = all },
            new Referral { By = other("referrer"), Dates = all },
            new AccountMove { System = SourceId.Of("shop"), Account = "77", To = other("heir"), Dates = all },
            new AccountOwner { Staff = StaffId.Of("s1"), Dates = all },
            .. LifecycleStage.All.Select(stage => new StageReached { Stage = stage, Dates = all }),
        ];
    }

    /// <summary>Gives every kind of fact with nothing that may be left out.</summary>
    internal static IEnumerable<CustomerFact> BareFacts(FactDates dates, Func<string, CustomerId> other) =>
    [
        CustomerName.Of("A", dates),
        ContactPoint.Message("a", dates),
        new Attitude { Kind = AttitudeKind.Feeling, Dates = dates },
        new ConsentRecord { Purpose = ConsentPurpose.Service, Decision = ConsentDecision.Refused, How = "said", Dates = dates },
        new Relation { To = other("related"), Kind = RelationKind.Other, Dates = dates },
        new Membership { Programme = ProgrammeId.Of("club"), Dates = dates },
        new ResellerStatus { Dates = dates },
    ];

    /// <summary>Gives facts with a text in every field that takes one; names only, where it does not matter that a key is made of it.</summary>
    internal static IEnumerable<CustomerFact> WithText(string id, string line, string body, FactDates dates, Func<string, CustomerId> other)
    {
        FactDates from = dates with { Source = SourceId.Of(id) };
        return
        [
            new CustomerName { Full = line, Given = line, Family = line, Salutation = line, Dates = from },
            ExternalId.Of(SourceId.Of(id), line, from),
            .. Enum.GetValues<ContactKind>().Select(kind => new ContactPoint { Kind = kind, Text = line, Label = line, Dates = from }),
            AttributeFact.Of(AttributeId.Of(id), AttributeValue.Of(body), from),
            AttributeFact.Of(AttributeId.Of(id), AttributeValue.Of(1, line), from),
            new Attitude { Kind = AttitudeKind.ReasonFor, Words = body, Product = ProductId.Of(id), Dates = from },
            new ConsentRecord
            {
                Purpose = ConsentPurpose.Of(id), Channel = Channel.Of(id), Decision = ConsentDecision.Given, How = line, Wording = body, Evidence = line, Dates = from,
            },
            new Relation { To = other("related"), Kind = RelationKind.Other, Label = line, Dates = from },
            new Membership { Programme = ProgrammeId.Of(id), Number = line, Level = line, Dates = from },
            new ResellerStatus { Territory = line, Dates = from },
            new AccountMove { System = SourceId.Of(id), Account = line, To = other("heir"), Dates = from },
            new AccountOwner { Staff = StaffId.Of(id), Dates = from },
        ];
    }

    /// <summary>Gives numbers whose every digit counts, zeros at the end too.</summary>
    internal static IReadOnlyList<decimal> Decimals { get; } =
    [
        0m, 0.00m, 1.10m, 12.500m, 100m, 1e-28m, 0.0000000000000000000000000000m, decimal.MaxValue, decimal.MinValue,
        1234567890123456789012345678m, 1.234567890123456789012345678m, 12345678901234.56789012345670m, -0.10m, 0.1m,
    ];

    private static IReadOnlyList<AttributeValue> AttributeValues { get; } =
    [
        AttributeValue.Of("per aspera"), AttributeValue.Of(""), AttributeValue.Of(1.650m, "m"), AttributeValue.Of(42), AttributeValue.Of(true), AttributeValue.Of(false),
        AttributeValue.Of(new LocalDate(1815, 12, 10)), AttributeValue.Of(Money.Of(3200.50m, Currency.Gbp)),
    ];
}
