using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>Purchases and returns of a few customers, with the frame they are to be read in.</summary>
internal sealed record HistoryLog(
    DateTimeZone Zone, TimeUnit Unit, Window Window, IReadOnlyList<Purchase> Purchases, IReadOnlyList<PurchaseReturn> Returns)
{
    internal PurchaseHistories Build() => PurchaseHistories.From(Purchases, Returns, Window, Unit, Zone);

    /// <summary>All rows, for windows to be asked of.</summary>
    internal PurchaseHistoryBuilder Builder()
    {
        var builder = new PurchaseHistoryBuilder(Unit, Zone);
        foreach (Purchase purchase in Purchases)
        {
            builder.Add(purchase);
        }

        foreach (PurchaseReturn purchaseReturn in Returns)
        {
            builder.Add(purchaseReturn);
        }

        return builder;
    }

    public override string ToString() => string.Join(Environment.NewLine,
        Purchases.Select(p => $"purchase {p.Customer} {p.At:uuuu-MM-dd'T'HH:mm:ss.fffffff} {p.Amount.Amount} {p.Id}")
            .Concat(Returns.Select(r => $"return {r.Customer} {r.At:uuuu-MM-dd'T'HH:mm:ss.fffffff} {r.Amount.Amount} of {r.Purchase}"))
            .Prepend($"{Zone}, {Unit}, {Window}"));
}
