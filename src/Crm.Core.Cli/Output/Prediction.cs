using Crm.Core.Cli.Files;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using CsvHelper;

namespace Crm.Core.Cli.Output;

/// <summary>What <c>crm predict</c> worked out, column by column; a column that cannot be given is empty, and a note says why.</summary>
internal sealed class Prediction
{
    private readonly PurchaseHistories _histories;
    private readonly SkippedRows _skipped;
    private readonly PredictionTerms _asked;
    private readonly double[] _alive;
    private readonly double[] _purchases;
    private double[]? _discounted;
    private double[]? _spend;
    private double[]? _clv;
    private double[]? _low;
    private double[]? _high;
    private TotalForecast? _purchaseTotal;
    private TotalForecast? _clvTotal;
    private HoldoutValidation? _holdout;

    private Prediction(PurchaseHistories histories, SkippedRows skipped, PredictionTerms asked)
    {
        _histories = histories;
        _skipped = skipped;
        _asked = asked;
        _alive = new double[histories.Count];
        _purchases = new double[histories.Count];
    }

    internal List<string> Notes { get; } = [];

    /// <summary>Predicts for every customer.</summary>
    /// <exception cref="FitFailedException">The purchase model cannot be fitted.</exception>
    /// <exception cref="UndefinedValueException">The discounted purchases are infinite.</exception>
    internal static Prediction Of(
        PurchaseHistories histories, SkippedRows skipped, SavedFits saved, PredictionTerms asked, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var prediction = new Prediction(histories, skipped, asked);
        prediction.Notes.AddRange(skipped.Words());
        prediction.Notes.AddRange(saved.Notes);
        progress.Report($"fitting {asked.Model}");
        var fit = saved.Buying is not null ? null
            : asked.Prior is { } prior ? PurchaseModels.FitPenalised(asked.Model, histories, prior, null, cancellationToken)
            : PurchaseModels.Fit(asked.Model, histories, null, cancellationToken);
        IPurchaseModel buying = saved.Buying ?? fit!.OrThrow();
        ParameterCovariance? covariance = saved.Buying is null ? fit!.Statistics!.Covariance : saved.BuyingCovariance;
        PurchaseEstimates? estimates = covariance is null ? null : PurchaseEstimates.Of(buying, covariance);
        if (estimates is null)
        {
            prediction.Notes.Add(saved.Buying is null
                ? $"No intervals can be given. {string.Join(" ", fit!.Diagnostics.Where(found => found.Diagnosis == FitDiagnosis.FlatDirection))}"
                : "The saved fit carries no covariance of its parameters, so that no intervals can be given.");
        }

        progress.Report("predicting");
        buying.ProbabilityAlive(histories, prediction._alive);
        buying.ExpectedPurchases(histories, asked.Horizon, prediction._purchases, cancellationToken);
        prediction._purchaseTotal = estimates?.TotalPurchases(histories, asked.Horizon, cancellationToken);
        prediction.Notes.AddRange(SummaryFile.NotesOnHoldout(histories));
        if (histories.HoldoutFrequency.Length > 0 && histories.Frame.HoldoutLength > 0)
        {
            prediction._holdout = HoldoutValidation.Of(buying, covariance, HoldoutSample.Of(histories), null, cancellationToken);
        }

        bool hasDert = prediction.AddDiscounted(buying, cancellationToken);
        prediction.AddSpend(saved, hasDert ? estimates : null, cancellationToken);
        return prediction;
    }

    /// <summary>Writes one row a customer; what is read back has the same bits.</summary>
    internal void Write(TextWriter writer)
    {
        writer.WriteLine(FileMetadata.Format(_histories.Frame));
        using var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        bool shared = _histories.Customers.Length > 0;
        csv.WriteHeader(
        [
            "customer_id", .. shared ? ["customers"] : Array.Empty<string>(), "p_alive", "expected_purchases", "expected_spend", "dert", "clv",
            "clv_estimate_low", "clv_estimate_high",
        ]);
        for (int row = 0; row < _histories.Count; row++)
        {
            csv.WriteField(_histories.Ids[row].ToString());
            if (shared)
            {
                csv.WriteField(SummaryFile.Text(_histories.Customers[row]));
            }

            csv.WriteField(SummaryFile.Text(_alive[row]));
            csv.WriteField(SummaryFile.Text(_purchases[row]));
            csv.WriteField(Cell(_spend, row));
            csv.WriteField(Cell(_discounted, row));
            csv.WriteField(Cell(_clv, row));
            csv.WriteField(Cell(_low, row));
            csv.WriteField(Cell(_high, row));
            csv.EndRecord();
        }
    }

