namespace Crm.Core.Tests;

// Published: minor digits of ISO 4217. Examples of the documentation.
public sealed class CurrencyTests
{
    [Fact]
    public void Of_AnyCase_GivesTheCurrency() => Assert.Equal(Currency.Usd, Currency.Of("usd"));

    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(4, "CLF UYW")]
    [InlineData(2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD " +
        "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL " +
        "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR " +
        "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG")]
    public void MinorDigits_OfACode_AreThoseOfIso4217(int digits, string codes) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(digits, Currency.Of(code).MinorDigits));

    [Theory]
    [InlineData("USD")]
    [InlineData("EUR")]
    [InlineData("GBP")]
    public void Of_NamedCurrency_EqualsTheProperty(string code) =>
        Assert.Contains(Currency.Of(code), new[] { Currency.Usd, Currency.Eur, Currency.Gbp });

    [Fact]
    public void Of_Xxx_IsNone()
    {
        Assert.Equal(default, Currency.Of("xxx"));
        Assert.Equal("XXX", Currency.None.ToString());
        Assert.Equal(0, Currency.None.MinorDigits);
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("", "''")]
    [InlineData("US", "'US'")]
    [InlineData("USD ", "'USD '")]
    [InlineData("ABC", "'ABC'")]
    [InlineData("uſd", "'uſd'")]
    [InlineData("DEM", "'DEM'")]
    public void Of_UnknownCode_IsRefusedByName(string? code, string shown)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Currency.Of(code!));
        Assert.Equal("code", refusal.ParamName);
        Assert.Contains($"ISO 4217, such as USD, EUR or JPY; it was {shown}.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LongText_IsMaskedAfterEightCharacters()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Currency.Of("Jane Doe, 12 Some Street"));
        Assert.Contains("it was 'Jane Doe…'.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Street", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryOf_UnknownCode_GivesNone()
    {
        Assert.False(Currency.TryOf("ABC", out var currency));
        Assert.Equal(Currency.None, currency);
    }
}
