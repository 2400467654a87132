using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>The generated reader and writer of what the services give: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(CustomerProfileDocument))]
[JsonSerializable(typeof(PartnerDataDocument))]
[JsonSerializable(typeof(HeldHistory))]
internal sealed partial class HostingJsonContext : JsonSerializerContext;
