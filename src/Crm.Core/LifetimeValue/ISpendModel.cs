using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>A model of what customers spend on an occasion.</summary>
/// <remarks>Implementations are immutable and thread-safe.</remarks>
public interface ISpendModel
{
    /// <summary>Gets the model's short name, as the tool writes it: "gamma-gamma".</summary>
    string Name { get; }

    /// <summary>Gets the currency of the amounts.</summary>
    Currency Currency { get; }

    /// <summary>Gets the parameters by the names of the paper, in its order.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <summary>Whether a customer's expected spend exists. It exists for every customer if it does for x = 0.</summary>
    /// <param name="frequency">x: repeat occasions, 0 or more.</param>
    /// <returns>Whether the mean is finite.</returns>
    bool HasExpectedSpend(int frequency);

    /// <summary>Expected value of an occasion of a customer of whom nothing is known: the population mean.</summary>
    /// <returns>A finite amount above 0, in <see cref="Currency"/>.</returns>
    /// <exception cref="UndefinedValueException">It does not exist under these parameters.</exception>
    double ExpectedSpend();

    /// <summary>Expected value of an occasion of a customer with this history.</summary>
    /// <param name="history">The history. Without repeat purchases, or with a mean spend of 0 or less, it is the population mean.</param>
    /// <returns>A finite amount above 0, in <see cref="Currency"/>.</returns>
    /// <exception cref="CurrencyMismatchException">The history has a mean spend in another currency.</exception>
    /// <exception cref="UndefinedValueException">It does not exist under these parameters.</exception>
    double ExpectedSpend(in PurchaseHistory history);

    /// <summary>Expected value of an occasion of every row.</summary>
    /// <param name="histories">The histories, with amounts in <see cref="Currency"/>.</param>
    /// <param name="destination">Receives one amount a row, above 0.</param>
    /// <exception cref="CurrencyMismatchException">The histories are in another currency.</exception>
    /// <exception cref="UndefinedValueException">It does not exist for some row under these parameters.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has not one place for each row.</exception>
    void ExpectedSpend(PurchaseHistories histories, Span<double> destination);

    /// <summary>How the value of an occasion of a customer with this history is distributed.</summary>
    /// <param name="history">The history. Without repeat purchases, or with a mean spend of 0 or less, it is the population's.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="CurrencyMismatchException">The history has a mean spend in another currency.</exception>
    SpendDistribution Distribution(in PurchaseHistory history);

    /// <summary>Draws the values of the occasions of a new customer.</summary>
    /// <param name="occasions">How many, 0 or more.</param>
    /// <param name="seed">Any number; the same one gives the same values.</param>
    /// <param name="customer">Which customer of this seed; they are independent of each other.</param>
    /// <returns>One amount above 0 for each occasion, in <see cref="Currency"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="occasions"/> is negative.</exception>
    IReadOnlyList<double> SimulateSpend(int occasions, ulong seed, ulong customer);
}
