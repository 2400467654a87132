using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>A membership of the customer, of those that hold the latest.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record MembershipSignal : Signal
{
    private readonly ProgrammeId _programme;

    /// <summary>Gets the programme.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="ProgrammeId.None"/> or cannot be stored as it is.</exception>
    public required ProgrammeId Programme
    {
        get => _programme;
        init => _programme = StoredText.Id(value, ProgrammeId.None);
    }

    /// <summary>Gets what is asked of it.</summary>
    public MembershipPart Part { get; init; }

    internal override bool ChangesWithTime => Part == MembershipPart.Days;

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        fault = null;
        return Part switch
        {
            MembershipPart.IsMember => SignalType.Flag,
            MembershipPart.Level => SignalType.Text,
            _ => new(AttributeKind.Number, "days", [], IsWhole: true),
        };
    }

    internal override SignalValue ValueOf(SegmentSubject subject)
    {
        if (subject.Customer is not { } customer)
        {
            return AttributeSignal.NotOnRecord;
        }

        Membership? latest = Latest(customer, subject.AsOf);
        return Part == MembershipPart.IsMember ? SignalValue.Of(latest is not null)
            : latest is null ? SignalValue.Unknown("the customer is no member")
            : Part == MembershipPart.Level ? SignalValue.Of(latest.Level) : SignalValue.Of(DayNumber.Of(subject.Day) - Start(latest, subject.Zone));
    }

    internal Membership? Latest(Customer customer, AsOf asOf) => customer.LatestOf<Membership>(asOf, membership => membership.Programme == Programme);

    /// <summary>The number of the day on which it began.</summary>
    internal static int Start(Membership membership, DateTimeZone zone) => DayNumber.Of(membership.Dates.EffectiveFrom.InZone(zone).Date);

    private protected override string InWords() => Part switch
    {
        MembershipPart.IsMember => $"member of {Programme}",
        MembershipPart.Level => $"level in {Programme}",
        _ => $"days a member of {Programme}",
    };
}
