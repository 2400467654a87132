using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Files;

/// <summary>Saved fits that the user named: a purchase model, a spend model, either or none, with their uncertainty where it was saved.</summary>
internal sealed record SavedFits
{
    internal IPurchaseModel? Buying { get; private init; }

    internal ParameterCovariance? BuyingCovariance { get; private init; }

    internal GammaGamma? Spend { get; private init; }

    internal ParameterCovariance? SpendCovariance { get; private init; }

    /// <summary>Gets what a reader must know of these fits.</summary>
    internal IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Reads the files and checks that they are of these histories' kind.</summary>
    /// <exception cref="InputException">A file is no fit, or is counted in something else than the histories; the message names both sides.</exception>
    internal static SavedFits Read(string[] paths, string model, PurchaseHistories histories)
    {
        var saved = new SavedFits();
        foreach (string path in paths)
        {
            FitDocument document = Load(path);
            CheckFrame(path, document, histories);
            if (document.Model != Commands.FitCommand.SpendModel && document.Model != model)
            {
                throw new InputException($"{path} is a fit of {document.Model}, and {model} was asked for. Name the model of the fit, or another file.");
            }

            if (document.Model == Commands.FitCommand.SpendModel ? saved.Spend is not null : saved.Buying is not null)
            {
                throw new InputException($"{path} is a second fit of the same kind ({document.Model}). Give one purchase model and one spend model.");
            }

            try
            {
                saved = document.Model == Commands.FitCommand.SpendModel
                    ? saved with { Spend = Checked(path, (GammaGamma)document.ToSpendModel(), histories), SpendCovariance = document.ToCovariance() }
                    : saved with { Buying = Checked(path, document.ToPurchaseModel(), histories), BuyingCovariance = document.ToCovariance() };
                saved = saved with { Notes = [.. saved.Notes, .. NotesOn(path, document, histories)] };
            }
            catch (FormatException exception)
            {
                throw new InputException($"{path}: {exception.Message}", exception);
            }
        }

        return saved;
    }

    // What is named on both sides must agree; a table without its first line names no zone.
    private static void CheckFrame(string path, FitDocument document, PurchaseHistories histories)
    {
        if (histories.Frame.Window is not null && document.Zone is { } zone && zone != histories.Frame.Zone.Id)
        {
            throw new InputException($"{path} counts days in the zone {zone} and the histories in {histories.Frame.Zone.Id}. Summarise in the zone of the fit.");
        }

        bool bothNamed = document.Currency != Currency.None.Code && histories.Currency != Currency.None;
        if (bothNamed && document.Currency != histories.Currency.Code)
        {
            throw new InputException($"{path} is in {document.Currency} and the histories are in {histories.Currency}. Use one currency.");
        }
    }

    // A fit may well be used on later data; whoever does should know.
    private static IEnumerable<string> NotesOn(string path, FitDocument document, PurchaseHistories histories)
    {
        string? window = histories.Frame.Window is { } own ? NodaTime.Text.LocalDatePattern.Iso.Format(own.LastDay) : null;
        if (document.Fingerprint is { } saw && saw != histories.Fingerprint)
        {
            string windows = document.Window is { } then && window is not null && then != window
                ? $": a window through {then}, and these histories are through {window}"
                : $" (fingerprint {saw}, and these have {histories.Fingerprint})";
            yield return $"{path} was fitted to other data than these histories{windows}. Its figures hold for customers like those it was fitted to.";
        }

        foreach (FitDiagnostic diagnostic in document.Diagnostics.Where(found => found.Diagnosis is FitDiagnosis.Penalised or FitDiagnosis.FlatDirection))
        {
            yield return $"{path}: {diagnostic}";
        }
    }

    private static FitDocument Load(string path)
    {
        try
        {
            using var reader = new StreamReader(InputFile.OpenFile(path));
            return FitDocument.FromJson(reader.ReadToEnd());
        }
        catch (FormatException exception)
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static IPurchaseModel Checked(string path, IPurchaseModel buying, PurchaseHistories histories) =>
        buying.Unit == histories.Unit ? buying : throw new InputException(
            $"{path} counts time in the unit '{buying.Unit}' and the histories in '{histories.Unit}'. Summarise in the unit of the fit, or name it by --unit.");

    private static GammaGamma Checked(string path, GammaGamma spend, PurchaseHistories histories) =>
        spend.Currency == histories.Currency ? spend : throw new InputException(
            $"{path} is in {spend.Currency} and the histories are in {histories.Currency}. Use one currency, or name it by --currency.");
}
