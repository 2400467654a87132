namespace Crm.Core.Hosting;

/// <summary>Something a run made and that is kept with it: a fitted model, the state of the histories.</summary>
/// <remarks>Immutable and thread-safe, as long as nobody writes into <see cref="Content"/>.</remarks>
public sealed record RunArtefact
{
    /// <summary>The name under which the state of the histories is kept: data of single customers, see <see cref="StoredHistories"/>.</summary>
    public const string Histories = "histories";

    /// <summary>The name of what is kept of the ids of all that was corrected; see <see cref="CorrectedIds"/>.</summary>
    internal const string Corrected = "corrected";

    /// <summary>The name of the mark of a run that is under way; an erasure takes it away.</summary>
    internal const string Begun = "begun";

    /// <summary>Gets the run.</summary>
    public required RunId Run { get; init; }

    /// <summary>Gets the name, one of a kind in the run: the short name of a model, <see cref="Histories"/>, or one of the refresh's own.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the content: a <see cref="LifetimeValue.FitDocument"/> as JSON in UTF-8, a saved <see cref="Crm.Core.Histories.HistoryState"/>, or what the refresh keeps besides.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether another artefact is of the same run and name and has the same content.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(RunArtefact? other) => other is not null && Run == other.Run && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Run, Name, Content.Length);

    /// <summary>Gives the run and the length, nothing of the content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"artefact of run {Run}, {Content.Length} bytes");
}
