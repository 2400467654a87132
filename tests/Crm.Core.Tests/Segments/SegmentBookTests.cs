using System.Globalization;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Rules as a host writes them: what is refused, and the words of the refusal.</summary>
public sealed class SegmentBookTests
{
    private static readonly AttributeId _country = AttributeId.Of("country");
    private static readonly AttributeId _space = AttributeId.Of("space");
    private static readonly AttributeId _born = AttributeId.Of("born");
    private static readonly AttributeId _vip = AttributeId.Of("vip");

    private static readonly SignalSchema _schema = SignalSchema.Of(
        AttributeSchema.Of(
            new() { Id = _country, Kind = AttributeKind.Text, Accepted = ["de", "at", "fr"] },
            new() { Id = _space, Kind = AttributeKind.Number, Unit = "m2", Least = 0, Greatest = 1_000 },
            new() { Id = _born, Kind = AttributeKind.Day },
            new() { Id = _vip, Kind = AttributeKind.Flag },
            new() { Id = AttributeId.Of("budget"), Kind = AttributeKind.Money }),
        ColumnDefinition.Number("clv", "EUR"),
        ColumnDefinition.Number("p-alive"),
        ColumnDefinition.Text("tier", "top", "large", "medium", "small"));

    private static readonly EventFilter _web = EventFilter.Purchases.Through(Channel.WebShop);

