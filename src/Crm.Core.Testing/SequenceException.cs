using System.Globalization;

namespace Crm.Core.Testing;

/// <summary>A store and the model differ after a sequence of operations.</summary>
/// <remarks>The message gives the seed, the fewest steps that still show the difference, and the difference. It holds no personal data.</remarks>
public sealed class SequenceException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SequenceException"/> class.</summary>
    /// <param name="contract">The interface: "ICustomerStore".</param>
    /// <param name="seed">The seed of the sequence.</param>
    /// <param name="steps">The fewest steps found that still show the difference.</param>
    /// <param name="expected">What the model says.</param>
    /// <param name="actual">What the store did, without personal data.</param>
    /// <param name="cause">What the store threw; null where it threw nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="steps"/> is null.</exception>
    public SequenceException(string contract, ulong seed, IReadOnlyList<string> steps, string expected, string actual, Exception? cause = null)
        : base(Words(contract, seed, steps, expected, actual), cause)
    {
        Contract = contract;
        Seed = seed;
        Steps = Array.AsReadOnly([.. steps]);
        Expected = expected;
        Actual = actual;
    }

    /// <summary>Gets the interface.</summary>
    public string Contract { get; }

    /// <summary>Gets the seed of the sequence: <see cref="SequenceOptions"/> with it and one sequence runs it again.</summary>
    public ulong Seed { get; }

    /// <summary>Gets the fewest steps found that still show the difference, in their order.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>Gets what the model says.</summary>
    public string Expected { get; }

    /// <summary>Gets what the store did.</summary>
    public string Actual { get; }

    private static string Words(string contract, ulong seed, IReadOnlyList<string> steps, string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(steps);
        string list = string.Join("; ", steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {step}")));
        return string.Create(CultureInfo.InvariantCulture, $"{contract}, random sequence of seed {seed}, shortened to {list}: expected {expected}; but {actual}.");
    }
}
