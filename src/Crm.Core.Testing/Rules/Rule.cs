namespace Crm.Core.Testing.Rules;

/// <summary>A promise with the check that tries it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Check">Throws where the store of the trial breaks it.</param>
/// <param name="Requires">What a store must declare.</param>
/// <param name="Besides">An interface that a store may implement besides and whose promise it is; null where it is one of every store.</param>
internal sealed record Rule<TStore>(
    string Name, string Why, Func<Trial<TStore>, Task> Check, StoreCapabilities Requires = StoreCapabilities.None, Type? Besides = null);
