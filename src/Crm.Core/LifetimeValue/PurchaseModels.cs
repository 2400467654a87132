using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>The purchase models by their short names, for callers that choose one at run time.</summary>
public static class PurchaseModels
{
    private const string BgNbdName = "bg-nbd";
    private const string MbgNbdName = "mbg-nbd";
    private const string ParetoNbdName = "pareto-nbd";

    /// <summary>Gets the short names, the ones to prefer at equal fit first.</summary>
    public static IReadOnlyList<string> Names { get; } = [MbgNbdName, BgNbdName, ParetoNbdName];

    /// <summary>Fits the model of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="histories">The histories.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model, or the diagnosis why there is none.</returns>
    /// <exception cref="ArgumentException">There is no model of this name.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FitResult<IPurchaseModel> Fit(
        string name, PurchaseHistories histories, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default) => name switch
        {
            BgNbdName => BgNbd.Fit(histories, progress, cancellationToken).As<IPurchaseModel>(),
            MbgNbdName => MbgNbd.Fit(histories, progress, cancellationToken).As<IPurchaseModel>(),
            ParetoNbdName => ParetoNbd.Fit(histories, progress, cancellationToken).As<IPurchaseModel>(),
            _ => throw Unknown(name),
        };

    /// <summary>Fits the model of a name under a prior.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="histories">The histories.</param>
    /// <param name="prior">What is held likely of the parameters before the data are seen.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model, with a caution that says so; or the diagnosis why there is none.</returns>
    /// <exception cref="ArgumentException">There is no model of this name.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FitResult<IPurchaseModel> FitPenalised(
        string name, PurchaseHistories histories, ParameterPrior prior, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default) => name switch
        {
            BgNbdName => BgNbd.FitPenalised(histories, prior, progress, cancellationToken).As<IPurchaseModel>(),
            MbgNbdName => MbgNbd.FitPenalised(histories, prior, progress, cancellationToken).As<IPurchaseModel>(),
            ParetoNbdName => ParetoNbd.FitPenalised(histories, prior, progress, cancellationToken).As<IPurchaseModel>(),
            _ => throw Unknown(name),
        };

    /// <summary>Makes the model of a name from its parameters.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="parameters">The parameters by the names of the paper.</param>
    /// <param name="unit">The unit of time.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There is no model of this name, or a parameter is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a number from 1e-30 to 1e30.</exception>
    public static IPurchaseModel Create(string name, IReadOnlyDictionary<string, double> parameters, TimeUnit unit)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return name switch
        {
            BgNbdName => new BgNbd(Parameter("r"), Parameter("alpha"), Parameter("a"), Parameter("b"), unit),
            MbgNbdName => new MbgNbd(Parameter("r"), Parameter("alpha"), Parameter("a"), Parameter("b"), unit),
            ParetoNbdName => new ParetoNbd(Parameter("r"), Parameter("alpha"), Parameter("s"), Parameter("beta"), unit),
            _ => throw Unknown(name),
        };

        double Parameter(string key) => parameters.TryGetValue(key, out double value) ? value : throw new ArgumentException(
            $"The model {name} needs the parameter '{key}'; there are {string.Join(", ", parameters.Keys)}.", nameof(parameters));
    }

    private static ArgumentException Unknown(string name) =>
        new($"There is no purchase model '{name}'. There are {string.Join(", ", Names)}.", nameof(name));
}
