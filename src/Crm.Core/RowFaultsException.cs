using System.Globalization;

namespace Crm.Core;

/// <summary>Rows of an input are wrong. All of them were checked; the first 20 faults are named, with their total.</summary>
public sealed class RowFaultsException : ArgumentException
{
    /// <summary>How many faults are named before only their number is.</summary>
    public const int MaxNamed = 20;

    internal RowFaultsException(IReadOnlyList<RowFault> faults, long total, string paramName)
        : base(Describe(faults, total), paramName)
    {
        Faults = faults;
        Total = total;
    }

    /// <summary>Gets the first faults, at most <see cref="MaxNamed"/>, in the order of the rows.</summary>
    public IReadOnlyList<RowFault> Faults { get; }

    /// <summary>Gets how many faults there are in all.</summary>
    public long Total { get; }

    private static string Describe(IReadOnlyList<RowFault> faults, long total)
    {
        string rest = total > faults.Count ? string.Create(CultureInfo.InvariantCulture, $" … and {total - faults.Count} more.") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{total} {(total == 1 ? "value is" : "values are")} wrong: {string.Join("; ", faults)}.{rest}");
    }
}
