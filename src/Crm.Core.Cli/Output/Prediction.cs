using Crm.Core.Cli.Files;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using CsvHelper;

namespace Crm.Core.Cli.Output;

/// <summary>What <c>crm predict</c> worked out, column by column; a column that cannot be given is empty, and a note says why.</summary>
internal sealed class Prediction
{
    private readonly PurchaseHistories _histories;
    private readonly Horizon _horizon;
    private readonly string _model;
    private readonly double[] _alive;
    private readonly double[] _purchases;
    private double[]? _discounted;
    private double[]? _spend;
    private double[]? _clv;

    private Prediction(string model, PurchaseHistories histories, Horizon horizon)
    {
        _model = model;
        _histories = histories;
        _horizon = horizon;
        _alive = new double[histories.Count];
        _purchases = new double[histories.Count];
    }

    internal List<string> Notes { get; } = [];

    /// <summary>Predicts for every customer.</summary>
    /// <exception cref="FitFailedException">The purchase model cannot be fitted.</exception>
    /// <exception cref="UndefinedValueException">The discounted purchases are infinite.</exception>
    internal static Prediction Of(
        string model,
        PurchaseHistories histories,
        SavedFits saved,
        Horizon horizon,
        DiscountRate? discount,
        double margin,
        IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var prediction = new Prediction(model, histories, horizon);
        progress.Report($"fitting {model}");
        IPurchaseModel buying = saved.Buying ?? PurchaseModels.Fit(model, histories, null, cancellationToken).OrThrow();
        progress.Report("predicting");
        buying.ProbabilityAlive(histories, prediction._alive);
        buying.ExpectedPurchases(histories, horizon, prediction._purchases, cancellationToken);
        if (discount is { } free && !buying.HasDiscountedPurchases(free, Horizon.Unlimited))
        {
            prediction.Notes.Add($"Without a discount the purchases to come are infinite under this {model} fit: dert and clv are empty. Give --discount or --delta above 0.");
        }
        else if (discount is { } rate)
        {
            prediction._discounted = new double[histories.Count];
            buying.DiscountedPurchases(histories, rate, Horizon.Unlimited, prediction._discounted, cancellationToken);
        }
        else
        {
            prediction.Notes.Add("The file does not name its unit of time, so a yearly discount rate has no meaning: dert and clv are empty. Give --unit, or --delta.");
        }

        prediction.AddSpend(saved, margin, cancellationToken);
        return prediction;
    }

    /// <summary>Writes one row a customer; what is read back has the same bits.</summary>
    internal void Write(TextWriter writer)
    {
        writer.WriteLine(FileMetadata.Format(_histories.Frame));
        using var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        bool shared = _histories.Customers.Length > 0;
        csv.WriteHeader(["customer_id", .. shared ? ["customers"] : Array.Empty<string>(), "p_alive", "expected_purchases", "expected_spend", "dert", "clv"]);
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
            csv.EndRecord();
        }
    }

    internal PredictionDocument ToDocument() => new()
    {
        Model = _model,
        Unit = _histories.Unit.Name,
        Currency = _histories.Currency.Code,
        Horizon = _horizon.ToString(),
        Customers = _histories.CustomerCount,
        Alive = Total(_alive)!.Value,
        ExpectedPurchases = Total(_purchases)!.Value,
        DiscountedPurchases = Total(_discounted),
        Clv = Total(_clv),
        Notes = Notes,
    };

    private void AddSpend(SavedFits saved, double margin, CancellationToken cancellationToken)
    {
        if (_histories.MeanSpend.Length == 0)
        {
            Notes.Add("The file has no mean_spend: expected_spend and clv are empty.");
            return;
        }

        var fit = saved.Spend is null ? GammaGamma.Fit(_histories, null, cancellationToken) : null;
        Notes.AddRange(fit?.Diagnostics.Select(diagnostic => diagnostic.ToString()) ?? []);
        ISpendModel? spend = saved.Spend ?? fit?.Model;
        if (spend is null || !spend.HasExpectedSpend(0))
        {
            Notes.Add("No expected spend can be given: expected_spend and clv are empty.");
            return;
        }

        _spend = new double[_histories.Count];
        spend.ExpectedSpend(_histories, _spend);
        _clv = _discounted?.Zip(_spend, (purchases, value) => margin * value * purchases).ToArray();
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
