using System.Text.Json;
using Crm.Core.Histories;
using NodaTime.Text;

namespace Crm.Core.LifetimeValue;

/// <summary>A fit as it is saved and sent: JSON with a schema number, the model's parameters, and what they are counted in.</summary>
/// <remarks>Numbers are written so that they round-trip to the bit. Immutable and thread-safe.</remarks>
public sealed record FitDocument
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Gets the schema number.</summary>
    public required int Schema { get; init; }

    /// <summary>Gets the library that wrote it, with its version.</summary>
    public required string Library { get; init; }

    /// <summary>Gets the model's short name: "bg-nbd".</summary>
    public required string Model { get; init; }

    /// <summary>Gets the unit of time: "week", or "unnamed".</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the window's last day in ISO 8601, or null where nobody has named it.</summary>
    public string? Window { get; init; }

    /// <summary>Gets the time zone of the days.</summary>
    public string? Zone { get; init; }

    /// <summary>Gets the currency of the amounts, XXX where nobody has named it.</summary>
    public required string Currency { get; init; }

    /// <summary>Gets the parameters by the names of the paper, or null where the fit failed.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>Gets the standard errors of the parameters, or null where the fit failed.</summary>
    public IReadOnlyDictionary<string, double>? StandardErrors { get; init; }

    /// <summary>Gets the standard errors that also hold where customers are not quite as the model says (sandwich); null as the others.</summary>
    public IReadOnlyDictionary<string, double>? SandwichErrors { get; init; }

    /// <summary>
    /// Gets the covariance of the logarithms of the parameters, row by row in the paper's order: with it a saved fit gives intervals. Null where
    /// the fit failed or the data do not determine the parameters well enough.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>>? LogCovariance { get; init; }

    /// <summary>
    /// Gets the third derivatives of the log-likelihood in the logarithms of the parameters, by i ≤ j ≤ k: with them the intervals of customers without
    /// repeat purchases are those of the fit. Of MBG/NBD only; null where there is no covariance or an older version saved it.
    /// </summary>
    public IReadOnlyList<double>? LogThirdDerivatives { get; init; }

    /// <summary>Gets the standard deviation of the prior on the logarithms of the parameters; null for maximum likelihood.</summary>
    public double? PriorLogDeviation { get; init; }

    /// <summary>Gets the <see cref="PurchaseHistories.Fingerprint"/> of the data; null where the model was made of plain parameters.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Gets how the fit did on the test period of its histories; null where they had none.</summary>
    public HoldoutFigures? Holdout { get; init; }

    /// <summary>Gets the log-likelihood at the parameters, or null where the fit failed.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>Gets Akaike's criterion, or null where the fit failed.</summary>
    public double? Aic { get; init; }

    /// <summary>Gets the Bayesian criterion, or null where the fit failed.</summary>
    public double? Bic { get; init; }

    /// <summary>Gets how many customers the likelihood is of.</summary>
    public long Customers { get; init; }

    /// <summary>Gets a value indicating whether there is a model.</summary>
    public required bool Converged { get; init; }

    /// <summary>Gets what the fit found.</summary>
    public required IReadOnlyList<FitDiagnostic> Diagnostics { get; init; }

    private static string LibraryVersion => "Crm.Core " + typeof(FitDocument).Assembly.GetName().Version!.ToString(3);

    /// <summary>Makes the document of a fit.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="fit">The fit.</param>
    /// <param name="histories">The histories it was fitted to.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static FitDocument Of<TModel>(FitResult<TModel> fit, PurchaseHistories histories)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(histories);
        return new()
        {
            Schema = CurrentSchema,
            Library = LibraryVersion,
            Model = fit.Name,
            Unit = histories.Unit.Name,
            Window = histories.Frame.Window is { } window ? LocalDatePattern.Iso.Format(window.LastDay) : null,
            Zone = histories.Frame.Zone.Id,
            Currency = histories.Currency.Code,
            Parameters = fit.Statistics?.Parameters.ToDictionary(p => p.Name, p => p.Value),
            StandardErrors = fit.Statistics?.Parameters.ToDictionary(p => p.Name, p => p.StandardError),
            SandwichErrors = fit.Statistics?.Parameters.ToDictionary(p => p.Name, p => p.SandwichError),
            LogCovariance = fit.Statistics?.Covariance?.ToRows(),
            LogThirdDerivatives = fit.Statistics?.Covariance?.ThirdDerivatives,
            PriorLogDeviation = fit.Statistics?.Prior?.LogDeviation,
            Fingerprint = histories.Fingerprint,
            Holdout = HoldoutOf(fit.Model as IPurchaseModel, histories),
            LogLikelihood = fit.Statistics?.LogLikelihood,
            Aic = fit.Statistics?.Aic,
            Bic = fit.Statistics?.Bic,
            Customers = fit.Statistics?.Customers ?? histories.CustomerCount,
            Converged = fit.Converged,
            Diagnostics = fit.Diagnostics,
        };
    }

    /// <summary>Makes the document of a purchase model that was made from plain parameters.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The document; it has no figures of a fit.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static FitDocument Of(IPurchaseModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OfParameters(model.Name, model.Unit, Crm.Core.Currency.None, model.Parameters);
    }

    /// <summary>Makes the document of a spend model that was made from plain parameters.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The document; it has no figures of a fit.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static FitDocument Of(ISpendModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OfParameters(model.Name, TimeUnit.Unnamed, model.Currency, model.Parameters);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is not such a document, or its schema is newer than this library.</exception>
    public static FitDocument FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        FitDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, FitDocumentJson.Default.FitDocument);
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                FormattableString.Invariant($"This is not a saved fit: the JSON is wrong at line {exception.LineNumber + 1}, {exception.Path ?? "$"}: {WhatIsWrong(exception)} Write one with 'crm fit MODEL SUMMARY --json'."),
                exception);
        }

        return document switch
        {
            null => throw new FormatException("This is not a saved fit: the JSON is null."),
            { Schema: > CurrentSchema } => throw new FormatException(FormattableString.Invariant(
                $"This fit has schema {document.Schema}, and this library reads schemas up to {CurrentSchema}. Use a newer version of the library.")),
            { Schema: < 1 } => throw new FormatException(FormattableString.Invariant(
                $"This fit has schema {document.Schema}; schemas are counted from 1. Save the fit again with 'crm fit MODEL SUMMARY -o FILE'.")),
            _ => WithFields(document),
        };
    }

    // The reader speaks of types of this library and repeats the place; whoever wrote the file knows neither.
    private static string WhatIsWrong(JsonException exception)
    {
        const string lacking = "including: ";
        string message = exception.Message;
        int lacks = message.IndexOf(lacking, StringComparison.Ordinal);
        int place = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return lacks >= 0 ? $"it lacks {message[(lacks + lacking.Length)..]}"
            : message.Contains("could not be converted", StringComparison.Ordinal) ? "the value is null, or of another kind than a saved fit has there."
            : place >= 0 ? message[..place] : message;
    }

    // What a hand or another program may have left out or put in.
    private static FitDocument WithFields(FitDocument document)
    {
        string? wrong = document switch
        {
            { Model: null } => "model is null; it is a model's short name",
            { Unit: null } => "unit is null; it is day, week, month, year or unnamed",
            { Currency: null } => "currency is null; it is a code of ISO 4217",
            { Diagnostics: null } => "diagnostics is null; it is a list, empty where the fit found nothing",
            { Window: { } window } when !LocalDatePattern.Iso.Parse(window).Success => $"window is '{window}'; it is a day such as 1997-09-30",
            { PriorLogDeviation: { } deviation } when !(deviation > 0) => "priorLogDeviation is not above 0",
            _ => document.Diagnostics.Any(found => found?.Message is null || found.Advice is null)
                ? "an entry of diagnostics has no message or no advice" : null,
        };
        return wrong is null ? document : throw new FormatException($"This is not a saved fit: {wrong}. Save the fit again with 'crm fit MODEL SUMMARY -o FILE'.");
    }

    /// <summary>Writes the document.</summary>
    /// <returns>JSON, indented.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, FitDocumentJson.Default.FitDocument);

    /// <summary>Makes the purchase model again.</summary>
    /// <returns>The model, with the same bits.</returns>
    /// <exception cref="FormatException">The document has no parameters, or is of no purchase model.</exception>
    public IPurchaseModel ToPurchaseModel()
    {
        if (!PurchaseModels.Names.Contains(Model))
        {
            throw new FormatException($"This fit is of '{Model}', which is no purchase model. There are {string.Join(", ", PurchaseModels.Names)}.");
        }

        return Made(parameters => PurchaseModels.Create(Model, parameters, NamedUnit()));
    }

    /// <summary>Makes the spend model again.</summary>
    /// <returns>The model, with the same bits.</returns>
    /// <exception cref="FormatException">The document has no parameters, or is of no spend model.</exception>
    public ISpendModel ToSpendModel()
    {
        if (Model != GammaGamma.ShortName)
        {
            throw new FormatException($"This fit is of '{Model}', which is no spend model. There is {GammaGamma.ShortName}.");
        }

        return Made(_ => new GammaGamma(Parameter("p"), Parameter("q"), Parameter("gamma"), NamedCurrency()));
    }

    /// <summary>Gives how uncertain the parameters were, for estimates with intervals: <c>PurchaseEstimates.Of(model, covariance)</c>.</summary>
    /// <returns>The covariance, with the same bits; null where none was saved.</returns>
    /// <exception cref="FormatException">What was saved is no covariance of these parameters, or another number of third derivatives.</exception>
    public ParameterCovariance? ToCovariance()
    {
        if (LogCovariance is null)
        {
            return null;
        }

        int parameters = Parameters?.Count ?? LogCovariance.Count;
        int thirds = Numerics.ThirdDerivatives.CountOf(parameters);
        if (LogThirdDerivatives is { } given && (given.Count != thirds || !given.All(double.IsFinite)))
        {
            throw new FormatException(FormattableString.Invariant(
                $"The logThirdDerivatives of this saved {Model} are {given.Count} numbers; of {parameters} parameters there are {thirds}, each finite. Leave them out, or fit again."));
        }

        return ParameterCovariance.OfRows(LogCovariance, LogCovariance.Count, LogThirdDerivatives) ?? throw new FormatException(
            $"The logCovariance of this saved {Model} is not a covariance of its parameters: square, symmetric, positive definite, no standard error above 3. Fit again.");
    }

    private static HoldoutFigures? HoldoutOf(IPurchaseModel? model, PurchaseHistories histories) =>
        model is null || !HoldoutSample.CanBeOf(histories) ? null
            : HoldoutFigures.Of(HoldoutValidation.Of(model, null, HoldoutSample.Of(histories)));

    private static FitDocument OfParameters(
        string model, TimeUnit unit, Currency currency, IReadOnlyList<KeyValuePair<string, double>> parameters) => new()
        {
            Schema = CurrentSchema,
            Library = LibraryVersion,
            Model = model,
            Unit = unit.Name,
            Currency = currency.Code,
            Parameters = parameters.ToDictionary(),
            Converged = true,
            Diagnostics = [],
        };

    private double Parameter(string name) => Parameters!.TryGetValue(name, out double value)
        ? value
        : throw new FormatException($"The saved {Model} has no parameter '{name}'; there are {string.Join(", ", Parameters.Keys)}.");

    private TModel Made<TModel>(Func<IReadOnlyDictionary<string, double>, TModel> make)
    {
        if (!Converged || Parameters is null)
        {
            throw new FormatException($"This saved fit of {Model} did not converge and gives no model. {string.Join(" ", Diagnostics.Where(found => found.IsFailure))}".TrimEnd());
        }

        try
        {
            return make(Parameters);
        }
        catch (ArgumentException exception)
        {
            // Which argument of a method of this library it was says nothing to whoever wrote the file; which parameter of the model does.
            string wrong = exception.ParamName is { } name && Parameters.ContainsKey(name) ? $"The parameter {name} of this saved {Model} is wrong." : $"The parameters of this saved {Model} are wrong.";
            throw new FormatException($"{wrong} {exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal)}", exception);
        }
    }

    private TimeUnit NamedUnit() => TimeUnit.TryOf(Unit, out TimeUnit unit)
        ? unit
        : throw new FormatException($"The unit of this saved {Model} is '{Unit}'; it is day, week, month, year or unnamed.");

    private Currency NamedCurrency() => Crm.Core.Currency.TryOf(Currency, out Currency currency)
        ? currency
        : throw new FormatException($"The currency of this saved {Model} is '{Currency}'; it is a code of ISO 4217.");
}
