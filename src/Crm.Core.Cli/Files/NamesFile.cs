namespace Crm.Core.Cli.Files;

/// <summary>Reads the names of a few customers from a table of all of them: nothing is kept of the others.</summary>
internal static class NamesFile
{
    /// <summary>The names of the customers asked for. Where one stands in several rows, as in a table of purchases, the last name that is not blank counts.</summary>
    /// <exception cref="InputException">The file cannot be read, has not the columns, or a name asked for is no text.</exception>
    internal static Dictionary<CustomerId, string> Read(
        string path, string customerColumn, string nameColumn, IReadOnlySet<CustomerId> wanted, Terminal terminal, CancellationToken cancellationToken)
    {
        using InputFile file = InputFile.Open(path, terminal);
        using CsvInput csv = CsvInput.Open(file);
        int id = csv.Find(customerColumn);
        int name = csv.Find(nameColumn);
        csv.CheckHeader(
        [
            (customerColumn, id, "It says whose name a row has; --customer-column names another one."),
            (nameColumn, name, "It has the names to show; --name-column names another one."),
        ]);
        var names = new Dictionary<CustomerId, string>();
        while (csv.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (csv.HasAllFields() && CustomerId.TryOf(TextField.Of(csv, id), out CustomerId customer) && wanted.Contains(customer)
                && TextField.Of(csv, name) is { Length: > 0 } text)
            {
                names[customer] = TextField.IsName(text) ? text : Fault(csv, name, text);
            }
        }

        csv.Faults.ThrowIfAny();
        return names;
    }

    private static string Fault(CsvInput csv, int column, string text)
    {
        csv.Faults.Add(csv.Line, csv.Header(column), text, "text in UTF-8 without control characters", FaultReason.NoName);
        return "";
    }
}
