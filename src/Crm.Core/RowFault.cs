using System.Globalization;

namespace Crm.Core;

/// <summary>One thing that is wrong with one row of an input.</summary>
/// <param name="Row">The row, counted from 0 as in the columns that were passed.</param>
/// <param name="Column">The name of the column.</param>
/// <param name="Found">What came, as text in the invariant culture. Never more than a number or 8 masked characters.</param>
/// <param name="Expected">What is accepted.</param>
public readonly record struct RowFault(long Row, string Column, string Found, string Expected)
{
    /// <summary>Gives the fault in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"row {Row}, {Column}: found {Found}, expected {Expected}");
}
