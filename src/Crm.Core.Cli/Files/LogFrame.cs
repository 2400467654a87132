using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>What a file of transactions and its reader agreed on before the first row, and what the rows go to.</summary>
internal sealed record LogFrame(string Name, DateTimeZone Zone, Currency Currency, PurchaseHistoryBuilder Builder)
{
    /// <summary>Agrees on it.</summary>
    /// <exception cref="InputException">What the file says of itself is not what the user says.</exception>
    internal static LogFrame Of(InputFile file, TransactionFormat format)
    {
        DateTimeZone zone = file.Agreed("zone", file.Metadata.Zone, format.Zone, format.ZoneUnlessNamed);
        Currency currency = file.Agreed("currency", file.Metadata.Currency, format.Currency, format.CurrencyUnlessNamed);
        var builder = new PurchaseHistoryBuilder(format.Unit, zone);
        builder.SetCurrency(currency);
        return new(file.Name, zone, currency, builder);
    }

    /// <summary>The log, once its rows have been read.</summary>
    internal TransactionLog Read(long rows) => new() { Name = Name, Builder = Builder, Zone = Zone, Currency = Currency, Rows = rows };
}
