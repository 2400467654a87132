namespace Crm.Core.Cli.Output;

/// <summary>How a file of customers and the customers of the transactions fit together.</summary>
/// <param name="File">The file of --customers.</param>
/// <param name="Rows">How many customers stand in it.</param>
/// <param name="Found">How many customers of the transactions are among them.</param>
/// <param name="Customers">How many there are in the transactions.</param>
internal sealed record CustomersFound(string File, long Rows, long Found, long Customers)
{
    /// <summary>Gets how many rows of the file are of nobody who had bought by the last day.</summary>
    public long RowsOfNobody => Rows - Found;

    /// <summary>Gets what to look at where the two do not fit at all; null where they do.</summary>
    internal string? Warning => Found > 0 ? null
        : $"None of the customers is in {File}, so that nothing in it is known of anybody. Compare the ids of both files: zeros in front (007 and 7), capitals, or ids of another system.";

    internal string Words => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"Of {Customers:N0} {Plural.Of(Customers, "customer")} {Found:N0} {Plural.Of(Found, "is", "are")} in {File}; {RowsOfNobody:N0} of its {Rows:N0} {Plural.Of(Rows, "row")} {Plural.Of(RowsOfNobody, "is", "are")} of nobody who had bought by the last day.");
}
