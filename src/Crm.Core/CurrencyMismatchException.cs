namespace Crm.Core;

/// <summary>Amounts of two currencies met where one was needed. The message names both.</summary>
public sealed class CurrencyMismatchException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="CurrencyMismatchException"/> class.</summary>
    /// <param name="expected">The currency that was there first.</param>
    /// <param name="found">The currency that came.</param>
    public CurrencyMismatchException(Currency expected, Currency found)
        : base($"Amounts in {expected} and in {found} cannot be combined. Convert them to one currency first.")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the currency that was there first.</summary>
    public Currency Expected { get; }

    /// <summary>Gets the currency that came.</summary>
    public Currency Found { get; }
}
