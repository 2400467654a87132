namespace Crm.Core;

/// <summary>Rows of an input are wrong. All of them were checked; the first 20 faults are named, with their total.</summary>
public sealed class RowFaultsException : ArgumentException
{
    /// <summary>How many faults are named before only their number is.</summary>
    public const int MaxNamed = 20;

    internal RowFaultsException(RowFaults faults, string paramName)
        : base(faults.ToString(), paramName)
    {
        Faults = faults.Named;
        Total = faults.Total;
    }

    /// <summary>Gets the first faults, at most <see cref="MaxNamed"/>, in the order of the rows.</summary>
    public IReadOnlyList<RowFault> Faults { get; }

    /// <summary>Gets how many faults there are in all.</summary>
    public long Total { get; }
}
