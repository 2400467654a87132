namespace Crm.Core.LifetimeValue;

/// <summary>One finding of a fit: what it is, in words, and what to do about it.</summary>
/// <param name="Diagnosis">What was found.</param>
/// <param name="IsFailure">Whether it leaves the fit without a model; otherwise it is a caution beside one.</param>
/// <param name="Message">What was found, in words, with its numbers.</param>
/// <param name="Advice">What to do.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FitDiagnostic(FitDiagnosis Diagnosis, bool IsFailure, string Message, string Advice)
{
    /// <summary>Gives message and advice.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Message} {Advice}";
}
