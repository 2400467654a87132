using System.Diagnostics.CodeAnalysis;

namespace Crm.Core.LifetimeValue;

/// <summary>What came of a fit: a model at the maximum of its likelihood, or the diagnosis why there is none.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>A half-fitted model is never given. Immutable and thread-safe.</remarks>
public sealed class FitResult<TModel>
    where TModel : class
{
    private readonly string _name;

    internal FitResult(string name, TModel? model, FitStatistics? statistics, IReadOnlyList<FitDiagnostic> diagnostics)
    {
        _name = name;
        Model = model;
        Statistics = statistics;
        Diagnostics = [.. diagnostics];
    }

    /// <summary>Gets the short name of the model: "bg-nbd".</summary>
    public string Name => _name;

    /// <summary>Gets the model, or null where the fit failed.</summary>
    public TModel? Model { get; }

    /// <summary>Gets the figures of the fit, or null where it failed.</summary>
    public FitStatistics? Statistics { get; }

    /// <summary>Gets what the fit found: failures where there is no model, cautions where there is one.</summary>
    public IReadOnlyList<FitDiagnostic> Diagnostics { get; }

    /// <summary>Gets a value indicating whether there is a model.</summary>
    [MemberNotNullWhen(true, nameof(Model), nameof(Statistics))]
    public bool Converged => Model is not null;

    /// <summary>Gives the model.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="FitFailedException">There is none; the message says why and what to do.</exception>
    public TModel OrThrow() => Model ?? throw new FitFailedException(_name, Diagnostics);

    /// <summary>Gives how uncertain the parameters are.</summary>
    /// <exception cref="FitFailedException">There is no model, or the data do not determine it well enough.</exception>
    internal ParameterCovariance CovarianceOrThrow()
    {
        _ = OrThrow();
        return Statistics!.Covariance ?? throw new FitFailedException(
            _name, "gives no intervals", Diagnostics.Where(found => found.Diagnosis == FitDiagnosis.FlatDirection));
    }

    /// <summary>Gives the same result with one more finding.</summary>
    internal FitResult<TModel> With(FitDiagnostic diagnostic) => new(_name, Model, Statistics, [.. Diagnostics, diagnostic]);

    /// <summary>Gives the same result under a wider type: an interface of the model.</summary>
    /// <typeparam name="TOther">The wider type.</typeparam>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidCastException">The model is not of this type.</exception>
    public FitResult<TOther> As<TOther>()
        where TOther : class => new(_name, (TOther?)(object?)Model, Statistics, Diagnostics);
}
