using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>An attribute of the customer, of the facts that hold the latest.</summary>
/// <remarks>Of another type or unit than declared it is not known, never converted. Compared by value. Immutable and thread-safe.</remarks>
public sealed record AttributeSignal : Signal
{
    private readonly AttributeId _attribute;
    private readonly string? _unit;

    /// <summary>Gets the attribute.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="AttributeId.None"/> or cannot be stored as it is.</exception>
    public required AttributeId Id
    {
        get => _attribute;
        init => _attribute = StoredText.Id(value, AttributeId.None);
    }

    /// <summary>Gets the unit of its numbers, or the currency of its money; null for none.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Unit
    {
        get => _unit;
        init => _unit = StoredText.LineOrNull(value);
    }

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        if (schema.Attributes.Find(Id) is not { } definition)
        {
            fault = $"the attribute {Id} is not declared; declared are {string.Join(", ", schema.Attributes.Definitions.Select(known => known.Id).DefaultIfEmpty(AttributeId.None))}";
            return null;
        }

        if (definition.Kind == AttributeKind.Money)
        {
            fault = Unit is { } code && Currency.TryOf(code, out _) ? null : $"the attribute {Id} is money, and its currency is not named: give it as the unit";
        }
        else
        {
            fault = Unit == definition.Unit ? null : $"the attribute {Id} is in {definition.Unit ?? "no unit"}, not in {Unit ?? "no unit"}";
        }

        return fault is null ? TypeOf(definition) : null;
    }

    internal override SignalValue ValueOf(SegmentSubject subject)
    {
        if (subject.Customer is not { } customer)
        {
            return NotOnRecord;
        }

        if (customer.Attribute(Id, subject.AsOf)?.Value is not { } value)
        {
            return SignalValue.Unknown("nobody has said");
        }

        string? unit = value.Money is { } money ? money.Currency.ToString() : value.Unit;
        return unit != Unit ? SignalValue.Unknown($"it is stated in {unit ?? "no unit"}, not in {Unit ?? "no unit"}") : ValueOf(value);
    }

    internal static SignalValue NotOnRecord => SignalValue.Unknown("the customer is not on record");

    private protected override string InWords() => Id.ToString();

    private static SignalValue ValueOf(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Text => SignalValue.Of(value.Text),
        AttributeKind.Number => SignalValue.Of(SignalValue.NumberOf(value.Number!.Value)),
        AttributeKind.Flag => SignalValue.Of(value.Flag!.Value),
        AttributeKind.Day => SignalValue.OfDay(DayNumber.Of(value.Day!.Value)),
        _ => SignalValue.Of(SignalValue.NumberOf(value.Money!.Value.Amount)),
    };

    private SignalType TypeOf(AttributeDefinition definition) => definition.Kind switch
    {
        AttributeKind.Text => SignalType.Texts(definition.Accepted),
        AttributeKind.Flag => SignalType.Flag,
        AttributeKind.Day => new(AttributeKind.Day, null, [], IsWhole: true),
        _ => SignalType.Number(Unit, NumberOr(definition.Least, double.NegativeInfinity), NumberOr(definition.Greatest, double.PositiveInfinity)),
    };

    private static double NumberOr(decimal? limit, double none) => limit is { } number ? SignalValue.NumberOf(number) : none;
}
