using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>The generated reader and writer of customers: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(CustomerDocument))]
internal sealed partial class CustomerJsonContext : JsonSerializerContext;
