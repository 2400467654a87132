using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>A purchase model that was tried.</summary>
internal sealed record ModelTried(string Name, bool Chosen, FitDocument Fit);