    internal PredictionDocument ToDocument() => new()
    {
        Model = _asked.Model,
        Unit = _histories.Unit.Name,
        Currency = _histories.Currency.Code,
        Horizon = _asked.Horizon.ToString(),
        Customers = _histories.CustomerCount,
        Skipped = _skipped,
        Alive = Total(_alive)!.Value,
        ExpectedPurchases = _purchaseTotal?.Value ?? Total(_purchases)!.Value,
        ExpectedPurchasesForecast = _purchaseTotal is null ? null : ForecastLine.Of(_purchaseTotal, _asked.Level),
        DiscountedPurchases = Total(_discounted),
        Clv = _clvTotal?.Value ?? Total(_clv),
        Holdout = _holdout is null ? null : ErrorsLine.Of(_holdout.Purchases),
        ClvForecast = _clvTotal is null ? null : ForecastLine.Of(_clvTotal, _asked.Level),
        Notes = Notes,
    };

    private bool AddDiscounted(IPurchaseModel buying, CancellationToken cancellationToken)
    {
        if (_asked.Discount is not { } rate)
        {
            Notes.Add("The file does not name its unit of time, so a yearly discount rate has no meaning: dert and clv are empty. Give --unit, or --delta.");
            return false;
        }

        if (!buying.HasDiscountedPurchases(rate, Horizon.Unlimited))
        {
            Notes.Add($"Without a discount the purchases to come are infinite under this {_asked.Model} fit: dert and clv are empty. Give --discount or --delta above 0.");
            return false;
        }

        _discounted = new double[_histories.Count];
        buying.DiscountedPurchases(_histories, rate, Horizon.Unlimited, _discounted, cancellationToken);
        return true;
    }

    private void AddSpend(SavedFits saved, PurchaseEstimates? buying, CancellationToken cancellationToken)
    {
        if (_histories.MeanSpend.Length == 0)
        {
            Notes.Add("The file has no mean_spend: expected_spend and clv are empty.");
            return;
        }

        var fit = saved.Spend is not null ? null
            : _asked.Prior is { } prior ? GammaGamma.FitPenalised(_histories, prior, null, cancellationToken)
            : GammaGamma.Fit(_histories, null, cancellationToken);
        Notes.AddRange(fit?.Diagnostics.Select(diagnostic => diagnostic.ToString()) ?? []);
        GammaGamma? spend = saved.Spend ?? fit?.Model;
        if (spend is null || !spend.HasExpectedSpend(0))
        {
            Notes.Add(spend is null
                ? "No expected spend can be given: expected_spend and clv are empty."
                : FormattableString.Invariant($"No expected spend can be given: the spread of spend between customers is so wide (q = {spend.Q:0.###}, at most 1) that the population mean does not exist. expected_spend and clv are empty; fit gamma-gamma on more customers."));
            return;
        }

        _spend = new double[_histories.Count];
        spend.ExpectedSpend(_histories, _spend);
        _clv = _discounted?.Zip(_spend, (purchases, value) => _asked.Margin * value * purchases).ToArray();
        ParameterCovariance? covariance = saved.Spend is null ? fit!.Statistics!.Covariance : saved.SpendCovariance;
        if (buying is not null && covariance is not null)
        {
            AddIntervals(buying, SpendEstimates.Of(spend, covariance), cancellationToken);
        }
    }

    private void AddIntervals(PurchaseEstimates buying, SpendEstimates spend, CancellationToken cancellationToken)
    {
        var terms = new ClvTerms { Margin = _asked.Margin, Discount = _asked.Discount!.Value };
        var estimates = CustomerValueEstimates.Of(_histories, buying, spend, terms, cancellationToken);
        _low = new double[_histories.Count];
        _high = new double[_histories.Count];
        estimates.Clv.EstimateInterval(_asked.Level, _low, _high);
        _clvTotal = estimates.Total;
    }

    private static string Cell(double[]? column, int row) => column is null ? "" : SummaryFile.Text(column[row]);

    private double? Total(double[]? column)
    {
        if (column is null)
        {
            return null;
        }

        double total = 0;
        for (int row = 0; row < column.Length; row++)
        {
            total += column[row] * (_histories.Customers.Length == 0 ? 1 : _histories.Customers[row]);
        }

        return total;
    }
}