    public static TheoryData<string, SegmentRule> Refused => new()
    {
        { "the attribute countri is not declared; declared are country, space, born, vip, budget", Signal.Attribute(AttributeId.Of("countri")).IsOneOf("de") },
        { "the attribute space is in m2, not in ft2", Signal.Attribute(_space, "ft2").IsAtLeast(5) },
        { "the attribute space is in m2, not in no unit", Signal.Attribute(_space).IsAtLeast(5) },
        { "the attribute budget is money, and its currency is not named: give it as the unit", Signal.Attribute(AttributeId.Of("budget")).IsAtLeast(5) },
        { "there is no column ltv; declared are clv, p-alive, tier", Signal.Column("ltv").IsAtLeast(5) },
        { "the column clv is in EUR, not in USD", Signal.Column("clv", "USD").IsAtLeast(5) },
        { "country is a text: one of de, at, fr, and a range of numbers is asked of it", Signal.Attribute(_country).IsAtLeast(5) },
        { "country is never uk or us; possible are de, at, fr", Signal.Attribute(_country).IsOneOf("uk", "de", "us") },
        { "space is a number of m2, and a text is asked of it", Signal.Attribute(_space, "m2").IsOneOf("large") },
        { "born is a day, and yes or no is asked of it", Signal.Attribute(_born).Is(true) },
        { "vip is yes or no, and a day is asked of it", Signal.Attribute(_vip).IsFrom(new(2026, 1, 1)) },
        { "the attribute vip is yes or no, and the time since a day is asked", Signal.YearsSince(_vip).IsAtLeast(18) },
        { "money is summed, and its currency is not named", new EventSignal { Events = _web, Measure = EventMeasure.Money }.IsAtLeast(3) },
        { "money is summed over purchases and returns only: name one of them, or both, as the kinds", Signal.Spent(EventFilter.OfKinds(InteractionKind.Visit), Currency.Eur).IsAtLeast(3) },
        { "a currency is named, and no money is summed", (Signal.Count(_web) with { Currency = Currency.Eur }).IsAtLeast(3) },
        { "'number of purchases through web-shop is at most -1' matches nobody", Signal.Count(_web).IsAtMost(-1) },
        { "'number of purchases through web-shop is at least 0' matches everybody", Signal.Count(_web).IsAtLeast(0) },
        { "'space is at least 1000.5 m2' matches nobody", Signal.Attribute(_space, "m2").IsAtLeast(1_000.5) },
        { "'country is de or at or fr' matches everybody", Signal.Attribute(_country).IsOneOf("de", "at", "fr") },
        { "matches nobody", SegmentRule.All(Signal.Attribute(_country).IsOneOf("de"), Signal.Attribute(_country).IsOneOf("at", "fr")) },
        { "matches nobody", SegmentRule.All(Signal.Column("clv", "EUR").IsAbove(5), Signal.Column("clv", "EUR").IsAtMost(5)) },
        { "matches everybody", SegmentRule.Any(Signal.Column("clv", "EUR").IsAbove(5), Signal.Column("clv", "EUR").IsAtMost(5)) },
        { "matches everybody", SegmentRule.Any(Signal.Attribute(_vip).Is(true), SegmentRule.Not(Signal.Attribute(_vip).Is(true))) },
        { "matches everybody", SegmentRule.Any(Signal.Attribute(_vip).IsKnown(), Signal.Attribute(_vip).IsUnknown()) },
        { "matches nobody", SegmentRule.All(Signal.Attribute(_vip).IsUnknown(), Signal.Attribute(_vip).Is(true)) },
        { "matches nobody", SegmentRule.All(Signal.Count(_web).InLastDays(30).IsAtLeast(3), Signal.Count(_web).InLastDays(90).IsAtMost(2)) },
        { "matches nobody", SegmentRule.All(Signal.Count(_web).InLastDays(30).IsAbove(2), Signal.Count(_web).IsBelow(3)) },
        { "matches nobody", SegmentRule.All(Signal.Attribute(_born).IsFrom(new(2000, 1, 1)), Signal.Attribute(_born).IsBefore(new(2000, 1, 1))) },
        { "matches nobody", Signal.Count(_web).IsBetween(2.1, 2.9) },
        { "matches nobody", Signal.Days(_web).InLastDays(7).IsAtLeast(8) },
        { "matches nobody", Signal.DaysSinceLast(_web).InLastDays(30).IsAtLeast(30) },
        { "matches nobody", Signal.AverageGap(_web).InLastDays(10).IsAbove(9) },
        { "ask for what is known (IsKnown) if that is meant", Signal.DaysSinceLast(_web).IsAtLeast(0) },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Of_RuleThatIsWrong_NamesTheProblem(string problem, SegmentRule rule)
    {
        var refused = Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(_schema, SegmentDefinition.Of(SegmentId.Of("a"), "A", rule)));
        RuleFault fault = Assert.Single(refused.Faults);
        Assert.Equal(SegmentId.Of("a"), fault.Segment);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    public static TheoryData<SegmentRule> Accepted => new()
    {
        SegmentRule.All(Signal.Count(_web).InLastDays(90).IsAtLeast(3), Signal.Count(_web).InLastDays(30).IsAtMost(2)),
        SegmentRule.Not(Signal.Attribute(_country).IsOneOf("de")),
        SegmentRule.All(Signal.Count(_web).IsAtLeast(2), Signal.Count(EventFilter.Purchases).IsAtMost(1)), // not seen through: one filter is part of the other
        Signal.Attribute(_space, "m2").IsBetween(1_000, 2_000),
        SegmentRule.All(Signal.Column("clv", "EUR").IsAtLeast(5), Signal.Column("clv", "EUR").IsAtMost(5)),
        Signal.Column("clv", "EUR").IsKnown(),
        Signal.Days(_web).InLastDays(7).IsAtLeast(7),
        Signal.DaysSinceLast(_web).InLastDays(30).IsAtLeast(29),
        Signal.AverageGap(_web).InLastDays(10).IsAtLeast(9),
        Signal.MembershipDays(ProgrammeId.Of("club")).IsAtLeast(0), // of a membership recorded later they are below 0
        SegmentRule.All(Signal.Column("clv", "EUR").IsAbove(-double.MaxValue), Signal.Column("clv", "EUR").IsBelow(double.MaxValue)) is var wide ? SegmentRule.Any(SegmentRule.Not(wide), Signal.Attribute(_vip).Is(true)) : wide,
        SegmentRule.Not(SegmentRule.All(Signal.Attribute(_vip).Is(true), Signal.Column("p-alive").IsBelow(0.2))),
    };

    [Theory, MemberData(nameof(Accepted))]
    public void Of_RuleThatCanMatchOrNot_IsTaken(SegmentRule rule) => Assert.Equal(rule, SegmentBook.Of(_schema, SegmentDefinition.Of(SegmentId.Of("a"), "A", rule)).Definitions[0].Rule);

    [Fact]
    public void Of_FaultDeepInside_NamesItsPlaceAndEveryOther()
    {
        SegmentRule rule = SegmentRule.All(
            Signal.Attribute(_vip).Is(true),
            SegmentRule.Any(Signal.Column("clv", "EUR").IsAtLeast(1), SegmentRule.Not(Signal.Column("ltv").IsAtLeast(5))),
            SegmentRule.In(SegmentId.Of("gone")));
        var refused = Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(
            _schema,
            SegmentDefinition.Of(SegmentId.Of("a"), "A", rule, SegmentId.Of("nobody")),
            SegmentDefinition.Of(SegmentId.Of("a"), "A", Signal.Attribute(_country).IsAtLeast(3))));
        Assert.Equal(["id", "parent", "rule.all[2]", "rule.all[1].any[1].not", "rule"], refused.Faults.Select(fault => fault.Path));
        Assert.Contains("segment a, rule.all[1].any[1].not: there is no column ltv", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PartThatNeverMatches_NamesThePartAndNotTheWhole()
    {
        SegmentRule never = SegmentRule.All(Signal.Column("clv", "EUR").IsAbove(5), Signal.Column("clv", "EUR").IsBelow(5));
        var refused = Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(
            _schema, SegmentDefinition.Of(SegmentId.Of("a"), "A", SegmentRule.Any(Signal.Attribute(_vip).Is(true), SegmentRule.All(never, Signal.Attribute(_vip).Is(false))))));
        Assert.Equal("rule.any[1].all[0]", Assert.Single(refused.Faults).Path);
    }

    [Fact]
    public void Of_RefinementOfNobody_IsRefused()
    {
        var refused = Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(
            _schema,
            SegmentDefinition.Of(SegmentId.Of("child"), "Child", Signal.Attribute(_country).IsOneOf("at"), SegmentId.Of("parent")),
            SegmentDefinition.Of(SegmentId.Of("parent"), "Parent", Signal.Attribute(_country).IsOneOf("de"))));
        Assert.Equal("segment child, rule: matches nobody who is in parent, which it refines", Assert.Single(refused.Faults).ToString());
    }

