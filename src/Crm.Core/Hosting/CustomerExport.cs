using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Hosting;

/// <summary>Writes all that is held on a person, by store, as one JSON document that can be handed to that person.</summary>
/// <remarks>As thread-safe as the stores it is given.</remarks>
public sealed class CustomerExport
{
    /// <summary>The schema of the document.</summary>
    public const int CurrentSchema = 1;

    private const int FlushAt = 65_536;

    private readonly ValueList<IPersonalDataStore> _stores;
    private readonly IClock _clock;

    /// <summary>Initializes a new instance of the <see cref="CustomerExport"/> class.</summary>
    /// <param name="stores">All stores that hold personal data.</param>
    /// <param name="clock">Dates the document.</param>
    /// <exception cref="ArgumentException">The list, one of the stores or the clock is null.</exception>
    public CustomerExport(IEnumerable<IPersonalDataStore> stores, IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _stores = ValueList<IPersonalDataStore>.Of(stores, nameof(stores));
        _clock = clock;
    }

    /// <summary>
    /// Writes the document: schema, customer, moment, and of each store its name and its items, each with its kind. It is written as it is
    /// read, so that its length does not matter; one that was broken off is no JSON document, and cannot be taken for a whole one.
    /// </summary>
    /// <param name="customer">Who.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many items were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is <see cref="CustomerId.None"/>, or <paramref name="stream"/> null.</exception>
    /// <exception cref="StoreContractException">A store gives an item that is no JSON value.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<long> WriteAsync(CustomerId customer, Stream stream, CancellationToken cancellationToken = default)
    {
        StoredText.Id(customer, CustomerId.None, nameof(customer));
        ArgumentNullException.ThrowIfNull(stream);
        long items = 0;
        var writer = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schema", CurrentSchema);
            writer.WriteString("customer", customer.ToString());
            writer.WriteString("at", InstantPattern.ExtendedIso.Format(_clock.GetCurrentInstant()));
            writer.WriteStartArray("stores");
            foreach (IPersonalDataStore store in _stores)
            {
                writer.WriteStartObject();
                writer.WriteString("store", store.DataName);
                writer.WriteStartArray("items");
                await foreach (HeldData item in store.ReadHeldDataAsync(customer, cancellationToken).ConfigureAwait(false))
                {
                    Write(writer, store, item);
                    items++;
                    if (writer.BytesPending >= FlushAt)
                    {
                        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                    }
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return items;
    }

    private static void Write(Utf8JsonWriter writer, IPersonalDataStore store, HeldData item)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", item.Kind);
        writer.WritePropertyName("data");
        try
        {
            writer.WriteRawValue(item.Json);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            // Not the text of it, which is personal.
            throw new StoreContractException(store.GetType().Name, "ReadHeldDataAsync gives each item as one JSON value.", $"gave a {item.Kind} that is none");
        }

        writer.WriteEndObject();
    }
}
