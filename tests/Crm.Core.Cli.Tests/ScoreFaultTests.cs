using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm score on files that are at fault: exit code 1, a message that says what, where and what to do, and nothing written.</summary>
public sealed class ScoreFaultTests
{
    private const string Header = "offer_id,channel,moment,utility,brand,relationship,cost,time";
    private const string People = "customer_id,segment,relationship";
    private const string Weights = """
        {"schema": 1, "scales": {"time": {"kind": "identity", "missing": 0}},
         "default": {"utility": 1, "brand": 0.4, "relationship": 0.6, "cost": 1.2, "time": 0.5}, "segments": [{"segment": "students", "cost": 2}]}
        """;

    private static readonly string[] _offers = [Header, "a,,,1,2,3,4,5", "b,store,at,1,2,3,4,"];

    public static TheoryData<string, string[], string[]> OfferFiles => new()
    {
        { "empty", [], ["is empty", "header"] },
        { "header only", [Header], ["no rows", "one offer"] },
        { "no column known", ["a,b", "1,2"], ["5 faults", "no column offer_id", "there are a, b", "no column utility", "no column cost", "\"missing\": 0"] },
        { "no scale stands in for a column", ["offer_id,utility,brand,relationship,time", "a,1,2,3,4"], ["1 fault;", "no column cost", "\"cost\": {\"kind\""] },
        { "no scale stands in for a cell", [Header, "a,,,1,2,3,,5"], ["line 2, column cost: nothing", "0 where a moment adds nothing", "\"cost\": {\"kind\""] },
        { "column twice", [Header + ",cost", "a,,,1,2,3,4,5,6"], ["'cost' stands 2 times"] },
        { "duplicate", [.. _offers, "a,,at,1,2,3,4,6"], ["line 4, column offer_id", "came before, in line 2", "channel and moment"] },
        { "duplicate of a faulty row", [Header, "a,,,x,2,3,4,5", "a,,,1,2,3,4,5"], ["2 faults", "line 2, column utility", "line 3, column offer_id", "in line 2"] },
        { "no number", [.. _offers, "c,,,secret,2,3,4,5"], ["line 4, column utility", "'xxxxxx'", "decimal point"] },
        { "not a number", [.. _offers, "c,,,NaN,2,3,4,5"], ["line 4, column utility", "'NaN'"] },
        { "infinite", [.. _offers, "c,,,1,2,3,4,-inf"], ["line 4, column time", "'-inf'", "or nothing where it is missing"] },
        { "too large", [.. _offers, "c,,,1,2,3,1e101,5"], ["line 4, column cost", "1e100"] },
        { "decimal comma", [.. _offers, "c,,,1,2,\"3,5\",4,5"], ["line 4, column relationship", "'3,5'", "decimal point"] },
        { "unknown moment", [.. _offers, "c,,during,1,2,3,4,5"], ["line 4, column moment", "'xxxxxx'", "before, at or after"] },
        { "no offer", [.. _offers, ",,,1,2,3,4,5"], ["line 4, column offer_id: nothing", "1 to 128"] },
        { "long channel", [.. _offers, "c," + new string('x', 129) + ",,1,2,3,4,5"], ["line 4, column channel", "1 to 128"] },
        { "control character in an id", [.. _offers, "c\u0007,,,1,2,3,4,5"], ["line 4, column offer_id", "control character"] },
        { "fields missing", [.. _offers, "c,,,1"], ["line 4: 4 fields where the header has 8"] },
        { "channels only", [Header, "b,store,at,1,2,3,4,5", "c,web-shop,at,1,2,3,4,5"], ["all offers have rows only for single channels", "--channel", "'store', 'web-shop'"] },
        { "other currency", ["# crm: currency=USD", .. _offers], ["USD", "EUR", "one currency"] },
        { "a moment with nothing", [Header, "a,,before,0,0,0,0,", "a,,at,1,2,3,4,2", "a,,after,0,0,0,0,7"], ["1 fault;", "line 2, column time: nothing", "in line 3", "0 where a moment adds nothing"] },
        {
            "moments of one channel with nothing", [Header, "a,store,at,1,2,3,4,5", "a,,at,1,2,3,4,", "a,store,after,0,0,0,0,", "b,store,after,0,0,0,0,", "b,store,before,0,0,0,0,1"],
            ["2 faults;", "line 4, column time: nothing", "in line 2", "line 5, column time: nothing", "in line 6"]
        },
        { "a moment with nothing beside another fault", [Header, "a,,before,0,0,0,0,", "a,,at,1,2,3,4,2", "b,,,x,2,3,4,5"], ["2 faults;", "line 4, column utility", "line 2, column time: nothing"] },
        { "a moment with nothing beside a faulty row", [Header, "a,,before,0,0,0,0,", "a,,at,x,2,3,4,2"], ["1 fault;", "line 3, column utility"] },
        { "all at once", [Header, "a,,,x,y,3,4,5", "b,,later,1,2,3,,5", ",,,1,2,3,4,5"], ["5 faults", "line 2, column utility", "line 2, column brand", "line 3, column moment", "line 3, column cost", "line 4, column offer_id"] },
    };

