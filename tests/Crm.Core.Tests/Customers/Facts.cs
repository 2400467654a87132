using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Tests.Customers;

/// <summary>Days of one month, and facts on them.</summary>
internal static class Facts
{
    internal static SourceId Source { get; } = SourceId.Of("crm");

    internal static Instant Day(int day) => Instant.FromUtc(2026, 3, 1, 0, 0) + Duration.FromDays(day);

    internal static FactDates Dates(int recorded, int? from = null, int? until = null, int? retracted = null) => new()
    {
        Source = Source,
        RecordedAt = Day(recorded),
        ValidFrom = from is { } first ? Day(first) : null,
        ValidUntil = until is { } last ? Day(last) : null,
        RetractedAt = retracted is { } wrong ? Day(wrong) : null,
    };

    internal static Customer Ada(params CustomerFact[] facts) => Customer.Person(CustomerId.Of("ada")).With(facts);

    internal static ConsentRecord Consent(ConsentDecision decision, FactDates dates, Channel channel = default) =>
        new() { Purpose = ConsentPurpose.Marketing, Channel = channel, Decision = decision, How = "said", Dates = dates };
}
