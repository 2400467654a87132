using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace Crm.Core.Segments;

/// <summary>Writes a book as JSON that people can read and write too.</summary>
internal static class SegmentBookWriter
{
    internal const int CurrentSchema = 1;

    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };

    internal static string Write(SegmentBook book)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", CurrentSchema);
            json.WriteStartArray("segments");
            foreach (SegmentDefinition definition in book.Definitions)
            {
                Write(json, definition);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, SegmentDefinition definition)
    {
        Segment segment = definition.Segment;
        json.WriteStartObject();
        json.WriteString("id", segment.Id.ToString());
        json.WriteString("name", segment.Name);
        if (segment.Parent != SegmentId.None)
        {
            json.WriteString("parent", segment.Parent.ToString());
        }

        if (segment.Words is { } words)
        {
            json.WriteString("words", words);
        }

        json.WritePropertyName("rule");
        Write(json, definition.Rule);
        json.WriteEndObject();
    }

    // A rule is at most 32 deep.
    private static void Write(Utf8JsonWriter json, SegmentRule rule)
    {
        json.WriteStartObject();
        switch (rule)
        {
            case AllRule or AnyRule:
                json.WriteStartArray(rule is AllRule ? "all" : "any");
                foreach (SegmentRule part in rule.Parts)
                {
                    Write(json, part);
                }

                json.WriteEndArray();
                break;
            case NotRule not:
                json.WritePropertyName("not");
                Write(json, not.Part);
                break;
            case InSegmentRule other:
                json.WriteString("segment", other.Segment.ToString());
                break;
            default:
                var condition = (ConditionRule)rule;
                Write(json, condition.Signal);
                Write(json, condition.Test);
                break;
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Signal signal)
    {
        switch (signal)
        {
            case AttributeSignal attribute:
                json.WriteString("attribute", attribute.Id.ToString());
                Optional(json, "unit", attribute.Unit);
                break;
            case AgeSignal age:
                json.WriteString(age.Unit == AgeUnit.Years ? "yearsSince" : "daysSince", age.Since.ToString());
                break;
            case AttitudeSignal attitude:
                json.WriteString("attitude", Names.Of(attitude.Kind));
                Optional(json, "product", attitude.Product == ProductId.None ? null : attitude.Product.ToString());
                json.WriteString("part", Names.Of(attitude.Part));
                break;
            case MembershipSignal membership:
                json.WriteString("membership", membership.Programme.ToString());
                json.WriteString("part", Names.Of(membership.Part));
                break;
            case CustomerSignal customer:
                json.WriteString("customer", Names.Of(customer.Part));
                break;
            case ColumnSignal column:
                json.WriteString("column", column.Name);
                Optional(json, "unit", column.Unit);
                break;
            default:
                Write(json, (EventSignal)signal);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, EventSignal signal)
    {
        json.WriteString("measure", Names.Of(signal.Measure));
        Optional(json, "currency", signal.Currency?.ToString());
        json.WriteStartObject("events");
        EventFilter events = signal.Events;
        Texts(json, "kinds", events.Kinds.Select(Names.Of));
        Texts(json, "products", events.Products.Select(id => id.ToString()));
        Texts(json, "channels", events.Channels.Select(id => id.ToString()));
        Texts(json, "channelKinds", events.ChannelKinds.Select(kind => kind.Name));
        Texts(json, "campaigns", events.Campaigns.Select(id => id.ToString()));
        Texts(json, "offers", events.Offers.Select(id => id.ToString()));
        if (signal.LastDays is { } days)
        {
            json.WriteNumber("lastDays", days);
        }

        Optional(json, "since", signal.Since is { } since ? LocalDatePattern.Iso.Format(since) : null);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SignalTest test)
    {
        switch (test)
        {
            case NumberTest number:
                Optional(json, number.IsLeastOutside ? "above" : "atLeast", number.Least);
                Optional(json, number.IsGreatestOutside ? "below" : "atMost", number.Greatest);
                break;
            case TextTest text:
                Texts(json, "is", text.Accepted);
                break;
            case FlagTest flag:
                json.WriteBoolean("is", flag.Expected);
                break;
            case DayTest day:
                Optional(json, "from", day.From is { } from ? LocalDatePattern.Iso.Format(from) : null);
                Optional(json, "before", day.Before is { } before ? LocalDatePattern.Iso.Format(before) : null);
                break;
            default:
                json.WriteBoolean("known", ((KnownTest)test).Expected);
                break;
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        if (!texts.Any())
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
    }
}
