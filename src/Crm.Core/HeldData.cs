namespace Crm.Core;

/// <summary>One item a store holds on a person, in a form that can be handed to that person.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Kind">What it is: "customer", "interaction", "score", "named by another customer".</param>
/// <param name="Json">The whole item as one JSON value.</param>
public sealed record HeldData(string Kind, string Json)
{
    /// <summary>Gives the kind, nothing of the item.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Kind;
}