    [Fact]
    public void Of_Cycle_NamesWhoIsInItAndNotWhoHangsOnIt()
    {
        static SegmentDefinition Segment(string id, string parent, string? other = null) => SegmentDefinition.Of(
            SegmentId.Of(id), id, other is null ? Signal.Attribute(_vip).Is(true) : SegmentRule.In(SegmentId.Of(other)), SegmentId.Of(parent));
        var refused = Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(_schema, Segment("a", "b"), Segment("b", "d", "c"), Segment("c", "a"), Segment("d", "a"), Segment("e", "a")));
        Assert.Equal(["a", "b", "c", "d"], refused.Faults.Select(fault => fault.Segment.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains("segment a, parent or rule: depends on itself, through b", refused.Message, StringComparison.Ordinal);
        Assert.Single(Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(_schema, Segment("a", "a"))).Faults);

        // A ring of many is found in one walk.
        static string Name(int number) => FormattableString.Invariant($"s{number}");
        Assert.Equal(20_000, Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(_schema, Enumerable.Range(0, 20_000).Select(number => Segment(Name(number), Name((number + 1) % 20_000))))).Faults.Count);
    }

    // Rules as large as they may be, nested as deep as they may be, are judged as far as it takes no time, and let pass.
    [Fact]
    public void Of_VeryLargeRules_ComesToAnEnd()
    {
        SegmentRule rule = SegmentRule.All([.. Enumerable.Range(0, 9_900).Select(limit => Signal.Column("clv", "EUR").IsAtLeast(limit))]);
        for (int depth = rule.Depth; depth < SegmentRule.MostDepth; depth++)
        {
            rule = SegmentRule.Not(rule);
        }

        var book = SegmentBook.Of(
            _schema,
            [.. Enumerable.Range(0, 10).Select(number => SegmentDefinition.Of(SegmentId.Of(FormattableString.Invariant($"s{number}")), "large", rule)),
                SegmentDefinition.Of(SegmentId.Of("child"), "child", SegmentRule.All([.. Enumerable.Range(0, 9_999).Select(limit => Signal.Attribute(_space, "m2").IsAtLeast(limit / 100.0))]), SegmentId.Of("s0"))]);
        RuleTrace trace = book.Explain(new() { Id = CustomerId.Of("1"), Day = new(2026, 1, 1) }, SegmentId.Of("child"));
        Assert.Equal((RuleAnswer.Unknown, 2), (trace.Answer, trace.Parts.Count));
    }

    [Fact]
    public void Rules_TooDeepOrTooLarge_AreRefusedAtOnce()
    {
        SegmentRule rule = Signal.Attribute(_vip).Is(true);
        for (int depth = 1; depth < SegmentRule.MostDepth; depth++)
        {
            rule = SegmentRule.Not(rule);
        }

        Assert.Equal(SegmentRule.MostDepth, rule.Depth);
        Assert.Contains("at most 32 deep", Assert.Throws<ArgumentException>(() => SegmentRule.Not(rule)).Message, StringComparison.Ordinal);

        // Shared parts count as often as they are named: 2^31 of them would not be written, hashed or asked in a lifetime.
        SegmentRule doubled = Signal.Attribute(_vip).Is(true);
        ArgumentException? refused = null;
        for (int depth = 1; refused is null; depth++)
        {
            Assert.True(depth < 20);
            SegmentRule part = doubled;
            refused = Record.Exception(() => doubled = SegmentRule.All(part, part)) as ArgumentException;
        }

        Assert.Contains("at most 10000 parts", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SegmentRule.Any());
    }

    [Fact]
    public void Segments_InALongRow_AreRefusedAndNotFollowed()
    {
        static string Name(int number) => FormattableString.Invariant($"s{number}");
        SegmentDefinition[] Row(int count) => [.. Enumerable.Range(0, count).Select(number => SegmentDefinition.Of(
            SegmentId.Of(Name(number)), "any", Signal.Column("clv", "EUR").IsAtLeast(number), number == 0 ? default : SegmentId.Of(Name(number - 1))))];
        Assert.Equal(32, SegmentBook.Of(_schema, Row(32)).Definitions.Count);
        Assert.Contains("at most 32 in a row", Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(_schema, Row(5_000))).Faults[0].Problem, StringComparison.Ordinal);
    }

    // Each refines all before it, twice: explained in full it would be 2^30 lines.
    [Fact]
    public void Explain_SegmentsThatNameOneAnotherOften_ShowsEachOnce()
    {
        SegmentDefinition[] row = [.. Enumerable.Range(0, 30).Select(number => SegmentDefinition.Of(
            SegmentId.Of(FormattableString.Invariant($"s{number}")), "any", number == 0 ? Signal.Attribute(_vip).Is(true)
                : SegmentRule.Any(SegmentRule.In(SegmentId.Of(FormattableString.Invariant($"s{number - 1}"))), SegmentRule.Not(SegmentRule.In(SegmentId.Of(FormattableString.Invariant($"s{number - 1}")))), Signal.Column("clv", "EUR").IsAtLeast(number))))];
        Assert.Throws<RuleFaultsException>(() => SegmentBook.Of(_schema, row)); // s1 always matches
        row = [.. row.Select((definition, number) => number == 0 ? definition : definition with
        {
            Rule = SegmentRule.All(SegmentRule.In(row[number - 1].Segment.Id), SegmentRule.Any(SegmentRule.In(row[number - 1].Segment.Id), Signal.Column("clv", "EUR").IsAtLeast(number))),
        })];
        var book = SegmentBook.Of(_schema, row);
        string text = book.Explain(new() { Id = CustomerId.Of("1"), Day = new(2026, 1, 1) }, SegmentId.Of("s29")).ToText();
        Assert.InRange(text.Split('\n').Length, 30, 300);
    }

    [Fact]
    public void Explain_OfACustomer_TellsWhatWasAskedAndFound()
    {
        var book = SegmentBook.Of(
            _schema,
            SegmentDefinition.Of(SegmentId.Of("german"), "German", Signal.Attribute(_country).IsOneOf("de")),
            SegmentDefinition.Of(
                SegmentId.Of("keen"),
                "Keen",
                SegmentRule.Any(Signal.Count(_web).InLastDays(30).IsAtLeast(2), SegmentRule.Not(Signal.Column("p-alive").IsBelow(0.5)), Signal.YearsSince(_born).IsAtLeast(18)),
                SegmentId.Of("german")));
        FactDates dates = FactDates.Of(SourceId.Of("crm"), Instant.FromUtc(2026, 1, 1, 0, 0));
        var subject = new SegmentSubject
        {
            Id = CustomerId.Of("1"),
            Day = new(2026, 3, 1),
            Customer = Customer.Person(CustomerId.Of("1")).With(
                AttributeFact.Of(_country, AttributeValue.Of("de"), dates), AttributeFact.Of(_born, AttributeValue.Of(new LocalDate(2008, 3, 2)), dates)),
            Interactions = [Purchase("1", new(2026, 1, 30, 12, 0)), Purchase("2", new(2026, 1, 31, 12, 0))],
        };
        Assert.Equal(
            """
            unknown: all of
              yes: in german
                yes: country is de (de)
              unknown: any of
                no: number of purchases through web-shop in the last 30 days is at least 2 (1)
                unknown: not
                  unknown: p-alive is below 0.5 (it has not been computed)
                no: years since born is at least 18 (17)
            """, book.Explain(subject, SegmentId.Of("keen")).ToText());
        Assert.Equal([SegmentId.Of("german")], book.SegmentsOf(subject));
        Assert.DoesNotContain("de", book.Explain(subject, SegmentId.Of("german")).ToString(), StringComparison.Ordinal);
    }

    // Ages are those of people: the day before a birthday, on it, and of who was born on 29 February.
    [Theory]
    [InlineData(2008, 2, 29, 2026, 2, 27, 17)]
    [InlineData(2008, 2, 29, 2026, 2, 28, 18)]
    [InlineData(2008, 3, 1, 2026, 2, 28, 17)]
    [InlineData(2008, 3, 1, 2026, 3, 1, 18)]
    [InlineData(2030, 1, 1, 2026, 1, 1, -4)]
    [InlineData(2030, 1, 2, 2026, 1, 1, -5)]
    public void YearsSince_AroundABirthday_AreWholeYears(int year, int month, int day, int yearNow, int monthNow, int dayNow, int age)
    {
        var customer = Customer.Person(CustomerId.Of("1")).With(AttributeFact.Of(_born, AttributeValue.Of(new LocalDate(year, month, day)), FactDates.Of(SourceId.Of("crm"), Instant.MinValue)));
        var subject = new SegmentSubject { Id = CustomerId.Of("1"), Customer = customer, Day = new(yearNow, monthNow, dayNow) };
        Assert.Equal(age, Signal.YearsSince(_born).ValueOf(subject).Number);
    }

    [Fact]
    public void FromJson_WrittenByHand_IsRead()
    {
        var book = SegmentBook.FromJson(
            """
            {"schema": 1, "segments": [
              {"id": "gold", "name": "Gold", "rule": {"all": [
                {"column": "clv", "unit": "EUR", "atLeast": 500},
                {"attribute": "country", "is": "de"},
                {"measure": "count", "events": {"kinds": ["purchase"], "channels": ["web-shop"], "lastDays": 90}, "above": 2, "atMost": 10},
                {"any": [{"attribute": "vip", "is": true}, {"attribute": "space", "unit": "m2", "known": false}, {"customer": "stage", "is": ["repeat", "first-time"]}]},
                {"not": {"attitude": "reason-against", "product": "p1", "part": "noted", "is": true}}]}},
              {"id": "club", "parent": "gold", "rule": {"membership": "club", "part": "level", "is": ["gold"]}},
              {"id": "old", "rule": {"any": [{"yearsSince": "born", "atLeast": 70}, {"attribute": "born", "before": "1950-01-01"}, {"segment": "club"}]}}]}
            """,
            _schema);
        Assert.Equal(["Gold", "club", "old"], book.Definitions.Select(definition => definition.Segment.Name));
        Assert.Equal(
            "clv is at least 500 EUR, and country is de, and number of purchases through web-shop in the last 90 days is above 2 and at most 10, "
            + "and (vip is yes, or space is not known, or stage is repeat or first-time), and not (reason-against of p1 noted is yes)",
            book.Definitions[0].Rule.ToString());
        Assert.Equal(book.Definitions, SegmentBook.FromJson(book.ToJson(), _schema).Definitions);
    }

    [Theory]
    [InlineData("", "at line 1, byte 1 they do not read as such")]
    [InlineData("{", "at line 1, byte 2 they do not read as such")]
    [InlineData("[]", "the text is a list, expected a book of segments")]
    [InlineData("{\"segments\": []}", "schema is missing")]
    [InlineData("{\"schema\": 2, \"segments\": []}", "schema is 2; this version reads 1")]
    [InlineData("{\"schema\": 1}", "segments is missing")]
    [InlineData("{\"schema\": 1, \"schema\": 1, \"segments\": []}", "a name stands twice")]
    [InlineData("{\"schema\": 1, \"segment\": [], \"segments\": []}", "segment is not known here; known are schema, segments")]
    [InlineData("{\"schema\": 1, \"segments\": [3, {\"id\": 5}]}", "segments[0] is the number 3, expected a segment; segments[1].id is the number 5, expected a text; segments[1].rule is missing")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"all\": [{\"any\": [{\"colunm\": \"clv\"}]}]}}]}", "segments[0].rule.all[0].any[0] says not what it asks; possible is one of all, any, not, segment, attribute")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"clv\", \"unit\": \"EUR\"}}]}", "segments[0].rule asks nothing of the value; possible are atLeast")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"clv\", \"attribute\": \"vip\", \"is\": true}}]}", "asks several things: attribute, column")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"clv\", \"atLeast\": \"5\"}}]}", "segments[0].rule.atLeast is the text '5', expected a number")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"clv\", \"atLeast\": 1e999}}]}", "segments[0].rule.atLeast is the number 1e999, expected a number")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"clv\", \"atLeast\": 5, \"is\": \"x\"}}]}", "asks what does not go together: atLeast, is")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"clv\", \"atLeast\": 5, \"above\": 5}}]}", "asks what does not go together: atLeast, above")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"measure\": \"number\", \"atLeast\": 5}}]}", "segments[0].rule.measure is 'number', expected one of count, days, money")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"measure\": \"count\", \"events\": {\"kinds\": [\"buy\", 3], \"lastDays\": 0.5}, \"atLeast\": 5}}]}", "segments[0].rule.events.lastDays is the number 0.5, expected a whole number; segments[0].rule.events.kinds[0] is 'buy', expected one of purchase")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"measure\": \"count\", \"events\": {\"lastDays\": 0}, \"atLeast\": 5}}]}", "segments[0].rule is refused: Must be a number from 1 to 36525")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"attribute\": \"born\", \"from\": \"31.1.2026\"}}]}", "segments[0].rule.from is '31.1.2026', expected a day: 2026-01-31")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"all\": []}}]}", "segments[0].rule is refused: A rule joins at least one rule")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"ltv\", \"atLeast\": 5}}, {\"id\": \"b\", \"rule\": {\"not\": {\"attribute\": \"x\", \"is\": true}}}]}", "segments[0].rule (of a): there is no column ltv; declared are clv, p-alive, tier; segments[1].rule.not (of b): the attribute x is not declared")]
    public void FromJson_OfNonsense_SaysWhatAndWhere(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => SegmentBook.FromJson(json, _schema)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"\\ud800\", \"rule\": {\"attribute\": \"vip\", \"is\": true}}]}")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"\\udc00\": 1}]}")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"attribute\": \"country\", \"is\": [\"\\ud800\"]}}]}")]
    [InlineData("{\"schema\": 1, \"segments\": [{\"id\": \"\ud800\"}]}")]
    public void FromJson_WithHalfOfAPair_IsRefusedAsSuch(string json) => Assert.Throws<FormatException>(() => SegmentBook.FromJson(json, _schema));

    [Fact]
    public void NumberTest_WithoutAnEnd_AsksNothingOfIt()
    {
        var test = new NumberTest { Greatest = 5, IsLeastOutside = true };
        Assert.Equal(new NumberTest { Greatest = 5 }, test);
        Assert.Equal(new NumberTest { Greatest = 5 }.GetHashCode(), test.GetHashCode());
        Assert.Equal("at most 5", test.ToString());
        Assert.NotEqual(test, new NumberTest { Greatest = 5, IsGreatestOutside = true });
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(32, "nest more than 32 rules deep")]
    [InlineData(100_000, "nest more than 32 rules deep")]
    public void FromJson_VeryDeep_IsRefusedAndNotFollowed(int depth, string? expected)
    {
        string rule = string.Concat(Enumerable.Repeat("{\"all\": [", depth)) + "{\"attribute\": \"vip\", \"is\": true}" + string.Concat(Enumerable.Repeat("]}", depth));
        string json = "{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": " + rule + "}]}";
        if (expected is null)
        {
            Assert.Equal(depth + 1, SegmentBook.FromJson(json, _schema).Definitions[0].Rule.Depth);
        }
        else
        {
            string message = Assert.Throws<FormatException>(() => SegmentBook.FromJson(json, _schema)).Message;
            Assert.True(message.Contains(expected, StringComparison.Ordinal) || message.Contains("at most 32 deep", StringComparison.Ordinal), message);
        }
    }

    // Numbers are written and read in the invariant culture, whatever the culture of the machine.
    [Fact]
    public void ToJson_OfNumbers_BringsTheirBitsBack()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new("de-DE");
        try
        {
            foreach (double limit in (double[])[0.1, 1e300, double.Epsilon, -1234567.891, 1.0 / 3])
            {
                var book = SegmentBook.Of(_schema, SegmentDefinition.Of(SegmentId.Of("a"), "A", Signal.Column("clv", "EUR").IsAbove(limit)));
                Assert.Equal(book.Definitions, SegmentBook.FromJson(book.ToJson(), _schema).Definitions);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Interaction Purchase(string id, LocalDateTime at) => new()
    {
        Id = InteractionId.Of(id),
        Customer = CustomerId.Of("1"),
        At = at.InUtc().ToInstant(),
        RecordedAt = at.InUtc().ToInstant(),
        Source = SourceId.Of("shop"),
        Channel = Channel.WebShop,
        Detail = new PurchaseDetail { Amount = Money.Of(10, Currency.Eur) },
    };
}
