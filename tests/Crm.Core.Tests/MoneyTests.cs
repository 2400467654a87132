using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests;

// Examples, and the properties of decimal arithmetic.
public sealed class MoneyTests
{
    public static TheoryData<string, Action<Money, Money>> Meetings => new()
    {
        { "+", (a, b) => _ = a + b },
        { "-", (a, b) => _ = a - b },
        { "<", (a, b) => _ = a < b },
        { ">", (a, b) => _ = a > b },
        { "<=", (a, b) => _ = a <= b },
        { ">=", (a, b) => _ = a >= b },
        { "CompareTo", (a, b) => _ = a.CompareTo(b) },
    };

    [Fact]
    public void Add_TenthsThatDoublesCannotAdd_IsExact() =>
        Assert.Equal(Money.Of(0.3m, "USD"), Money.Of(0.1m, "USD") + Money.Of(0.2m, "USD"));

    [Fact]
    public void Subtract_WhatWasAdded_GivesTheFirst() => FixedSeed.ForAll(Gen.Choose(-1_000_000_000, 1_000_000_000).Two(), cents =>
    {
        Money first = Money.Of(cents.Item1 / 100m, Currency.Eur);
        Money second = Money.Of(cents.Item2 / 100m, Currency.Eur);
        Assert.Equal(first, first + second - second);
        Assert.Equal(first, -(-first));
        Assert.Equal(first + second, second + first);
        Assert.Equal(first - second, -(second - first));
    });

    [Fact]
    public void Multiply_ByAFactor_KeepsTheCurrency() => Assert.Equal(Money.Of(30.03m, "JPY"), Money.Of(10.01m, "JPY") * 3);

    [Theory]
    [MemberData(nameof(Meetings))]
    public void Operator_MixedCurrencies_IsRefusedNamingBoth(string name, Action<Money, Money> operation)
    {
        Assert.NotEmpty(name);
        var refusal = Assert.Throws<CurrencyMismatchException>(() => operation(Money.Of(1, "USD"), Money.Of(1, "EUR")));
        Assert.Equal((Currency.Usd, Currency.Eur), (refusal.Expected, refusal.Found));
        Assert.Equal("Amounts in USD and in EUR cannot be combined. Convert them to one currency first.", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Meetings))]
    public void Operator_UnnamedCurrencyAndANamedOne_IsRefused(string name, Action<Money, Money> operation)
    {
        Assert.NotEmpty(name);
        var refusal = Assert.Throws<CurrencyMismatchException>(() => operation(default, Money.Of(1, "EUR")));
        Assert.Contains("in XXX and in EUR", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equals_MixedCurrencies_IsFalseAndNotRefused() => Assert.NotEqual(Money.Of(1, "USD"), Money.Of(1, "EUR"));

    [Fact]
    public void Equals_OtherNumberOfDecimals_IsTrueWithOneHashCode()
    {
        Assert.Equal(Money.Of(12.5m, "USD"), Money.Of(12.50m, "USD"));
        Assert.Equal(Money.Of(12.5m, "USD").GetHashCode(), Money.Of(12.50m, "USD").GetHashCode());
    }

    [Theory]
    [InlineData(1, 2, -1)]
    [InlineData(2, 2, 0)]
    [InlineData(-2, -3, 1)]
    public void CompareTo_OneCurrency_IsByAmount(int left, int right, int sign)
    {
        Money a = Money.Of(left, "USD");
        Money b = Money.Of(right, "USD");
        Assert.Equal(sign, Math.Sign(a.CompareTo(b)));
        bool[] expected = [sign < 0, sign > 0, sign <= 0, sign >= 0];
        bool[] found = [(a < b), (a > b), (a <= b), (a >= b)];
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Add_BeyondDecimal_Overflows() =>
        Assert.Throws<OverflowException>(() => Money.Of(decimal.MaxValue, "USD") + Money.Of(decimal.MaxValue, "USD"));

    [Fact]
    public void Of_UnknownCode_IsRefused() => Assert.Throws<ArgumentException>(() => Money.Of(1, "ABC"));

    [Fact]
    public void ToString_Amount_KeepsItsDecimalsInTheInvariantCulture() => Assert.Equal("-1234.50 USD", Money.Of(-1234.50m, "USD").ToString());

    [Fact]
    public void Default_IsZeroOfNoCurrency() => Assert.Equal("0 XXX", default(Money).ToString());
}
