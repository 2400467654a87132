namespace Crm.Core.LifetimeValue;

/// <summary>A fit has no model to give. The message says why and what to do.</summary>
public sealed class FitFailedException : InvalidOperationException
{
    internal FitFailedException(string model, IReadOnlyList<FitDiagnostic> diagnostics)
        : base($"{model} could not be fitted. {string.Join(" ", diagnostics.Where(d => d.IsFailure))}") => Diagnostics = diagnostics;

    /// <summary>Gets what the fit found.</summary>
    public IReadOnlyList<FitDiagnostic> Diagnostics { get; }
}
