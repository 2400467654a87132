namespace Crm.Core.Segments;

/// <summary>A model's answer, or another column that is computed: value, P(alive), tier.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ColumnSignal : Signal
{
    private readonly string _name = "";
    private readonly string? _unit;

    /// <summary>Gets the name of the column.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public required string Name
    {
        get => _name;
        init => _name = StoredText.Line(value);
    }

    /// <summary>Gets the unit of its numbers, or their currency; null for none.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Unit
    {
        get => _unit;
        init => _unit = StoredText.LineOrNull(value);
    }

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        ColumnDefinition? definition = schema.FindColumn(Name);
        fault = definition is null ? $"there is no column {Name}; declared are {string.Join(", ", schema.Columns.Select(column => column.Name).DefaultIfEmpty("none"))}"
            : definition.Unit != Unit ? $"the column {Name} is in {definition.Unit ?? "no unit"}, not in {Unit ?? "no unit"}" : null;
        return fault is null ? definition!.Type : null;
    }

    internal override SignalValue ValueOf(SegmentSubject subject) =>
        subject.Columns.TryGetValue(Name, out ColumnValue value) ? value.Value : SignalValue.Unknown("it has not been computed");

    private protected override string InWords() => Name;
}
