namespace Crm.Core.Testing.Sequences;

/// <summary>One operation, made of drawn values only, so that it can be run without the steps before it.</summary>
/// <param name="Words">What it does.</param>
/// <param name="Run">Does it to the store and the model and throws where they answer differently.</param>
internal sealed record SequenceStep<TStore, TModel>(string Words, Func<Scene<TStore, TModel>, Task> Run);
