using System.Globalization;

namespace Crm.Core.Testing;

/// <summary>One call of a faulty store, as it is recorded.</summary>
/// <remarks>It holds nothing of what was given or answered. Immutable and thread-safe.</remarks>
/// <param name="Number">Which call of the store it is, from 1.</param>
/// <param name="Member">The member: "SaveAsync".</param>
/// <param name="Fault">How it fails.</param>
public sealed record StoreCall(int Number, string Member, StoreFault Fault)
{
    /// <summary>Gives number, member and fault.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}. {Member}: {Fault}");
}
