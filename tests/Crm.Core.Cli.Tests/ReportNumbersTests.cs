using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Tests;

/// <summary>How the report writes numbers, cuts bands and sets ticks.</summary>
public sealed class ReportNumbersTests
{
    [Theory]
    [InlineData("en", "1,234,567.5")]
    [InlineData("en-GB", "1,234,567.5")]
    [InlineData("es-MX", "1,234,567.5")]
    [InlineData("es", "1.234.567,5")]
    [InlineData("en_ZA.UTF-8", "1\u00A0234\u00A0567,5")]
    [InlineData("de", "1.234.567,5")]
    [InlineData("de_DE.UTF-8", "1.234.567,5")]
    [InlineData("de-CH", "1’234’567.5")]
    [InlineData("fr-FR", "1\u202F234\u202F567,5")]
    [InlineData("pl", "1\u00A0234\u00A0567,5")]
    [InlineData("sv-SE@euro", "1\u00A0234\u00A0567,5")]
    [InlineData("en-IN", "12,34,567.5")]
    [InlineData("hi_IN.UTF-8", "12,34,567.5")]
    [InlineData("bn-BD", "12,34,567.5")]
    [InlineData("gu", "12,34,567.5")]
    [InlineData("ml", "12,34,567.5")]
    [InlineData("mr", "12,34,567.5")]
    [InlineData("ne-NP", "12,34,567.5")]
    [InlineData("pa", "12,34,567.5")]
    [InlineData("ta-IN", "12,34,567.5")]
    [InlineData("ta-SG", "1,234,567.5")]
    [InlineData("te", "12,34,567.5")]
    [InlineData("kn", "1,234,567.5")]
    public void Find_AKnownLocale_WritesNumbersItsWay(string name, string expected) =>
        Assert.Equal(expected, new ReportNumbers(ReportLocale.Find(name)!, "XXX").Number(1_234_567.5, 1));

    [Theory]
    [InlineData("")]
    [InlineData("C.UTF-8")]
    [InlineData("POSIX")]
    [InlineData("klingon")]
    public void Find_AnUnknownLocale_IsNone(string name) => Assert.Null(ReportLocale.Find(name));

    [Fact]
    public void OfEnvironment_TakesTheFirstThatIsSet()
    {
        Assert.Equal("de-DE", Of(("LC_ALL", "de_DE.UTF-8"), ("LANG", "fr_FR")));
        Assert.Equal("fr-FR", Of(("LC_ALL", ""), ("LC_NUMERIC", "fr_FR"), ("LANG", "de_DE")));
        Assert.Equal("en", Of(("LANG", "C.UTF-8")));
        Assert.Equal("en", Of());

        static string Of(params (string Name, string Value)[] variables) =>
            ReportLocale.OfEnvironment(name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault()).Name;
    }

    [Theory]
    [InlineData("expected 12,554 purchases; there were 12,320 (1.9 % too high).", "expected 12.554 purchases; there were 12.320 (1,9\u00A0% too high).")]
    [InlineData("log score, -0.7456: the best (others: a -0.7467, b -0.7498).", "log score, -0,7456: the best (others: a -0,7467, b -0,7498).")]
    [InlineData("Crm.Core 0.1.0 read 1997-09-30, 5 of 7, v1.5 and 1,234,567.25.", "Crm.Core 0.1.0 read 1997-09-30, 5 of 7, v1.5 and 1.234.567,25.")]
    [InlineData("rows 1, 2 and 3. In 26 weeks.", "rows 1, 2 and 3. In 26 weeks.")]
    [InlineData("p 5.086 (0.26); q 3.9951", "p 5,086 (0,26); q 3,9951")]
    public void Words_InGerman_HaveGermanNumbersAndTheSameWords(string sentence, string expected) =>
        Assert.Equal(expected, ReportLocale.Find("de")!.Words(sentence));

