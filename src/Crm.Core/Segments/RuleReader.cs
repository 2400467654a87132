using System.Text.Json;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Reads one rule from JSON. It goes as deep as the JSON does, which has a limit.</summary>
internal static class RuleReader
{
    private static readonly string[] _subjects = ["all", "any", "not", "segment", "attribute", "yearsSince", "daysSince", "attitude", "membership", "customer", "column", "measure"];
    private static readonly string[] _tests = ["atLeast", "above", "atMost", "below", "is", "from", "before", "known"];

    internal static SegmentRule? Read(JsonPart part)
    {
        if (part.Element.ValueKind != JsonValueKind.Object)
        {
            part.IsObject("a rule", []);
            return null;
        }

        string[] subjects = [.. _subjects.Where(part.Has)];
        if (subjects.Length != 1)
        {
            part.Add(null, subjects.Length == 0 ? $"says not what it asks; possible is one of {string.Join(", ", _subjects)}" : $"asks several things: {string.Join(", ", subjects)}; a rule asks one");
            return null;
        }

        return subjects[0] switch
        {
            "all" or "any" => Joined(part, subjects[0]),
            "not" => part.IsObject("a rule", ["not"]) && Read(part.Inner("not")) is { } inner ? part.Checked(() => SegmentRule.Not(inner)) : null,
            "segment" => part.IsObject("a rule", ["segment"]) && part.Text("segment", isNeeded: true) is { } id ? part.Checked(() => SegmentRule.In(SegmentId.Of(id))) : null,
            _ => Condition(part, subjects[0]),
        };
    }

    private static SegmentRule? Joined(JsonPart part, string name)
    {
        part.IsObject("a rule", [name]);
        int before = part.FaultCount;
        SegmentRule?[] parts = [.. part.Items(name, isNeeded: true).Select(Read)];
        return part.FaultCount > before ? null : part.Checked(() => name == "all" ? SegmentRule.All([.. parts.OfType<SegmentRule>()]) : SegmentRule.Any([.. parts.OfType<SegmentRule>()]));
    }

    private static ConditionRule? Condition(JsonPart part, string subject)
    {
        string[] own = subject switch
        {
            "attribute" or "column" => [subject, "unit"],
            "attitude" => [subject, "product", "part"],
            "membership" => [subject, "part"],
            "measure" => [subject, "events", "currency"],
            _ => [subject],
        };
        part.IsObject("a rule", [.. own, .. _tests]);
        int before = part.FaultCount;
        Signal? signal = part.Checked(() => SignalOf(part, subject)!);
        SignalTest? test = TestOf(part);
        return signal is null || test is null || part.FaultCount > before ? null : new() { Signal = signal, Test = test };
    }

    private static Signal? SignalOf(JsonPart part, string subject)
    {
        if (subject is "measure")
        {
            return EventsOf(part);
        }

        if (subject is "attitude")
        {
            AttitudeKind? kind = part.Name<AttitudeKind>(subject, isNeeded: true);
            string? product = part.Text("product", isNeeded: false);
            AttitudePart asked = part.Name<AttitudePart>("part", isNeeded: false) ?? AttitudePart.Strength;
            return kind is null ? null : new AttitudeSignal { Kind = kind.Value, Product = product is null ? default : ProductId.Of(product), Part = asked };
        }

        if (subject is "customer")
        {
            return part.Name<CustomerPart>(subject, isNeeded: true) is { } asked ? Signal.Of(asked) : null;
        }

        return part.Text(subject, isNeeded: true) is not { } name ? null : subject switch
        {
            "attribute" => Signal.Attribute(AttributeId.Of(name), part.Text("unit", isNeeded: false)),
            "column" => Signal.Column(name, part.Text("unit", isNeeded: false)),
            "yearsSince" => Signal.YearsSince(AttributeId.Of(name)),
            "daysSince" => Signal.DaysSince(AttributeId.Of(name)),
            _ => new MembershipSignal { Programme = ProgrammeId.Of(name), Part = part.Name<MembershipPart>("part", isNeeded: false) ?? MembershipPart.IsMember },
        };
    }

