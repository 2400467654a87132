using Crm.Core.Customers;

namespace Crm.Core.Tests.Customers;

public sealed class CustomerKeyTests
{
    [Theory]
    [InlineData("+44 (0)20 7946-0958", null)]
    [InlineData("0044 20 79460958", null)]
    [InlineData("(+44) 20 7946 0958", null)]
    [InlineData("(0044) 20 7946 0958", null)]
    [InlineData("tel:+44-20-7946-0958", "49")]
    [InlineData("Tel. (020) 7946 0958", "44")]
    [InlineData(" +44.20.7946.0958 ", null)]
    [InlineData("020 7946 0958", "44")]
    [InlineData("20 7946 0958", "44")]
    [InlineData("+44 20 7946 0958", "49")]
    [InlineData("+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", null)]
    [InlineData("٠٠٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", null)]
    [InlineData("＋４４ ２０ ７９４６ ０９５８", null)]
    [InlineData("００４４（０）２０７９４６０９５８", null)]
    public void Phone_WrittenInAnyWay_IsOneKey(string number, string? countryCode) =>
        Assert.Equal("phone:+442079460958", CustomerKey.Phone(number, countryCode).ToString());

    [Theory]
    [InlineData("020 7946 0958", null, "phone:02079460958")]
    [InlineData("06 1234 5678", "39", "phone:+390612345678")]
    [InlineData("06 1234 5678", "378", "phone:+3780612345678")]
    [InlineData("CALL ME", null, "phone:CALL ME")]
    [InlineData("0", "44", "phone:+44")]
    public void Phone_OfOneCountry_KeepsWhatBelongsToIt(string number, string? countryCode, string key) =>
        Assert.Equal(key, CustomerKey.Phone(number, countryCode).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("4444")]
    [InlineData("+44")]
    [InlineData("٤٤")]
    public void Phone_OfACodeThatIsNone_IsRefused(string countryCode)
    {
        Assert.Equal("countryCode", Assert.Throws<ArgumentException>(() => CustomerKey.Phone("1", countryCode)).ParamName);
        Assert.Equal(
            "CountryCode", Assert.Throws<ArgumentException>(() => new ContactPoint { Kind = ContactKind.Phone, Text = "1", CountryCode = countryCode, Dates = Facts.Dates(1) }).ParamName);
    }

    [Fact]
    public void Email_InAnyCase_IsOneKey()
    {
        Assert.Equal(CustomerKey.Email("ada.i@example.org"), CustomerKey.Email(" ADA.I@Example.ORG\n"));
        Assert.NotEqual(CustomerKey.Email("ada@example.org"), CustomerKey.Email("adá@example.org"));
    }

    [Fact]
    public void Postal_OverLinesAndRunsOfSpace_IsOneKey() =>
        Assert.Equal(CustomerKey.Postal("12 st james's square london"), CustomerKey.Postal("12  St James's\tSquare\n London "));

    [Fact]
    public void Keys_OfDifferentKinds_NeverMeet() => Assert.Equal(4, new[]
    {
        CustomerKey.Email("1"), CustomerKey.Phone("1"), CustomerKey.Postal("1"), CustomerKey.Message("1"),
    }.Distinct().Count());

    [Fact]
    public void External_OfSystemAndIdThatLookAlikeTogether_AreTold()
    {
        Assert.NotEqual(CustomerKey.External(SourceId.Of("a:"), "b"), CustomerKey.External(SourceId.Of("a"), ":b"));
        Assert.NotEqual(CustomerKey.External(SourceId.Of("a"), "b:c"), CustomerKey.External(SourceId.Of("a:b"), "c"));
        Assert.NotEqual(CustomerKey.External(SourceId.Of("a"), "X"), CustomerKey.External(SourceId.Of("a"), "x"));
    }

    [Fact]
    public void None_FindsNobodyAndEqualsNoKey()
    {
        Assert.Equal("", CustomerKey.None.ToString());
        Assert.Equal(CustomerKey.None, default);
        Assert.NotEqual(CustomerKey.None, CustomerKey.Email(" "));
    }

    [Fact]
    public void Keys_OfTextNoStoreKeeps_AreRefusedByName() => Assert.All(["", "a\0", "\ud800"], text =>
    {
        Assert.Equal("address", Assert.ThrowsAny<ArgumentException>(() => CustomerKey.Email(text)).ParamName);
        Assert.Equal("number", Assert.ThrowsAny<ArgumentException>(() => CustomerKey.Phone(text)).ParamName);
        Assert.Equal("address", Assert.ThrowsAny<ArgumentException>(() => CustomerKey.Postal(text)).ParamName);
        Assert.Equal("account", Assert.ThrowsAny<ArgumentException>(() => CustomerKey.Message(text)).ParamName);
        Assert.Equal("id", Assert.ThrowsAny<ArgumentException>(() => CustomerKey.External(SourceId.Of("s"), text)).ParamName);
        Assert.Equal("system", Assert.Throws<ArgumentException>(() => CustomerKey.External(SourceId.None, "x")).ParamName);
    });
}
