namespace Crm.Core.Hosting;

/// <summary>What is passed to a partner, or why nothing is.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SharingResult
{
    /// <summary>Gets the data; null where nothing is passed on.</summary>
    public PartnerData? Data { get; init; }

    /// <summary>Gets why nothing is passed on; <see cref="SharingRefusal.None"/> where something is.</summary>
    public SharingRefusal Refusal { get; init; }

    /// <summary>Gets the reason in words, without personal data; null where something is passed on.</summary>
    public string? Why { get; init; }

    /// <summary>Gives the outcome in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Why ?? Data?.ToString() ?? "nothing";
}
