using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

/// <summary>A store, fresh ids, and the model that says what the store should hold.</summary>
internal sealed record Scene<TStore, TModel>(Trial<TStore> Trial, TModel Model);
