namespace Crm.Core.Segments;

/// <summary>Rules are refused; all that is wrong with them is named together.</summary>
public sealed class RuleFaultsException : ArgumentException
{
    /// <summary>Initializes a new instance of the <see cref="RuleFaultsException"/> class.</summary>
    public RuleFaultsException()
        : this([])
    {
    }

    /// <summary>Initializes a new instance of the <see cref="RuleFaultsException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    public RuleFaultsException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="RuleFaultsException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Why.</param>
    public RuleFaultsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="RuleFaultsException"/> class.</summary>
    /// <param name="faults">What is wrong.</param>
    /// <exception cref="ArgumentException">The list or one of its faults is null.</exception>
    public RuleFaultsException(IReadOnlyList<RuleFault> faults)
        : base(MessageOf(faults)) => Faults = ValueList<RuleFault>.Of(faults, nameof(faults));

    /// <summary>Gets what is wrong, in the order of the segments.</summary>
    public IReadOnlyList<RuleFault> Faults { get; } = ValueList<RuleFault>.None;

    private static string MessageOf(IReadOnlyList<RuleFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return $"The segments are refused: {string.Join("; ", faults)}.";
    }
}
