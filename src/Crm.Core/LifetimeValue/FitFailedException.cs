namespace Crm.Core.LifetimeValue;

/// <summary>A fit has no model to give. The message says why and what to do.</summary>
public sealed class FitFailedException : InvalidOperationException
{
    internal FitFailedException(string model, IReadOnlyList<FitDiagnostic> diagnostics)
        : this(model, "could not be fitted", diagnostics.Where(d => d.IsFailure)) => Diagnostics = diagnostics;

    internal FitFailedException(string model, string what, IEnumerable<FitDiagnostic> why)
        : base($"{model} {what}. {string.Join(" ", why)}") => Diagnostics = [.. why];

    /// <summary>Gets what the fit found.</summary>
    public IReadOnlyList<FitDiagnostic> Diagnostics { get; }
}
