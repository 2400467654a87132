using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Tests.House;

/// <summary>The library says the same thing in every culture.</summary>
public sealed class CultureTests
{
    private static readonly LocalDate _day = new(1997, 9, 30);

    private static readonly HistoryColumns _noColumns = new() { Frequency = [], Recency = [], Age = [] };

    private static readonly Dictionary<string, Func<string>> _texts = new()
    {
        ["Money"] = () => Money.Of(-1234.5m, Currency.Usd).ToString(),
        ["Horizon"] = () => Horizon.Weeks(39.5).ToString(),
        ["Horizon parsed"] = () => Horizon.TryParse("2.5Y", out Horizon horizon) ? horizon.ToString() : "unread",
        ["Window"] = () => Window.Through(_day).HoldingOutThrough(_day.PlusDays(273)).ToString(),
        ["DiscountRate"] = () => DiscountRate.PerYear(0.125).ToString(),
        ["DiscountRate, raw"] = () => DiscountRate.Continuous(0.0027, TimeUnit.Unnamed).ToString(),
        ["RowFault"] = () => new RowFault(-1234, "age", "1.5", "0").ToString(),
        ["Currency of small letters"] = () => Currency.TryOf("inr", out Currency rupee) ? rupee.ToString() : "unread",
        ["TimeUnit of capitals"] = () => TimeUnit.TryOf("UNNAMED", out _) && TimeUnit.TryOf("MONTHS", out TimeUnit month) ? month.ToString() : "unread",
        ["CustomerId order"] = () => string.Join(" ", new[] { "i", "I", "ı", "İ", "10", "9" }.Select(CustomerId.Of).Order()),
        ["Pyramid"] = () => APyramid([1.5, -2.25, 12345.5]).ToString(),
    };

    private static readonly Dictionary<string, Action> _errors = new()
    {
        ["discount rate"] = () => DiscountRate.PerYear(-12.5),
        ["horizon"] = () => Horizon.Weeks(-1.5),
        ["horizon text"] = () => Horizon.Parse("-1.5"),
        ["window"] = () => Window.Through(_day).HoldingOutThrough(_day.PlusDays(-1)),
        ["id"] = () => CustomerId.Of(new string('x', 12345)),
        ["history"] = () => PurchaseHistory.Of(-1, -0.5, -1.5, TimeUnit.Week, double.NaN),
        ["ranked values"] = () => APyramid([1.5, double.NaN, double.NegativeInfinity]),
        ["shares"] = () => PyramidScheme.OfShares("half", new TierShare(Tier.Top, 0.5m)),
        ["row"] = () => _ = PurchaseHistories.FromColumns(_noColumns, new() { Unit = TimeUnit.Week })[-12],
        ["amount"] = () => new PurchaseHistoryBuilder(TimeUnit.Week).Add(CustomerId.Of("1"), _day, -1234.5m),
        ["amount returned"] = () => new PurchaseHistoryBuilder(TimeUnit.Week).AddReturn(CustomerId.Of("1"), _day, -1234.5m),
        ["share of the top"] = () => APyramid([1, 2, 3]).Concentration.ShareOfTop(-1.5m),
        ["saved fit"] = () => FitDocument.FromJson("""{"schema":-1,"model":"bg-nbd","unit":"week","currency":"USD"}"""),
        ["saved fit, not JSON"] = () => FitDocument.FromJson("{"),
        ["mean spend that does not exist"] = () => _ = new GammaGamma(6.25, 0.75, 15.5, Currency.Usd).ExpectedSpend(),
    };

    public static TheoryData<string, string> Texts => Everywhere(_texts.Keys);

    public static TheoryData<string, string> Errors => Everywhere(_errors.Keys);

    public static TheoryData<string> Names => [.. Cultures.Names];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_InAnyCulture_IsTheInvariantOne(string text, string culture) =>
        Assert.Equal(Cultures.In(CultureInfo.InvariantCulture, _texts[text]), Cultures.In(Cultures.Of(culture), _texts[text]));

    [Theory]
    [MemberData(nameof(Errors))]
    public void Message_InAnyCulture_IsTheInvariantOne(string error, string culture) =>
        Assert.Equal(Message(error, CultureInfo.InvariantCulture), Message(error, Cultures.Of(culture)));

    // Were the cultures of the machine all alike, the tests above would prove nothing.
    [Theory]
    [MemberData(nameof(Names))]
    public void Culture_OfTheTests_DiffersFromTheInvariantOne(string culture) => Assert.NotEqual(
        Cultures.In(CultureInfo.InvariantCulture, Sample), Cultures.In(Cultures.Of(culture), Sample));

    private static string Message(string error, CultureInfo culture) =>
        Cultures.In(culture, () => Assert.ThrowsAny<Exception>(_errors[error]).Message);

    private static string Sample() => $"{-1234.5:N1} {new DateTime(1997, 9, 30):d} {"i".ToUpper(CultureInfo.CurrentCulture)}";

    private static Pyramid APyramid(double[] values) =>
        PyramidScheme.Curry.Rank([.. values.Select((_, row) => CustomerId.Of($"c{row}"))], values);

    private static TheoryData<string, string> Everywhere(IEnumerable<string> what)
    {
        var data = new TheoryData<string, string>();
        foreach (var (item, culture) in what.SelectMany(item => Cultures.Names.Select(culture => (item, culture))))
        {
            data.Add(item, culture);
        }

        return data;
    }
}
