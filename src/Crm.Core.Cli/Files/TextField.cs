namespace Crm.Core.Cli.Files;

/// <summary>A text in a field of a CSV file that is to name something.</summary>
internal static class TextField
{
    internal const string AcceptedId = "an id of 1 to 128 characters in UTF-8, none of them a control character";

    /// <summary>The most characters that an id has.</summary>
    internal const int LongestId = 128;

    /// <summary>The text without spaces around it: those are a matter of how the file was written; inside quotes the reader leaves them.</summary>
    internal static string Of(CsvInput csv, int column) => csv.Text(column).Trim();

    /// <summary>Whether the bytes are an id of letters, digits and other characters of ASCII that can be seen: nearly every id. No text is made to see it.</summary>
    internal static bool IsPlainId(ReadOnlySpan<byte> id) =>
        id.Length is > 0 and <= LongestId && !id.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>Reads a customer's id; what is none is a fault of the file.</summary>
    internal static bool TryCustomer(CsvInput csv, int column, out CustomerId customer)
    {
        string text = Of(csv, column);
        bool good = CustomerId.TryOf(text, out customer) && IsName(text);
        if (!good)
        {
            csv.Faults.Add(csv.Line, csv.Header(column), text, $"{AcceptedId}; hash longer ones", FaultReason.NoId);
        }

        return good;
    }

    /// <summary>
    /// Whether the text can name something. The replacement character stands where bytes were no UTF-8: two names could become one.
    /// </summary>
    internal static bool IsName(string text) => !text.Any(c => c == '\uFFFD' || char.IsControl(c));
}
