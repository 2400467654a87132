using System.Text;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>The rows of a file as things that happened, with product and channel, for rules that ask about them.</summary>
/// <remarks>About 40 bytes a row.</remarks>
internal sealed class TransactionEvents
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<string, int> _customerPlaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _namePlaces = new(StringComparer.Ordinal);
    private readonly List<CustomerId> _customers = [];
    private readonly List<string> _names = [""];

    /// <summary>Gets whether rows have amounts.</summary>
    internal bool HasAmounts { get; private set; } = true;

    /// <summary>Gets whether the file has a column of products.</summary>
    internal bool HasProducts { get; set; }

    /// <summary>Gets whether the file has a column of channels.</summary>
    internal bool HasChannels { get; set; }

    internal void Add(ReadOnlySpan<byte> customer, LocalDate day, decimal? amount, string product, string channel)
    {
        string id = Encoding.UTF8.GetString(customer);
        if (!_customerPlaces.TryGetValue(id, out int place))
        {
            _customerPlaces[id] = place = _customers.Count;
            _customers.Add(CustomerId.Of(id));
        }

        HasAmounts &= amount is not null;
        _rows.Add(new(place, PlaceOf(product), PlaceOf(channel), day, amount ?? 0));
    }

    /// <summary>The rows as interactions, one after another: none is kept.</summary>
    internal IEnumerable<Interaction> Interactions(DateTimeZone zone, Currency currency)
    {
        int number = 0;
        foreach (Row row in _rows)
        {
            Instant at = row.Day.AtStartOfDayInZone(zone).ToInstant();
            Money amount = Money.Of(Math.Abs(row.Amount), currency);
            yield return new()
            {
                Id = InteractionId.Of(FormattableString.Invariant($"{number++}")),
                Customer = _customers[row.Customer],
                At = at,
                RecordedAt = at,
                Source = SourceId.Of("file"),
                Channel = row.Channel == 0 ? Channel.None : Channel.Of(_names[row.Channel]),
                Detail = row.Amount < 0 ? new ReturnDetail { Amount = amount }
                    : new PurchaseDetail { Amount = amount, Product = row.Product == 0 ? ProductId.None : ProductId.Of(_names[row.Product]) },
            };
        }
    }

    private int PlaceOf(string name)
    {
        if (name.Length == 0)
        {
            return 0;
        }

        if (!_namePlaces.TryGetValue(name, out int place))
        {
            _namePlaces[name] = place = _names.Count;
            _names.Add(name);
        }

        return place;
    }

    private readonly record struct Row(int Customer, int Product, int Channel, LocalDate Day, decimal Amount);
}