    [Theory]
    [InlineData("expected 1,234,567 purchases; there were 12,320 (1.9).", "expected 12,34,567 purchases; there were 12,320 (1.9).")]
    [InlineData("over 98,765,432,109,876,543,210,987,654,321,000.25 INR", "over 9,87,65,43,21,09,87,65,43,21,09,87,65,43,21,000.25 INR")]
    [InlineData("-1,234.5 and 123456.7", "-1,234.5 and 123456.7")]
    public void Words_InHindi_AreGroupedByLakhs(string sentence, string expected) => Assert.Equal(expected, ReportLocale.Find("hi-IN")!.Words(sentence));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0002, "0.0002")]
    [InlineData(0.25, "0.25")]
    [InlineData(999, "999")]
    [InlineData(5_000, "5,000")]
    [InlineData(20_000, "20k")]
    [InlineData(1_500_000, "1.5M")]
    [InlineData(-25_000, "\u221225k")]
    [InlineData(2e9, "2bn")]
    [InlineData(1e16, "1E16")]
    public void Short_ForTicks_IsShort(double value, string expected) => Assert.Equal(expected, new ReportNumbers(ReportLocale.English, "XXX").Short(value));

    [Theory]
    [InlineData(0, "0 returns")]
    [InlineData(1, "1 return")]
    [InlineData(1_500, "1,500 returns")]
    public void Counted_HasTheWordThatFits(long count, string expected) => Assert.Equal(expected, new ReportNumbers(ReportLocale.English, "XXX").Counted(count, "return"));

    [Theory]
    [InlineData(0.021, "+2.1\u00A0%")]
    [InlineData(-0.163, "\u221216.3\u00A0%")]
    [InlineData(0.0, "0.0\u00A0%")]
    [InlineData(null, "–")]
    public void Signed_HasItsSign(double? share, string expected) => Assert.Equal(expected, new ReportNumbers(ReportLocale.English, "XXX").Signed(share));

    [Fact]
    public void Money_HasItsCurrencyUnlessNobodyNamedIt()
    {
        Assert.Equal("1,235\u00A0EUR", new ReportNumbers(ReportLocale.English, "EUR").Money(1_234.6));
        Assert.Equal("12.50", new ReportNumbers(ReportLocale.English, "XXX").Money(12.5));
        Assert.Equal("1.235E300\u00A0EUR", new ReportNumbers(ReportLocale.English, "EUR").Money(1.2346e300));
        Assert.Equal("–", new ReportNumbers(ReportLocale.English, "EUR").Money(null));
    }

    [Theory]
    [InlineData(0, 0.7, "0 0.2 0.4 0.6 0.8")]
    [InlineData(0, 1_000, "0 500 1000")]
    [InlineData(0, 3, "0 1 2 3")]
    [InlineData(0, 0, "0 0.5 1")]
    public void FromZero_HasRoundTicksThatHoldAll(double from, double most, string ticks)
    {
        Axis axis = Axis.FromZero(most, 100, 0);
        Assert.Equal(ticks, string.Join(' ', axis.Ticks.Select(tick => Math.Round(tick, 9).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(100, axis.At(from));
        Assert.InRange(axis.At(most), 0, 100);
    }

    [Fact]
    public void ValueBands_HoldTheirCustomersAtTheEnds()
    {
        IReadOnlyList<ValueBand> bands = ValueBand.Of([-3, 0, 10, 10.01, 20, 100, 1_000, 1_000]);
        Assert.Equal(1_000, bands[^1].Through);
        Assert.Equal(8, bands.Sum(band => band.Customers));
        Assert.Equal(2, bands[^1].Customers);
        Assert.Equal(2, bands.Single(band => band.Through == 20).Customers);
        Assert.Equal(1, bands.Single(band => band.Through == 10).Customers);
        Assert.Equal(2, bands[0].Customers);
        Assert.Null(bands[0].Above);
        Assert.All(bands.Zip(bands.Skip(1)), pair => Assert.Equal(pair.First.Through, pair.Second.Above));
    }

    [Theory]
    [InlineData(new double[] { }, 0)]
    [InlineData(new[] { 0.0, 0, -5 }, 1)]
    [InlineData(new[] { 1e-300 }, 1)]
    [InlineData(new[] { 1e300, 1 }, 12)]
    [InlineData(new[] { 999.9999999999999, 1000.0000000000001 }, 2)]
    public void ValueBands_OfOddValues_HoldThemAll(double[] values, int bands)
    {
        IReadOnlyList<ValueBand> found = ValueBand.Of(values);
        Assert.Equal(bands, found.Count);
        Assert.Equal(values.Length, found.Sum(band => band.Customers));
        Assert.All(values, value => Assert.True(value <= found[^1].Through));
    }

    [Fact]
    public void AliveBands_HoldCertaintyInTheLast()
    {
        IReadOnlyList<AliveBand> bands = AliveBand.Of([0, 0.05, 0.1, 0.999, 1], [1, 2, 4, 8, 16]);
        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 0, 0, 2], bands.Select(band => band.Customers));
        Assert.Equal((3, 24), (bands[0].Value, bands[9].Value));
    }
}
