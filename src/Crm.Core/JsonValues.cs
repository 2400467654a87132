using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core;

/// <summary>How the everyday values stand in JSON: each as one text.</summary>
internal static class JsonValues
{
    /// <summary>Makes the options of a document. A context given options takes nothing from its own attributes, so all stands here.</summary>
    /// <param name="own">The converters of the document's own types.</param>
    internal static JsonSerializerOptions Options(params ReadOnlySpan<JsonConverter> own)
    {
        // Names and notes stay readable in a database; nothing here is ever put into a page unescaped.
        var options = new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        };
        foreach (JsonConverter converter in (JsonConverter[])
        [
            new TextConverter<CustomerId>("customer id", CustomerId.Of, id => id.ToString()),
            new TextConverter<InteractionId>("interaction id", InteractionId.Of, id => id.ToString()),
            new TextConverter<SourceId>("source id", SourceId.Of, id => id.ToString()),
            new TextConverter<StaffId>("staff id", StaffId.Of, id => id.ToString()),
            new TextConverter<ThreadId>("thread id", ThreadId.Of, id => id.ToString()),
            new TextConverter<AttributeId>("attribute id", AttributeId.Of, id => id.ToString()),
            new TextConverter<MessageId>("message id", MessageId.Of, id => id.ToString()),
            new TextConverter<ProgrammeId>("programme id", ProgrammeId.Of, id => id.ToString()),
            new TextConverter<OfferId>("offer id", OfferId.Of, id => id.ToString()),
            new TextConverter<ProductId>("product id", ProductId.Of, id => id.ToString()),
            new TextConverter<PurchaseId>("purchase id", PurchaseId.Of, id => id.ToString()),
            new TextConverter<CampaignId>("campaign id", CampaignId.Of, id => id.ToString()),
            new TextConverter<SegmentId>("segment id", SegmentId.Of, id => id.ToString()),
            new TextConverter<ConsentPurpose>("consent purpose", ConsentPurpose.Of, purpose => purpose.ToString()),
            new TextConverter<Channel>("channel", Channel.Of, channel => channel.ToString()),
            new TextConverter<Instant>("moment (ISO 8601, UTC)", text => InstantPattern.ExtendedIso.Parse(text).Value, InstantPattern.ExtendedIso.Format),
            new TextConverter<LocalDate>("day (ISO 8601)", text => LocalDatePattern.Iso.Parse(text).Value, LocalDatePattern.Iso.Format),
            new TextConverter<Duration>("duration", text => DurationPattern.Roundtrip.Parse(text).Value, DurationPattern.Roundtrip.Format),
            new MoneyConverter(),
            new RoundTripNumberConverter(),
            .. own,
        ])
        {
            options.Converters.Add(converter);
        }

        return options;
    }

    /// <summary>Writes the members of an enumeration by name: "reason-against".</summary>
    internal static JsonConverter Names<T>()
        where T : struct, Enum => new JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
}
