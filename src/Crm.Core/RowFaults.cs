using System.Globalization;

namespace Crm.Core;

/// <summary>What is wrong with the rows of an input: the first faults by name, all by number.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RowFaults
{
    private RowFaults(IReadOnlyList<RowFault> named, long total)
    {
        Named = named;
        Total = total;
    }

    /// <summary>Gets the faults of an input that has none.</summary>
    public static RowFaults None { get; } = new([], 0);

    /// <summary>Gets the first faults, at most <see cref="RowFaultsException.MaxNamed"/>, in the order of the rows.</summary>
    public IReadOnlyList<RowFault> Named { get; }

    /// <summary>Gets how many faults there are in all.</summary>
    public long Total { get; }

    /// <summary>Gets a value indicating whether every row is good.</summary>
    public bool IsEmpty => Total == 0;

    /// <summary>Gives the faults in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        if (IsEmpty)
        {
            return "No value is wrong.";
        }

        string rest = Total > Named.Count ? string.Create(CultureInfo.InvariantCulture, $" … and {Total - Named.Count} more.") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Total} {Plural.Of(Total, "value is", "values are")} wrong: {string.Join("; ", Named)}.{rest}");
    }

    internal static RowFaults Of(RowFaultList? list) => list is null || list.IsEmpty ? None : new(Array.AsReadOnly(list.Named.ToArray()), list.Total);

    internal void ThrowIfAny(string paramName)
    {
        if (!IsEmpty)
        {
            throw new RowFaultsException(this, paramName);
        }
    }
}