    public static TheoryData<string, string[], string[]> CustomerFiles => new()
    {
        { "empty", [], ["is empty", "header"] },
        { "header only", [People], ["no rows", "one customer"] },
        { "no column segment", ["customer_id,tier", "1,top"], ["no column segment", "there are customer_id, tier", "default decides"] },
        { "no column customer_id", ["id,segment", "1,students"], ["no column customer_id"] },
        { "no customer", [People, ",students,"], ["line 2, column customer_id: nothing"] },
        { "no number", [People, "1,students,close"], ["line 2, column relationship", "'xxxxx'", "or nothing"] },
        { "long segment", [People, "1,students|" + new string('x', 129) + ","], ["line 2, column segment", "1 to 128", "| between several"] },
        { "fields missing", [People, "1"], ["line 2: 1 fields", "3"] },
        { "open quote after a fault", [People, "1,students,close", "2,\"students,"], ["2 faults", "line 2", "never closed"] },
        { "all at once", [People, "1,students,close", "2,,", ",students,far"], ["3 faults", "line 2, column relationship", "line 4, column customer_id", "line 4, column relationship"] },
    };

    public static TheoryData<string, string, string[]> WeightFiles => new()
    {
        { "no JSON", "offer_id,utility", ["no JSON of a weight book", "line 1", "\"schema\": 1"] },
        { "empty", "", ["no JSON of a weight book"] },
        { "no schema", """{"default": {"utility": 1}}""", ["no schema", "schema 1"] },
        {
            "everything wrong", """{"schema": 1, "default": {"utility": -1, "brand": 0}, "segments": [{"segment": ""}, null]}""",
            ["default.utility is -1", "default.cost is missing", "segments[0].segment", "segments[1] is null"]
        },
        { "unknown parent", Weights.Replace("\"cost\": 2}", "\"parent\": \"people\"}", StringComparison.Ordinal), ["segments[0].parent is 'people'", "a segment of the book"] },
        { "called default", Weights.Replace("students", "default", StringComparison.Ordinal), ["segments[0].segment is 'default'", "no segment", "another name"] },
        { "separator in a name", Weights.Replace("students", "a|b", StringComparison.Ordinal), ["segments[0].segment is 'a|b'", "stands between"] },
        { "spaces around a name", Weights.Replace("students", "students ", StringComparison.Ordinal), ["spaces around"] },
        { "control character in a name", Weights.Replace("students", "a\\u001b", StringComparison.Ordinal), ["control character"] },
        { "too large", Weights.Replace("\"utility\": 1", "\"utility\": 1e308", StringComparison.Ordinal), ["line 2", "'students'", "exceeds the range of numbers"] },
    };

