namespace Crm.Core.Interactions;

/// <summary>Interactions cannot be appended as they are, and none of those given with them was.</summary>
/// <remarks>Give what is new an id of its own; what was wrong is corrected by an interaction of a new id that names it.</remarks>
public sealed class InteractionConflictException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="InteractionConflictException"/> class.</summary>
    /// <param name="saysOtherwise">The ids that are there already with another content.</param>
    /// <param name="correctsACorrection">The ids whose <see cref="Interaction.Corrects"/> names a correction, not the first of the row.</param>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    public InteractionConflictException(IReadOnlyList<InteractionId> saysOtherwise, IReadOnlyList<InteractionId> correctsACorrection)
        : base(Words(saysOtherwise, correctsACorrection))
    {
        SaysOtherwise = ValueList<InteractionId>.Of(saysOtherwise, nameof(saysOtherwise));
        CorrectsACorrection = ValueList<InteractionId>.Of(correctsACorrection, nameof(correctsACorrection));
    }

    /// <summary>Gets the ids that are there already, or twice in what was given, with another content.</summary>
    public IReadOnlyList<InteractionId> SaysOtherwise { get; }

    /// <summary>Gets the ids whose <see cref="Interaction.Corrects"/> names a correction, not the first of the row.</summary>
    public IReadOnlyList<InteractionId> CorrectsACorrection { get; }

    private static string Words(IReadOnlyList<InteractionId> saysOtherwise, IReadOnlyList<InteractionId> correctsACorrection)
    {
        ArgumentNullException.ThrowIfNull(saysOtherwise);
        ArgumentNullException.ThrowIfNull(correctsACorrection);
        return "Nothing was appended."
            + Sentence(saysOtherwise, " are there already with another content; correct them by interactions of new ids that name them")
            + Sentence(correctsACorrection, " correct a correction; name the interaction it corrects instead");
    }

    private static string Sentence(IReadOnlyList<InteractionId> ids, string words) => ids.Count == 0 ? ""
        : $" {string.Join(", ", ids.Take(RowFaultsException.MaxNamed))}{(ids.Count > RowFaultsException.MaxNamed ? FormattableString.Invariant($" and {ids.Count - RowFaultsException.MaxNamed} more") : "")}{words}.";
}
