namespace Crm.Core.Tests;

public sealed class CurrencyTests
{
    [Fact]
    public void Of_AnyCase_GivesTheCurrency() => Assert.Equal(Currency.Usd, Currency.Of("usd"));
}
