using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Tests.Customers;

public sealed class AttributeSchemaTests
{
    private static readonly AttributeDefinition _colour = new() { Id = AttributeId.Of("colour"), Kind = AttributeKind.Text, Accepted = ["red", "blue"] };
    private static readonly AttributeDefinition _height = new() { Id = AttributeId.Of("height"), Kind = AttributeKind.Number, Unit = "m", Least = 0.5m, Greatest = 2.5m };

    public static TheoryData<AttributeValue, string> Values => new()
    {
        { AttributeValue.Of("per aspera"), "per aspera" },
        { AttributeValue.Of(1.650m, "m"), "1.650 m" },
        { AttributeValue.Of(42), "42" },
        { AttributeValue.Of(true), "yes" },
        { AttributeValue.Of(false), "no" },
        { AttributeValue.Of(new LocalDate(1815, 12, 10)), "1815-12-10" },
        { AttributeValue.Of(Money.Of(3200.50m, Currency.Gbp)), "3200.50 GBP" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void ToText_OfAValue_IsTheInvariantOne(AttributeValue value, string text) => Assert.Equal(text, value.ToText());

    [Fact]
    public void Equals_OfValues_CountsTypeAndUnit()
    {
        Assert.Equal(AttributeValue.Of(1, "km"), AttributeValue.Of(1.0m, "km"));
        Assert.NotEqual(AttributeValue.Of(1, "km"), AttributeValue.Of(1000, "m"));
        Assert.NotEqual(AttributeValue.Of(1, "km"), AttributeValue.Of(1));
        Assert.NotEqual(AttributeValue.Of("1"), AttributeValue.Of(1));
    }

    [Fact]
    public void Of_TextNoStoreKeeps_IsRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => AttributeValue.Of("a\0"));
        Assert.ThrowsAny<ArgumentException>(() => AttributeValue.Of((string)null!));
        Assert.Equal("unit", Assert.ThrowsAny<ArgumentException>(() => AttributeValue.Of(1, "")).ParamName);
    }

    [Theory]
    [InlineData("red", null)]
    [InlineData("Red", "one of red, blue")]
    public void Fault_OfAText_NamesWhatIsAccepted(string text, string? fault) => Assert.Equal(fault, _colour.Fault(AttributeValue.Of(text)));

    [Fact]
    public void Fault_OfANumber_NamesUnitAndRange()
    {
        Assert.Null(_height.Fault(AttributeValue.Of(0.5m, "m")));
        Assert.Null(_height.Fault(AttributeValue.Of(2.5m, "m")));
        Assert.Equal("0.5 or more", _height.Fault(AttributeValue.Of(0.4m, "m")));
        Assert.Equal("2.5 or less", _height.Fault(AttributeValue.Of(2.6m, "m")));
        Assert.Equal("a number of m, not of cm", _height.Fault(AttributeValue.Of(165, "cm")));
        Assert.Equal("a number of m, not of no unit", _height.Fault(AttributeValue.Of(1)));
        Assert.Equal("a number, not a text", _height.Fault(AttributeValue.Of("tall")));
    }

    [Fact]
    public void Of_DefinitionsTwiceOrOfNothing_NamesThemAll()
    {
        var wrong = Assert.Throws<ArgumentException>(() => AttributeSchema.Of(_colour, _height, _colour, new() { Id = AttributeId.None, Kind = AttributeKind.Flag }));
        Assert.Equal("definitions", wrong.ParamName);
        Assert.Contains("colour stands 2 times, (none) stands 1 times", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ADeclaredAttribute_GivesItsDefinition()
    {
        AttributeSchema schema = AttributeSchema.Of(_colour, _height);
        Assert.Equal([_colour, _height], schema.Definitions);
        Assert.Same(_height, schema.Find(_height.Id));
        Assert.Null(schema.Find(AttributeId.Of("Height")));
    }

    [Fact]
    public void Faults_OfACustomer_NameAllThatIsWrongAndNoValue()
    {
        Customer ada = Facts.Ada(
            AttributeFact.Of(_colour.Id, AttributeValue.Of("secret"), Facts.Dates(1)),
            AttributeFact.Of(_height.Id, AttributeValue.Of(9, "m"), Facts.Dates(1)),
            AttributeFact.Of(AttributeId.Of("hobby"), AttributeValue.Of("secret"), Facts.Dates(1)),
            AttributeFact.Of(_colour.Id, AttributeValue.Of("secret"), Facts.Dates(1, retracted: 2)),
            AttributeFact.Of(_colour.Id, AttributeValue.Of("red"), Facts.Dates(1)));
        Assert.Equal(
            ["colour from crm: expected one of red, blue", "height from crm: expected 2.5 or less", "hobby from crm is not declared; declared are colour, height"],
            AttributeSchema.Of(_colour, _height).Faults(ada));
    }
}
