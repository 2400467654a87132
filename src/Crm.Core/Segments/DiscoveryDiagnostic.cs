namespace Crm.Core.Segments;

/// <summary>One finding of a search for segments: what it is, in words, and what to do about it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DiscoveryDiagnostic
{
    internal DiscoveryDiagnostic(DiscoveryDiagnosis diagnosis, bool isFailure, string message, string advice) =>
        (Diagnosis, IsFailure, Message, Advice) = (diagnosis, isFailure, message, advice);

    /// <summary>Gets what was found.</summary>
    public DiscoveryDiagnosis Diagnosis { get; }

    /// <summary>Gets a value indicating whether it leaves the fit without a model; otherwise it is a caution beside one.</summary>
    public bool IsFailure { get; }

    /// <summary>Gets what was found, in words, with its numbers.</summary>
    public string Message { get; }

    /// <summary>Gets what to do.</summary>
    public string Advice { get; }

    /// <summary>Gives message and advice.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Message} {Advice}";
}