    [Theory]
    [MemberData(nameof(OfferFiles))]
    public void Score_BadOffers_SaysWhatAndWhereAndWritesNothing(string name, string[] lines, string[] said)
    {
        using var tool = new Tool();
        string offers = lines.Length == 0 ? tool.Bytes("offers.csv", []) : tool.File("offers.csv", lines);
        string weights = tool.File("weights.json", name == "other currency" ? Weights.Replace("{\"time\"", "{\"cost\": {\"kind\": \"money\", \"currency\": \"EUR\"}, \"time\"", StringComparison.Ordinal) : Weights);
        AssertRefused(name, tool.Run("score", offers, "--weights", weights, "-o", tool.At("s.csv")), ["offers.csv", .. said]);
        Assert.Equal(["offers.csv", "weights.json"], tool.Names());
    }

    [Theory]
    [MemberData(nameof(CustomerFiles))]
    public void Score_BadCustomers_SaysWhatAndWhereAndWritesNothing(string name, string[] lines, string[] said)
    {
        using var tool = new Tool();
        string offers = tool.File("offers.csv", _offers);
        string weights = tool.File("weights.json", Weights);
        string customers = lines.Length == 0 ? tool.Bytes("customers.csv", []) : tool.File("customers.csv", lines);
        AssertRefused(name, tool.Run("score", offers, "--weights", weights, "--customers", customers, "-o", tool.At("s.csv")), ["customers.csv", .. said]);
        AssertRefused(name, tool.Run("score", offers, "--weights", weights, "--customers", customers, "-o", "-"), ["customers.csv", .. said]);
        AssertRefused(name, tool.Run("score", offers, "--weights", weights, "--customers", customers, "--json"), ["customers.csv", .. said]);
        Assert.Equal(["customers.csv", "offers.csv", "weights.json"], tool.Names());
    }

    [Theory]
    [MemberData(nameof(WeightFiles))]
    public void Score_BadWeights_SaysWhatAndWhereAndWritesNothing(string name, string json, string[] said)
    {
        using var tool = new Tool();
        string offers = tool.File("offers.csv", name == "too large" ? [Header, "a,,,1e10,2,3,4,5"] : _offers);
        var run = tool.Run("score", offers, "--weights", tool.File("weights.json", json), "-o", tool.At("s.csv"));
        AssertRefused(name, run, [name == "too large" ? "offers.csv" : "weights.json", .. said]);
        Assert.Equal(["offers.csv", "weights.json"], tool.Names());
    }

    [Fact]
    public void Score_NoneOfTheFactors_IsRefusedEvenWhereAllAreStoodInFor()
    {
        using var tool = new Tool();
        string weights = tool.File("weights.json", """{"schema": 1, "default": {"utility": 0, "brand": 0, "relationship": 0, "cost": 0, "time": 0}}""");
        AssertRefused("none", tool.Run("score", tool.File("offers.csv", "offer_id,price", "a,1"), "--weights", weights), ["no column of a factor", "utility, brand, relationship, cost and time"]);
    }

    [Fact]
    public void Score_OwnRelationshipBeyondNumbers_IsAFaultOfItsLine()
    {
        using var tool = new Tool();
        string weights = tool.File("weights.json", Weights.Replace("\"relationship\": 0.6", "\"relationship\": 1e300", StringComparison.Ordinal));
        string customers = tool.File("customers.csv", People, "1,,", "2,,1e90");
        var run = tool.Run("score", tool.File("offers.csv", _offers), "--weights", weights, "--customers", customers, "-o", tool.At("s.csv"));
        AssertRefused("relationship", run, ["customers.csv has 1 fault;", "line 3, column relationship", "exceeds the range"]);
        Assert.False(File.Exists(tool.At("s.csv")));
    }

