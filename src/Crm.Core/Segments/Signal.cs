using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>One thing that can be asked of a customer: an attribute, an attitude, a model's answer, what they did.</summary>
/// <remarks>
/// <para>
/// A closed set. What a signal says is known or not known; a rule matches only by what is known. A signal and a test of its value make a rule:
/// <c>Signal.Attribute(country).IsOneOf("de", "at")</c>.
/// </para>
/// <para>
/// The grain of time is the day: what happened or held on a day, to its end, counts on that day. Compared by value. Immutable and thread-safe.
/// </para>
/// </remarks>
public abstract record Signal
{
    private protected Signal()
    {
    }

    /// <summary>Gets whether the value can change by the passing of days alone.</summary>
    internal virtual bool ChangesWithTime => false;

    /// <summary>An attribute of the customer.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="unit">The unit of its numbers, or the currency of its money; null for none.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The attribute is none, or the unit is empty or too long.</exception>
    public static Signal Attribute(AttributeId attribute, string? unit = null) => new AttributeSignal { Id = attribute, Unit = unit };

    /// <summary>The whole years from a day the customer has as an attribute: from a day of birth, their age.</summary>
    /// <param name="attribute">The attribute, a day.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The attribute is none.</exception>
    public static Signal YearsSince(AttributeId attribute) => new AgeSignal { Since = attribute, Unit = AgeUnit.Years };

    /// <summary>The days from a day the customer has as an attribute.</summary>
    /// <param name="attribute">The attribute, a day.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The attribute is none.</exception>
    public static Signal DaysSince(AttributeId attribute) => new AgeSignal { Since = attribute, Unit = AgeUnit.Days };

    /// <summary>How strong an attitude is, from −1 to 1, of those noted the latest.</summary>
    /// <param name="kind">The kind of attitude.</param>
    /// <param name="product">The product it is about; none for the company as a whole.</param>
    /// <returns>The signal.</returns>
    public static Signal Attitude(AttitudeKind kind, ProductId product = default) => new AttitudeSignal { Kind = kind, Product = product };

    /// <summary>The words of an attitude, of those noted the latest.</summary>
    /// <param name="kind">The kind of attitude.</param>
    /// <param name="product">The product it is about; none for the company as a whole.</param>
    /// <returns>The signal.</returns>
    public static Signal AttitudeWords(AttitudeKind kind, ProductId product = default) => new AttitudeSignal { Kind = kind, Product = product, Part = AttitudePart.Words };

    /// <summary>Whether an attitude is noted at all: a reason for or against a product, a feeling. Not noted is no, not unknown.</summary>
    /// <param name="kind">The kind of attitude.</param>
    /// <param name="product">The product it is about; none for the company as a whole.</param>
    /// <returns>The signal.</returns>
    public static Signal HasAttitude(AttitudeKind kind, ProductId product = default) => new AttitudeSignal { Kind = kind, Product = product, Part = AttitudePart.Noted };

    /// <summary>Whether the customer is a member.</summary>
    /// <param name="programme">The programme.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The programme is none.</exception>
    public static Signal IsMember(ProgrammeId programme) => new MembershipSignal { Programme = programme };

    /// <summary>The level of a membership; not known of who is no member.</summary>
    /// <param name="programme">The programme.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The programme is none.</exception>
    public static Signal MembershipLevel(ProgrammeId programme) => new MembershipSignal { Programme = programme, Part = MembershipPart.Level };

    /// <summary>How many days the customer has been a member; not known of who is none.</summary>
    /// <param name="programme">The programme.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The programme is none.</exception>
    public static Signal MembershipDays(ProgrammeId programme) => new MembershipSignal { Programme = programme, Part = MembershipPart.Days };

    /// <summary>Something else that is on record: the kind of customer, the stage, whether they resell.</summary>
    /// <param name="part">Which.</param>
    /// <returns>The signal.</returns>
    public static Signal Of(CustomerPart part) => new CustomerSignal { Part = part };

    /// <summary>A model's answer, or another column that is computed.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="unit">The unit of its numbers, or their currency; null for none.</param>
    /// <returns>The signal.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long, or the unit is.</exception>
    public static Signal Column(string name, string? unit = null) => new ColumnSignal { Name = name, Unit = unit };

    /// <summary>How many things happened; always known.</summary>
    /// <param name="events">What counts.</param>
    /// <returns>The signal, over all time; <see cref="EventSignal.InLastDays"/> and <see cref="EventSignal.SinceDay"/> make it narrower.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public static EventSignal Count(EventFilter events) => new() { Events = events, Measure = EventMeasure.Count };

    /// <summary>On how many different days something happened; always known.</summary>
    /// <param name="events">What counts.</param>
    /// <returns>The signal, over all time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public static EventSignal Days(EventFilter events) => new() { Events = events, Measure = EventMeasure.Days };