    private static EventSignal? EventsOf(JsonPart part)
    {
        EventMeasure? measure = part.Name<EventMeasure>("measure", isNeeded: true);
        string? code = part.Text("currency", isNeeded: false);
        Currency currency = default;
        if (code is not null && !Currency.TryOf(code, out currency))
        {
            part.Add("currency", $"is '{Names.Shortened(code, 40)}', expected a code of ISO 4217: EUR");
        }

        EventFilter events = EventFilter.Everything;
        int? days = null;
        LocalDate? since = null;
        if (part.Has("events") && part.Inner("events") is var inner && inner.IsObject("what counts", ["kinds", "products", "channels", "channelKinds", "campaigns", "offers", "lastDays", "since"]))
        {
            (days, since) = (inner.Whole("lastDays"), inner.Day("since"));
            events = inner.Checked(() => FilterOf(inner)) ?? events;
        }

        return measure is null ? null : new()
        {
            Events = events,
            Measure = measure.Value,
            LastDays = days,
            Since = since,
            Currency = code is null ? null : currency,
        };
    }

    private static EventFilter FilterOf(JsonPart part) => new()
    {
        Kinds = [.. part.Values("kinds", text => Names.TryRead(text, out InteractionKind kind) && kind != InteractionKind.Retraction ? (object)kind : null,
            $"one of {string.Join(", ", Enum.GetValues<InteractionKind>().Where(kind => kind != InteractionKind.Retraction).Select(Names.Of))}").Cast<InteractionKind>()],
        Products = Ids<ProductId>(part, "products", ProductId.TryOf),
        Channels = Ids<Channel>(part, "channels", Channel.TryOf),
        ChannelKinds = part.Values("channelKinds", text => ChannelKind.TryFromName(text, out ChannelKind? kind) ? kind : null, $"one of {string.Join(", ", ChannelKind.All.Select(kind => kind.Name))}"),
        Campaigns = Ids<CampaignId>(part, "campaigns", CampaignId.TryOf),
        Offers = Ids<OfferId>(part, "offers", OfferId.TryOf),
    };

    private delegate bool TryMake<T>(string text, out T id);

    private static IReadOnlyList<T> Ids<T>(JsonPart part, string name, TryMake<T> make)
        where T : struct => [.. part.Values(name, text => make(text, out T id) ? (object)id : null, "an id of 1 to 128 characters").Cast<T>()];

    private static SignalTest? TestOf(JsonPart part)
    {
        string[] asked = [.. _tests.Where(part.Has)];
        switch (asked)
        {
            case []:
                part.Add(null, $"asks nothing of the value; possible are {string.Join(", ", _tests)}");
                return null;
            case ["known"]:
                return part.Flag("known") is { } expected ? new KnownTest(expected) : null;
            case ["is"]:
                return IsTestOf(part);
        }

        if (asked.Except(["from", "before"], StringComparer.Ordinal).ToArray() is [])
        {
            return new DayTest { From = part.Day("from"), Before = part.Day("before") };
        }

        bool isTwice = (part.Has("atLeast") && part.Has("above")) || (part.Has("atMost") && part.Has("below"));
        if (isTwice || asked.Except(["atLeast", "above", "atMost", "below"], StringComparer.Ordinal).Any())
        {
            part.Add(null, $"asks what does not go together: {string.Join(", ", asked)}");
            return null;
        }

        return new NumberTest
        {
            Least = part.Number("atLeast") ?? part.Number("above") ?? double.NegativeInfinity,
            Greatest = part.Number("atMost") ?? part.Number("below") ?? double.PositiveInfinity,
            IsLeastOutside = part.Has("above"),
            IsGreatestOutside = part.Has("below"),
        };
    }

    private static SignalTest? IsTestOf(JsonPart part)
    {
        JsonElement expected = part.Inner("is").Element;
        if (expected.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return new FlagTest(expected.GetBoolean());
        }

        IReadOnlyList<string> texts = expected.ValueKind == JsonValueKind.String ? [expected.GetString()!] : part.Values("is", text => text, "a text");
        return texts.Count == 0 ? Nothing(part) : part.Checked(() => new TextTest { Accepted = texts });
    }

    private static TextTest? Nothing(JsonPart part)
    {
        part.Add("is", "names no text; give one, or a list, or true or false");
        return null;
    }
}
