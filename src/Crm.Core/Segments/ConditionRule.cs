namespace Crm.Core.Segments;

/// <summary>The value of a signal passes a test.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ConditionRule : SegmentRule
{
    private readonly Signal _signal = null!;
    private readonly SignalTest _test = null!;

    /// <summary>Gets what is asked about.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required Signal Signal
    {
        get => _signal;
        init => _signal = value ?? throw new ArgumentNullException(nameof(Signal));
    }

    /// <summary>Gets what is asked.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required SignalTest Test
    {
        get => _test;
        init => _test = value ?? throw new ArgumentNullException(nameof(Test));
    }

    /// <inheritdoc/>
    public override int Depth => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRule> Parts => ValueList<SegmentRule>.None;

    internal override string InWords(bool isPart)
    {
        string unit = Signal switch
        {
            AttributeSignal attribute => attribute.Unit ?? "",
            ColumnSignal column => column.Unit ?? "",
            _ => "",
        };
        return $"{Signal} is {Test.InWords(unit)}";
    }
}
