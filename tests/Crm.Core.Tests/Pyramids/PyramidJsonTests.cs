using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

// Round trips to the bit, texts written by hand, and what is refused with its place.
public sealed class PyramidJsonTests
{
    private const string Scheme = """{"schema": 1, "name": "s", "cut": "threshold", "tiers": [{"tier": "a", "least": 5}, {"tier": "b"}]}""";

    public static TheoryData<PyramidScheme> Schemes => new(
        PyramidScheme.Curry,
        PyramidScheme.ZeithamlRustLemon,
        PyramidScheme.OfShares("thirds", [.. "abc".Select(name => new TierShare(Tier.Of($"{name}"), 1m / 3))]),
        PyramidScheme.OfShares("one", new TierShare(Tier.Of("(none)"), 1)),
        PyramidScheme.OfValueShares("wert \"½\" \0", new(Tier.Of("größte"), 0.5m), new(Tier.Of("übrige"), 0.5m)),
        PyramidScheme.OfThresholds("profit", new(Tier.Platinum, 1e300), new(Tier.Gold, Math.ScaleB(1, -25)), new(Tier.Iron, -0.0), new(Tier.Lead, null)));

    public static TheoryData<string, string[]> RefusedSchemes => new()
    {
        { "", ["no JSON of a pyramid scheme: at line 1, byte 1.", "A scheme is {"] },
        { "null", ["a pyramid scheme of no schema; this version reads schema 1."] },
        { "[]", ["no JSON of a pyramid scheme"] },
        { "{}", ["of no schema"] },
        { """{"schema": 2, "colour": "red"}""", ["of schema 2; this version reads schema 1."] },
        { """{"schema": 2, "\ud800": 1}""", ["of schema 2"] },
        { """{"schema": 0}""", ["of schema 0; this version reads schema 1."] },
        { """{"schema": 1, "colour": "red"}""", ["no JSON of a pyramid scheme: at line 1", "$.colour"] },
        { """{"schema": 1, "name": "a", "name": "b"}""", ["no JSON of a pyramid scheme", "$.name"] },
        { """{"schema": 1, "tiers": [{"tier": "a", "share": "much"}]}""", ["no JSON of a pyramid scheme", "$.tiers[0].share"] },
        { """{"schema": 1, "tiers": [{"tier": "a", "share": 1e400}]}""", ["no JSON of a pyramid scheme", "$.tiers[0].share"] },
        { """{"schema": 1}""", ["name is missing, expected a name; cut is missing, expected shareOfCustomers, shareOfValue or threshold; tiers is missing, expected 1 to 100. A scheme is {"] },
        { """{"schema": 1, "name": " ", "cut": "ShareOfValue", "tiers": []}""", ["name is blank, expected a name; cut is unknown, expected", "tiers has 0, expected 1 to 100."] },
        { $$"""{"schema": 1, "name": "a", "cut": "threshold", "tiers": [{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}""", [": tiers has 101, expected 1 to 100. A scheme"] },
        { $$"""{"schema": 1, "name": "a", "cut": "shareOfValue", "tiers": [null, {"share": 0.5}, {"tier": "", "share": -1}, {"tier": "{{new string('x', 41)}}"}, {"tier": "suspect", "share": 0, "least": 5}, {"tier": "b", "share": 1}, {"tier": "b", "share": 2}]}""",
            [
                "scheme: tiers[0] is null, expected a tier; tiers[1].tier is missing, expected a name of 1 to 40 characters; tiers[2].tier is blank, expected a name of 1 to 40 characters; ",
                "tiers[2].share is -1, expected a fraction above 0; tiers[3].tier has 41 characters, expected 1 to 40; tiers[3].share is missing, expected a fraction above 0; ",
                "tiers[4].tier is suspect, which is kept for those who are not ranked, expected another name; tiers[4].least stands in a scheme of shares, expected share; tiers[4].share is 0, ",
                "tiers[6].tier is that of tiers[5] again, expected each tier once. A scheme is",
            ] },
        { """{"schema": 1, "name": "a", "cut": "shareOfCustomers", "tiers": [{"tier": "b", "share": 0.5}, {"tier": "c", "share": 0.4}]}""", ["tiers are refused: The shares sum to 1; these sum to 0.9. Give fractions: 0.01 for 1 %. A scheme"] },
        { """{"schema": 1, "name": "a", "cut": "shareOfCustomers", "tiers": [{"tier": "b", "share": 7e28}, {"tier": "c", "share": 7e28}]}""", ["these sum to 2000. Give fractions"] },
        { """{"schema": 1, "name": "a", "cut": "threshold", "tiers": [{"tier": "b", "least": 1e999}, {"tier": "c", "share": 0.5, "least": 5}, {"tier": "d", "least": 5}, {"tier": "e"}, {"tier": "f", "share": 0.5, "least": 2.5}]}""",
            [
                "tiers[0].least is Infinity, expected a finite number; tiers[1].share stands in a scheme of thresholds, expected least; tiers[2].least is 5, expected less than the 5 before it; ",
                "tiers[3].least is missing, expected a finite number; tiers[4].share stands in a scheme of thresholds, expected nothing; tiers[4].least is 2.5, expected none, since the last tier holds all others. A scheme",
            ] },
    };

