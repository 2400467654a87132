namespace Crm.Core.Cli.Files;

/// <summary>A text in a field of a CSV file that is to name something.</summary>
internal static class TextField
{
    internal const string AcceptedId = "an id of 1 to 128 characters in UTF-8, none of them a control character";

    /// <summary>The text without spaces around it: those are a matter of how the file was written; inside quotes the reader leaves them.</summary>
    internal static string Of(CsvInput csv, int column) => csv.Text(column).Trim();

    /// <summary>
    /// Whether the text can name something. The replacement character stands where bytes were no UTF-8: two names could become one.
    /// </summary>
    internal static bool IsName(string text) => !text.Any(c => c == '\uFFFD' || char.IsControl(c));
}
