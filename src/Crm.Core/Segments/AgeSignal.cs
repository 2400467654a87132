using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>The time since a day the customer has as an attribute: from a day of birth, their age. Below 0 where the day is yet to come.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record AgeSignal : Signal
{
    private readonly AttributeId _attribute;

    /// <summary>Gets the attribute, a day.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="AttributeId.None"/> or cannot be stored as it is.</exception>
    public required AttributeId Since
    {
        get => _attribute;
        init => _attribute = StoredText.Id(value, AttributeId.None);
    }

    /// <summary>Gets what it is counted in.</summary>
    public required AgeUnit Unit { get; init; }

    internal override bool ChangesWithTime => true;

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        SignalType? type = new AttributeSignal { Id = Since }.TypeIn(schema, out fault);
        if (type is not null && type.Kind != AttributeKind.Day)
        {
            fault = $"the attribute {Since} is {type.InWords()}, and the time since a day is asked";
        }

        return fault is null ? new(AttributeKind.Number, Unit == AgeUnit.Years ? "years" : "days", [], IsWhole: true) : null;
    }

    internal override SignalValue ValueOf(SegmentSubject subject)
    {
        if (subject.Customer is not { } customer)
        {
            return AttributeSignal.NotOnRecord;
        }

        return customer.Attribute(Since, subject.AsOf)?.Value.Day is not { } day ? SignalValue.Unknown("no day is stated")
            : SignalValue.Of(Age(day, subject.Day));
    }

    /// <summary>The first day from which it is a number or more.</summary>
    internal LocalDate DayOf(LocalDate start, double age)
    {
        double whole = Math.Clamp(Math.Ceiling(age), -4_000_000, 4_000_000);
        return Unit == AgeUnit.Days ? Moved(start, (long)whole) : MovedYears(start, (long)whole);
    }

    private protected override string InWords() => $"{(Unit == AgeUnit.Years ? "years" : "days")} since {Since}";

    private int Age(LocalDate from, LocalDate day)
    {
        if (Unit == AgeUnit.Days)
        {
            return DayNumber.Of(day) - DayNumber.Of(from);
        }

        // Of both signs the birthday on or before the day decides.
        int years = day.Year - from.Year;
        return MovedYears(from, years) <= day ? years : years - 1;
    }

    private static LocalDate Moved(LocalDate day, long by) =>
        by > DayNumber.Of(LocalDate.MaxIsoValue) - DayNumber.Of(day) ? LocalDate.MaxIsoValue
        : by < DayNumber.Of(LocalDate.MinIsoValue) - DayNumber.Of(day) ? LocalDate.MinIsoValue : day.PlusDays((int)by);

    private static LocalDate MovedYears(LocalDate day, long by) =>
        day.Year + by > LocalDate.MaxIsoValue.Year ? LocalDate.MaxIsoValue
        : day.Year + by < LocalDate.MinIsoValue.Year ? LocalDate.MinIsoValue : day.PlusYears((int)by);
}