    public static TheoryData<string, string[]> RefusedPyramids => new()
    {
        { "", ["no JSON of a pyramid: at line 1, byte 1.", "A pyramid is {"] },
        { "null", ["a pyramid of no schema; this version reads schema 1."] },
        { """{"schema": 9, "rows": []}""", ["of schema 9; this version reads schema 1."] },
        { """{"schema": 1, "gini": 0.5}""", ["no JSON of a pyramid", "$.gini"] },
        { """{"schema": 1, "values": [1, null]}""", ["no JSON of a pyramid", "$.values[1]"] },
        { """{"schema": 1, "ids": ["\ud800"]}""", ["no JSON of a pyramid", "$.ids[0]"] },
        { """{"schema": 1}""", ["scheme is missing, expected a scheme; ids is missing, expected one for each customer; values is missing, expected one for each customer. A pyramid is {"] },
        { """{"schema": 1, "scheme": {"schema": 2, "cut": "threshold", "tiers": [{"tier": "a", "least": 3}]}, "measure": {"name": "", "currency": "EURO"}, "ids": ["7"], "values": [1, 2], "layers": [], "customers": [0, 1, 2]}""",
            [
                "scheme.schema is 2, expected 1; scheme.name is missing, expected a name; scheme.tiers[0].least is 3, expected none, since the last tier holds all others; ",
                "measure.name is blank, expected what the values are, such as revenue; measure.currency is no currency, expected a code of ISO 4217",
                "values has 2, expected one for each of the 1 ids; layers has 0, expected one for each of the 1 ids; customers has 3, expected one for each of the 1 ids; customers[0] is 0, expected a whole number, 1 or more. A pyramid",
            ] },
        { $$"""{"schema": 1, "scheme": {{Scheme}}, "ids": ["7", null, "", "7"], "values": [1e999, 1, 2, -1e999], "layers": ["active", "gone", null, "suspect"], "customers": [1, -1, 1, 1]}""",
            [
                "pyramid: values[0] is Infinity, expected a finite number; ids[1] is null, expected an id of 1 to 128 characters; layers[1] is unknown, expected active, inactive, prospect or suspect; customers[1] is -1, expected a whole number, 1 or more; ",
                "ids[2] is of 0 characters, expected an id of 1 to 128 characters; layers[2] is null, expected active, ", "ids[3] is that of row 0 again, expected each customer once; values[3] is -Infinity",
            ] },
        { $$"""{"schema": 1, "scheme": {{Scheme}}, "ids": [{{string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"{i}\""))}}], "values": [{{string.Join(',', Enumerable.Repeat("1e999", 30))}}]}""", ["values[19] is Infinity, expected a finite number; and 10 more. A pyramid"] },
        { $$"""{"schema": 1, "scheme": {{Scheme}}, "ids": ["1", "2"], "values": [1.7e308, 1.7e308]}""", ["values are refused: The values are finite and their sum is not. Give them in a greater unit of money. A pyramid"] },
        { """{"schema": 1, "scheme": {"schema": 1, "name": "v", "cut": "shareOfValue", "tiers": [{"tier": "a", "share": 0.5}, {"tier": "b", "share": 0.5}]}, "ids": ["1", "2"], "values": [3, -4]}""", ["values are refused: The values sum to -1, and of nothing or less there are no shares."] },
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Scheme_ToJsonAndBack_IsTheSame(PyramidScheme scheme)
    {
        PyramidScheme read = PyramidScheme.FromJson(scheme.ToJson());
        Assert.Equal((scheme.Name, scheme.Cut), (read.Name, read.Cut));
        Assert.Equal(scheme.Tiers, read.Tiers);
        Assert.Equal(scheme.Tiers.Select(tier => BitConverter.DoubleToInt64Bits(tier.Least ?? 1)), read.Tiers.Select(tier => BitConverter.DoubleToInt64Bits(tier.Least ?? 1)));
        Assert.Equal(scheme.ToJson(), read.ToJson());
    }

    [Fact]
    public void Scheme_WrittenByHand_IsRead()
    {
        PyramidScheme scheme = PyramidScheme.FromJson("""
            {
              "schema": 1, // the only one so far
              "name": "profit",
              "cut": "threshold",
              "tiers": [{ "tier": "gold", "least": 100 }, { "tier": "iron", "least": 0.5 }, { "tier": "lead" }],
            }
            """);
        Assert.Equal(("profit", PyramidCut.Threshold), (scheme.Name, scheme.Cut));
        Assert.Equal(PyramidScheme.OfThresholds("profit", new(Tier.Gold, 100), new(Tier.Iron, 0.5), new(Tier.Lead, null)).Tiers, scheme.Tiers);
        Assert.Equal(PyramidScheme.Curry.Tiers, PyramidScheme.FromJson("""
            {"schema": 1, "name": "curry", "cut": "shareOfCustomers", "tiers": [{"tier": "top", "share": 0.01}, {"tier": "large", "share": 4e-2}, {"tier": "medium", "share": 0.15}, {"tier": "small", "share": 0.8}]}
            """).Tiers);
    }

    [Theory]
    [MemberData(nameof(RefusedSchemes))]
    public void Scheme_TextThatIsNone_IsRefusedNamingEverything(string json, string[] reasons)
    {
        string message = Assert.Throws<FormatException>(() => PyramidScheme.FromJson(json)).Message;
        Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RefusedPyramids))]
    public void Pyramid_TextThatIsNone_IsRefusedNamingEverything(string json, string[] reasons)
    {
        string message = Assert.Throws<FormatException>(() => Pyramid.FromJson(json)).Message;
        Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Pyramid_AnyBaseToJsonAndBack_HasTheSameBits()
    {
        var bases =
            from customers in ValuedBase.Any
            from wild in Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => BitConverter.Int64BitsToDouble(((long)pair.Item1 << 32) ^ pair.Item2)).ListOf(customers.Rows.Count)
            from isWild in Gen.Choose(0, 2)
            from layers in Gen.Elements(CustomerLayer.Active, CustomerLayer.Inactive, CustomerLayer.Prospect, CustomerLayer.Suspect).ListOf(customers.Rows.Count)
            from isLayered in Gen.Choose(0, 1)
            from isShared in Gen.Choose(0, 1)
            from scheme in Gen.Elements(((IEnumerable<object[]>)Schemes).Select(row => (PyramidScheme)row[0]).Where(scheme => scheme.Cut != PyramidCut.ShareOfValue))
            select (
                Ids: customers.Rows.Select(row => row.Id).ToArray(),
                Values: customers.Rows.Select((row, place) => isWild == 0 && Math.Abs(wild[place]) < 1e300 ? wild[place] : row.Value == 0 ? -0.0 : row.Value).ToArray(),
                Layers: isLayered == 1 ? layers.ToArray() : [],
                Customers: isShared == 1 ? customers.Rows.Select(row => row.Customers).ToArray() : [],
                Scheme: scheme);
        int layered = 0;
        FixedSeed.ForAll(bases, one =>
        {
            Pyramid pyramid = one.Scheme.RankLayers(one.Ids, one.Values, one.Layers, one.Customers);
            SameBits(pyramid, Pyramid.FromJson(pyramid.ToJson()));
            Pyramid named = pyramid.Of(new PyramidMeasure { Name = "revenue", Currency = one.Ids.Length % 2 == 0 ? Currency.Eur : Currency.None });
            SameBits(named, Pyramid.FromJson(named.ToJson()));
            layered += pyramid.Tiers.Count > one.Scheme.Tiers.Count ? 1 : 0;
        }, 500);
        Assert.InRange(layered, 50, 450); // with layers below and without
    }

    [Fact]
    public void Pyramid_WrittenByHand_IsRanked()
    {
        Pyramid pyramid = Pyramid.FromJson($$"""
            {
              "schema": 1, "scheme": {{Scheme}}, "measure": {"name": "revenue", "currency": "eur"}, // layers and customers may be left out
              "ids": ["7", "9", "8"], "values": [5, 4.5, -1], "layers": ["active", "active", "prospect"],
            }
            """);
        Assert.Equal(["a", "b", "prospect"], new[] { "7", "9", "8" }.Select(id => pyramid[CustomerId.Of(id)].Name));
        Assert.Equal("revenue in EUR", pyramid.Measure!.ToString());
    }

    [Fact]
    public void Pyramid_ByShareOfValue_ComesBack()
    {
        PyramidScheme scheme = PyramidScheme.OfValueShares("halves", new(Tier.Of("a"), 0.5m), new(Tier.Of("b"), 0.5m));
        Pyramid pyramid = ValuedBase.Of(50, 30, 15, 5, 0.1 + 0.2, -1).Rank(scheme);
        SameBits(pyramid, Pyramid.FromJson(pyramid.ToJson()));
    }

    // JSON is UTF-8, in which half of a pair has no bytes: two such ids would come back as one.
    [Fact]
    public void ToJson_NamesThatNoJsonCanHold_AreRefused()
    {
        PyramidScheme halved = PyramidScheme.OfShares("\ud800", new TierShare(Tier.Top, 1));
        Assert.Contains("half of a surrogate pair", Assert.Throws<InvalidOperationException>(halved.ToJson).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(PyramidScheme.OfShares("a", new TierShare(Tier.Of("x\udc00"), 1)).ToJson);
        Assert.Throws<InvalidOperationException>(PyramidScheme.Curry.Rank([], []).Of(new PyramidMeasure { Name = "\ud800" }).ToJson);
        Pyramid pyramid = PyramidScheme.Curry.Rank([CustomerId.Of("1"), CustomerId.Of("\ud800")], [1, 2]);
        Assert.Contains("The id of row 1 holds half", Assert.Throws<InvalidOperationException>(pyramid.ToJson).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromJson_DeepNestingOrNoText_IsRefused()
    {
        string deep = $$"""{"schema": 1, "tiers": {{new string('[', 100_000)}}""";
        string unknown = $$"""{"schema": 1, "x": {{new string('[', 1_000)}}{{new string(']', 1_000)}}}""";
        foreach (string json in new[] { deep, unknown, "\ud800", "\"\ud800\"", """{"\ud800": 1}""" })
        {
            Assert.Contains("The text is no JSON of a pyramid scheme: ", Assert.Throws<FormatException>(() => PyramidScheme.FromJson(json)).Message, StringComparison.Ordinal);
            Assert.Contains("The text is no JSON of a pyramid: ", Assert.Throws<FormatException>(() => Pyramid.FromJson(json)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FromJson_Null_IsRefused()
    {
        Assert.Equal("json", Assert.Throws<ArgumentNullException>(() => PyramidScheme.FromJson(null!)).ParamName);
        Assert.Equal("json", Assert.Throws<ArgumentNullException>(() => Pyramid.FromJson(null!)).ParamName);
    }

    // Cut anywhere, or with something put in anywhere, a text is refused by name or read: never another exception.
    [Fact]
    public void FromJson_TextSpoiltAnywhere_IsReadOrRefusedByName()
    {
        string json = PyramidScheme.Curry.RankLayers(
            [CustomerId.Of("a"), CustomerId.Of("b")], [1.5, -2], [CustomerLayer.Active, CustomerLayer.Suspect], [1, 3]).Of(new PyramidMeasure { Name = "margin", Currency = Currency.Usd }).ToJson();
        int refused = 0;
        for (int place = 0; place < json.Length; place++)
        {
            foreach (string spoilt in new[] { json[..place], json.Insert(place, "\u0001"), json.Insert(place, "\\ud800"), json.Insert(place, "\ud800"), json.Insert(place, "9"), json.Insert(place, "null"), json.Insert(place, "[") })
            {
                try
                {
                    Pyramid.FromJson(spoilt);
                }
                catch (FormatException)
                {
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 4 * json.Length, 7 * json.Length);
    }

    private static void SameBits(Pyramid expected, Pyramid actual)
    {
        Assert.Equal(expected.Tiers, actual.Tiers);
        Assert.Equal(expected.TierOfRow.ToArray(), actual.TierOfRow.ToArray());
        Assert.Equal(expected.Measure, actual.Measure);
        Assert.Equal((expected.Scheme.Name, expected.Scheme.Cut), (actual.Scheme.Name, actual.Scheme.Cut));
        Assert.Equal(expected.Scheme.Tiers, actual.Scheme.Tiers);
        Assert.Equal(expected.Concentration.Gini, actual.Concentration.Gini);
        for (decimal share = 0; share <= 1; share += 0.125m)
        {
            Assert.Equal(expected.Concentration.ShareOfTop(share), actual.Concentration.ShareOfTop(share));
        }

        for (int row = 0; row < expected.TierOfRow.Length; row++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected.ValueOf(row)), BitConverter.DoubleToInt64Bits(actual.ValueOf(row)));
            Assert.Equal(expected.CustomersOf(row), actual.CustomersOf(row));
        }

        Assert.Equal(expected.Rows.OrderBy(pair => pair.Value), actual.Rows.OrderBy(pair => pair.Value));
    }
}
