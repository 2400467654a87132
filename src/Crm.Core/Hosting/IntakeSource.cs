using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What one system outside may tell.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record IntakeSource
{
    private readonly SourceId _source;
    private readonly IReadOnlyList<IntakeKind> _kinds = ValueList<IntakeKind>.None;
    private readonly IReadOnlyList<AttributeId> _attributes = ValueList<AttributeId>.None;
    private readonly IReadOnlyList<SourceId> _mayCorrect = ValueList<SourceId>.None;
    private readonly Duration? _mostInPast;
    private readonly Duration _mostInFuture;

    /// <summary>Gets the source.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SourceId.None"/>.</exception>
    public required SourceId Source
    {
        get => _source;
        init => _source = StoredText.Id(value, SourceId.None);
    }

    /// <summary>Gets the kinds of interactions it may tell of; none by default.</summary>
    /// <exception cref="ArgumentException">The list or one of its items is null.</exception>
    public IReadOnlyList<IntakeKind> Kinds
    {
        get => _kinds;
        init => _kinds = ValueList<IntakeKind>.Of(value, nameof(Kinds));
    }

    /// <summary>Gets how long ago an interaction may have happened; null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public Duration? MostInPast
    {
        get => _mostInPast;
        init => _mostInPast = value is { } most ? NotNegative(most, nameof(MostInPast)) : null;
    }

    /// <summary>Gets how far ahead of the clock here an interaction may lie, for clocks that do not agree; nothing by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public Duration MostInFuture
    {
        get => _mostInFuture;
        init => _mostInFuture = NotNegative(value, nameof(MostInFuture));
    }

    /// <summary>Gets the other sources whose interactions it may correct or retract; none by default. Its own it always may.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<SourceId> MayCorrect
    {
        get => _mayCorrect;
        init => _mayCorrect = ValueList<SourceId>.Of(value, nameof(MayCorrect));
    }

    /// <summary>
    /// Gets a value indicating whether it may correct what has not come yet; not by default. Whose that will be nobody can check: allow it to a source that delivers
    /// out of order and is trusted.
    /// </summary>
    public bool MayCorrectEarly { get; init; }

    /// <summary>Gets the kinds of facts it may state; none by default.</summary>
    public IntakeFacts Facts { get; init; }

    /// <summary>Gets the attributes it may state; none by default.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<AttributeId> Attributes
    {
        get => _attributes;
        init => _attributes = ValueList<AttributeId>.Of(value, nameof(Attributes));
    }

    private static Duration NotNegative(Duration value, string name) => value >= Duration.Zero
        ? value : throw new ArgumentOutOfRangeException(name, "A time is nothing or some. Give it without a minus sign.");
}
