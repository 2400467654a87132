namespace Crm.Core.Testing;

/// <summary>A store breaks a promise of its interface.</summary>
/// <remarks>The message is one line: the rule, what was expected, what the store did, why it matters. It holds no personal data.</remarks>
public sealed class ConformanceException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ConformanceException"/> class.</summary>
    /// <param name="contract">The interface: "ICustomerStore".</param>
    /// <param name="rule">The rule.</param>
    /// <param name="expected">What the interface promises.</param>
    /// <param name="actual">What the store did, without personal data.</param>
    /// <param name="cause">What the store threw; null where it threw nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public ConformanceException(string contract, ConformanceRule rule, string expected, string actual, Exception? cause = null)
        : base(Line(contract, rule, expected, actual), cause)
    {
        Contract = contract;
        Rule = rule;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>Gets the interface.</summary>
    public string Contract { get; }

    /// <summary>Gets the rule.</summary>
    public ConformanceRule Rule { get; }

    /// <summary>Gets what the interface promises.</summary>
    public string Expected { get; }

    /// <summary>Gets what the store did.</summary>
    public string Actual { get; }

    private static string Line(string contract, ConformanceRule rule, string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return $"{contract}, rule '{rule.Name}': expected {expected}; but {actual}. {rule.Why}";
    }
}
