using System.Text.Json;

namespace Crm.Core.Customers;

/// <summary>A customer as one JSON text, with a schema number: what a store may keep, and what a person is handed.</summary>
/// <remarks>What is written comes back equal. Thread-safe.</remarks>
public static class CustomerJson
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    private static readonly CustomerJsonContext _context = new(Options());

    /// <summary>Writes a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The JSON text. It is personal data.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    public static string Write(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return JsonSerializer.Serialize(new() { Schema = CurrentSchema, Customer = customer }, _context.CustomerDocument);
    }

    /// <summary>Reads a customer.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The customer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no customer, or its schema is newer than this library. The message holds none of it.</exception>
    public static Customer Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonText.Read(json, CurrentSchema, "a customer", _context.CustomerDocument).Customer;
    }

    private static JsonSerializerOptions Options() => JsonValues.Options(
        new TextConverter<LifecycleStage>("lifecycle stage", name => LifecycleStage.TryFromName(name, out LifecycleStage? stage) ? stage : null, stage => stage.Name),
        JsonValues.Names<CustomerKind>(),
        JsonValues.Names<ContactKind>(),
        JsonValues.Names<AttitudeKind>(),
        JsonValues.Names<ConsentDecision>(),
        JsonValues.Names<RelationKind>(),
        JsonValues.Names<BuyingRoles>());
}
