using System.Globalization;

namespace Crm.Core;

/// <summary>An amount in a currency, as exact as a <see cref="decimal"/> is.</summary>
/// <remarks>
/// The default value is 0 of <see cref="Currency.None"/>. Arithmetic and comparison need one currency on both sides.
/// Immutable and thread-safe.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    private Money(decimal amount, Currency currency)
    {
        Amount = amount;
        Currency = currency;
    }

    /// <summary>Gets the amount in whole units of the currency (dollars, not cents).</summary>
    public decimal Amount { get; }

    /// <summary>Gets the currency.</summary>
    public Currency Currency { get; }

    /// <summary>Makes an amount of money.</summary>
    /// <param name="amount">In whole units of the currency; any sign, any number of decimals.</param>
    /// <param name="currency">The currency.</param>
    /// <returns>The money.</returns>
    public static Money Of(decimal amount, Currency currency) => new(amount, currency);

    /// <summary>Makes an amount of money.</summary>
    /// <param name="amount">In whole units of the currency; any sign, any number of decimals.</param>
    /// <param name="currencyCode">A code of ISO 4217.</param>
    /// <returns>The money.</returns>
    /// <exception cref="ArgumentException"><paramref name="currencyCode"/> is not a code of ISO 4217.</exception>
    public static Money Of(decimal amount, string currencyCode) => new(amount, Currency.Of(currencyCode));

    /// <summary>Adds another amount.</summary>
    /// <param name="other">An amount in the same currency.</param>
    /// <returns>The sum, exact wherever a <see cref="decimal"/> has the digits for it (28 of them).</returns>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum is beyond the range of <see cref="decimal"/>.</exception>
    public Money Add(Money other) => new(Amount + AmountOf(other), Currency);

    /// <summary>Takes another amount away.</summary>
    /// <param name="other">An amount in the same currency.</param>
    /// <returns>The difference, exact wherever a <see cref="decimal"/> has the digits for it (28 of them).</returns>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference is beyond the range of <see cref="decimal"/>.</exception>
    public Money Subtract(Money other) => new(Amount - AmountOf(other), Currency);

    /// <summary>Turns the sign.</summary>
    /// <returns>The same amount with the other sign.</returns>
    public Money Negate() => new(-Amount, Currency);

    /// <summary>Scales the amount.</summary>
    /// <param name="factor">How many times.</param>
    /// <returns>The product, rounded only where <see cref="decimal"/> has no more digits.</returns>
    /// <exception cref="OverflowException">The product is beyond the range of <see cref="decimal"/>.</exception>
    public Money Multiply(decimal factor) => new(Amount * factor, Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="other">An amount in the same currency.</param>
    /// <returns>Less than 0, 0 or more than 0.</returns>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public int CompareTo(Money other) => Amount.CompareTo(AmountOf(other));

    /// <inheritdoc cref="Add"/>
    public static Money operator +(Money left, Money right) => left.Add(right);

    /// <inheritdoc cref="Subtract"/>
    public static Money operator -(Money left, Money right) => left.Subtract(right);

    /// <inheritdoc cref="Negate"/>
    public static Money operator -(Money money) => money.Negate();

    /// <inheritdoc cref="Multiply"/>
    public static Money operator *(Money money, decimal factor) => money.Multiply(factor);

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Gives amount and code, in the invariant culture: "12.50 USD".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private decimal AmountOf(Money other) =>
        other.Currency == Currency ? other.Amount : throw new CurrencyMismatchException(Currency, other.Currency);
}
