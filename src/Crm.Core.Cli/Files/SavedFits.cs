using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Files;

/// <summary>Saved fits that the user named: a purchase model, a spend model, either or none.</summary>
internal sealed record SavedFits(IPurchaseModel? Buying, ISpendModel? Spend)
{
    /// <summary>Reads the files and checks that they are of these histories' kind.</summary>
    /// <exception cref="InputException">A file is no fit, or is counted in something else than the histories; the message names both sides.</exception>
    internal static SavedFits Read(string[] paths, string model, PurchaseHistories histories)
    {
        var saved = new SavedFits(null, null);
        foreach (string path in paths)
        {
            FitDocument document = Load(path);
            CheckFrame(path, document, histories);
            if (document.Model == Commands.FitCommand.SpendModel ? saved.Spend is not null : saved.Buying is not null)
            {
                throw new InputException($"{path} is a second fit of the same kind ({document.Model}). Give one purchase model and one spend model.");
            }

            try
            {
                saved = document.Model == Commands.FitCommand.SpendModel
                    ? saved with { Spend = Checked(path, document.ToSpendModel(), histories) }
                    : saved with { Buying = Checked(path, document.ToPurchaseModel(), model, histories) };
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

    private static FitDocument Load(string path)
    {
        try
        {
            return FitDocument.FromJson(File.ReadAllText(path));
        }
        catch (FormatException exception)
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static IPurchaseModel Checked(string path, IPurchaseModel buying, string model, PurchaseHistories histories)
    {
        if (buying.Name != model)
        {
            throw new InputException($"{path} is a fit of {buying.Name}, and {model} was asked for. Name the model of the fit, or another file.");
        }

        return buying.Unit == histories.Unit ? buying : throw new InputException(
            $"{path} counts time in the unit '{buying.Unit}' and the histories in '{histories.Unit}'. Summarise in the unit of the fit, or name it by --unit.");
    }

    private static ISpendModel Checked(string path, ISpendModel spend, PurchaseHistories histories) =>
        spend.Currency == histories.Currency ? spend : throw new InputException(
            $"{path} is in {spend.Currency} and the histories are in {histories.Currency}. Use one currency, or name it by --currency.");
}