    [Fact]
    public void Score_OffersBeyondNumbers_AreNoFaultOfACustomerWithARelationship()
    {
        using var tool = new Tool();
        string weights = tool.File("weights.json", Weights.Replace("\"utility\": 1", "\"utility\": 1e308", StringComparison.Ordinal));
        string customers = tool.File("customers.csv", People, "1,,2");
        var run = tool.Run("score", tool.File("offers.csv", Header, "a,,,1e10,2,3,4,5"), "--weights", weights, "--customers", customers, "-o", tool.At("s.csv"));
        AssertRefused("offers", run, ["offers.csv, line 2", "'default'", "exceeds the range"]);
        Assert.DoesNotContain("customers.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_MissingFiles_AreNamed()
    {
        using var tool = new Tool();
        string offers = tool.File("offers.csv", _offers);
        string weights = tool.File("weights.json", Weights);
        AssertRefused("offers", tool.Run("score", tool.At("none.csv"), "--weights", weights), ["There is no file", "none.csv"]);
        AssertRefused("weights", tool.Run("score", offers, "--weights", tool.At("none.json")), ["There is no file", "none.json"]);
        AssertRefused("folder", tool.Run("score", offers, "--weights", tool.Folder), ["is a directory"]);
        AssertRefused("customers", tool.Run("score", offers, "--weights", weights, "--customers", tool.At("none.csv"), "-o", tool.At("s.csv")), ["There is no file", "none.csv"]);
    }

    [Theory]
    [InlineData("none/s.csv", "cannot be written")]
    [InlineData("taken", "is a directory")]
    public void Score_OutputCannotBeWritten_SaysSoAndLeavesNothingBehind(string output, string said)
    {
        using var tool = new Tool();
        Directory.CreateDirectory(tool.At("taken"));
        string offers = tool.File("offers.csv", _offers);
        string weights = tool.File("weights.json", Weights);
        string customers = tool.File("customers.csv", People, "1,students,");
        AssertRefused("segments", tool.Run("score", offers, "--weights", weights, "-o", tool.At(output)), [said]);
        AssertRefused("customers", tool.Run("score", offers, "--weights", weights, "--customers", customers, "-o", tool.At(output)), [said]);
        Assert.Equal(["customers.csv", "offers.csv", "taken", "weights.json"], tool.Names());
    }

    [Fact]
    public void Score_BadCustomers_LeaveAnOlderAnswerAsItWas()
    {
        using var tool = new Tool();
        string old = tool.File("s.csv", "old");
        string customers = tool.File("customers.csv", People, "1,students,", "2,students,close");
        tool.Run("score", tool.File("offers.csv", _offers), "--weights", tool.File("weights.json", Weights), "--customers", customers, "-o", old);
        Assert.Equal("old\n", File.ReadAllText(old));
    }

    [Fact]
    public void Score_Stopped_WritesNothing()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", [People, .. Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"{i},students,"))]);
        string offers = tool.File("offers.csv", _offers);
        string weights = tool.File("weights.json", Weights);
        var run = Tool.RunWith([], ["score", offers, "--weights", weights, "--customers", customers, "-o", tool.At("s.csv")], new CancellationToken(canceled: true));
        Assert.Equal(ExitCode.Cancelled, run.ExitCode);
        Assert.Equal(["customers.csv", "offers.csv", "weights.json"], tool.Names());
    }

    [Fact]
    public void Score_BytesThatAreNoUtf8_AreFaultsOfTheirFields()
    {
        using var tool = new Tool();
        byte[] latin1 = Encoding.Latin1.GetBytes(Header + ",name\nMüller,,,1,2,3,4,5,x\na,,,1,2,3,4,5,Möller\n");
        var run = tool.Run("score", tool.Bytes("offers.csv", latin1), "--weights", tool.File("weights.json", Weights));
        AssertRefused("bytes", run, ["2 faults", "line 2, column offer_id", "line 3, column name", "UTF-8"]);
    }

    private static void AssertRefused(string name, ToolRun run, string[] said)
    {
        Assert.True(run.ExitCode == ExitCode.Data, $"{name}: {run}");
        Assert.Equal("", run.Output);
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("should not", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", run.Error, StringComparison.Ordinal);
    }
}