    /// <summary>The money of purchases less what was given back; not known while an amount of another currency is among it.</summary>
    /// <param name="events">Which purchases and returns count; no kind named means both. A return counts on its own day, and has no product.</param>
    /// <param name="currency">The currency.</param>
    /// <returns>The signal, over all time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public static EventSignal Spent(EventFilter events, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(events);
        return new() { Events = events.Kinds.Count > 0 ? events : events with { Kinds = EventSignal.Payments }, Measure = EventMeasure.Money, Currency = currency };
    }

    /// <summary>The days since something last happened; not known where it never did.</summary>
    /// <param name="events">What counts.</param>
    /// <returns>The signal, over all time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public static EventSignal DaysSinceLast(EventFilter events) => new() { Events = events, Measure = EventMeasure.DaysSinceLast };

    /// <summary>The days since something first happened; not known where it never did.</summary>
    /// <param name="events">What counts.</param>
    /// <returns>The signal, over all time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public static EventSignal DaysSinceFirst(EventFilter events) => new() { Events = events, Measure = EventMeasure.DaysSinceFirst };

    /// <summary>The mean of the days between one day on which something happened and the next; not known of fewer than two days.</summary>
    /// <param name="events">What counts.</param>
    /// <returns>The signal, over all time.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public static EventSignal AverageGap(EventFilter events) => new() { Events = events, Measure = EventMeasure.AverageGap };

    /// <summary>Matches where the number is this or more.</summary>
    /// <param name="least">The number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or +∞.</exception>
    public SegmentRule IsAtLeast(double least) => Where(new NumberTest { Least = least });

    /// <summary>Matches where the number is more.</summary>
    /// <param name="limit">The number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or +∞.</exception>
    public SegmentRule IsAbove(double limit) => Where(new NumberTest { Least = limit, IsLeastOutside = true });

    /// <summary>Matches where the number is this or less.</summary>
    /// <param name="greatest">The number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or −∞.</exception>
    public SegmentRule IsAtMost(double greatest) => Where(new NumberTest { Greatest = greatest });

    /// <summary>Matches where the number is less.</summary>
    /// <param name="limit">The number.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or −∞.</exception>
    public SegmentRule IsBelow(double limit) => Where(new NumberTest { Greatest = limit, IsGreatestOutside = true });

    /// <summary>Matches where the number lies between two, both included.</summary>
    /// <param name="least">The lower.</param>
    /// <param name="greatest">The upper.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An end is NaN or infinite on the wrong side.</exception>
    public SegmentRule IsBetween(double least, double greatest) => Where(new NumberTest { Least = least, Greatest = greatest });

    /// <summary>Matches where the text is one of these, compared ordinally.</summary>
    /// <param name="accepted">The texts, 1 or more.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public SegmentRule IsOneOf(params IReadOnlyList<string> accepted) => Where(new TextTest { Accepted = accepted });

    /// <summary>Matches where it is so, or where it is not so.</summary>
    /// <param name="expected">Yes or no.</param>
    /// <returns>The rule.</returns>
    public SegmentRule Is(bool expected) => Where(new FlagTest(expected));

    /// <summary>Matches where the day is this one or later.</summary>
    /// <param name="first">The day.</param>
    /// <returns>The rule.</returns>
    public SegmentRule IsFrom(LocalDate first) => Where(new DayTest { From = first });

    /// <summary>Matches where the day is earlier.</summary>
    /// <param name="end">The day, itself outside.</param>
    /// <returns>The rule.</returns>
    public SegmentRule IsBefore(LocalDate end) => Where(new DayTest { Before = end });

    /// <summary>Matches where something is known.</summary>
    /// <returns>The rule.</returns>
    public SegmentRule IsKnown() => Where(new KnownTest(true));

    /// <summary>Matches where nothing is known.</summary>
    /// <returns>The rule.</returns>
    public SegmentRule IsUnknown() => Where(new KnownTest(false));

    /// <summary>Matches where the value passes a test.</summary>
    /// <param name="test">The test.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="test"/> is null.</exception>
    public SegmentRule Where(SignalTest test) => new ConditionRule { Signal = this, Test = test };

    /// <summary>Gives the signal in words: "purchases through web-shop in the last 90 days".</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public sealed override string ToString() => InWords();

    /// <summary>The type of the values.</summary>
    /// <param name="schema">What is declared.</param>
    /// <param name="fault">What is wrong with the signal, in words; null where nothing is.</param>
    internal abstract SignalType? TypeIn(SignalSchema schema, out string? fault);

    /// <summary>What it says of one customer.</summary>
    internal abstract SignalValue ValueOf(SegmentSubject subject);

    private protected abstract string InWords();
}
