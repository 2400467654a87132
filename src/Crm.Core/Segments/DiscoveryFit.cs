using System.Diagnostics.CodeAnalysis;

namespace Crm.Core.Segments;

/// <summary>What came of a fit of segments: a model with its figures, or the diagnosis why there is none.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>A half-fitted model is never given without saying so. Immutable and thread-safe.</remarks>
public sealed class DiscoveryFit<TModel>
    where TModel : DiscoveryModel
{
    internal DiscoveryFit(string name, TModel? model, DiscoveryStatistics? statistics, IEnumerable<DiscoveryDiagnostic> diagnostics)
    {
        Name = name;
        Model = model;
        Statistics = statistics;
        Diagnostics = Array.AsReadOnly([.. diagnostics]);
    }

    /// <summary>Gets the short name of the model: "k-means", "gaussian-mixture".</summary>
    public string Name { get; }

    /// <summary>Gets the model, or null where the fit failed.</summary>
    public TModel? Model { get; }

    /// <summary>Gets the figures of the fit, or null where it failed.</summary>
    public DiscoveryStatistics? Statistics { get; }

    /// <summary>Gets what the fit found: failures where there is no model, cautions where there is one.</summary>
    public IReadOnlyList<DiscoveryDiagnostic> Diagnostics { get; }

    /// <summary>Gets a value indicating whether there is a model.</summary>
    [MemberNotNullWhen(true, nameof(Model), nameof(Statistics))]
    public bool Succeeded => Model is not null;

    /// <summary>Gives the model.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="DiscoveryFailedException">There is none; the message says why and what to do.</exception>
    public TModel OrThrow() => Model ?? throw new DiscoveryFailedException($"{Name} could not be fitted.", Diagnostics);
}
