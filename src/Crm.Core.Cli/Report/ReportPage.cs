using System.Globalization;
using System.Net;
using System.Text;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report;

/// <summary>A page under construction. All text is escaped here, so that no id, name or file name can become markup.</summary>
internal sealed class ReportPage
{
    private readonly StringBuilder _html = new();
    private readonly ReportNumbers _numbers;

    internal ReportPage(string title, string style, ReportNumbers numbers)
    {
        _numbers = numbers;
        _html.AppendLine(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/><meta name="robots" content="noindex"/>
            <title>{Text(title)}</title>
            <style>{style}</style></head>
            <body><main>
            """);
    }

    /// <summary>Text as markup. What would turn or hide the text around it, and is not seen itself, is shown by its number.</summary>
    internal static string Text(string text)
    {
        if (!text.Any(IsUnseen))
        {
            return WebUtility.HtmlEncode(text);
        }

        var shown = new StringBuilder();
        foreach (char c in text)
        {
            shown.Append(IsUnseen(c) ? string.Create(CultureInfo.InvariantCulture, $"\u27E8U+{(int)c:X4}\u27E9") : c.ToString());
        }

        return WebUtility.HtmlEncode(shown.ToString());
    }

    /// <summary>The page as it stands, closed.</summary>
    internal string Close() => _html.AppendLine("</main></body></html>").ToString();

    /// <summary>Adds markup that is made here or by a chart.</summary>
    internal void Add(string markup) => _html.AppendLine(markup);

    internal void Heading(string text) => Add($"<h1>{Text(text)}</h1>");

    internal void Subheading(string text) => Add($"<h3>{Text(text)}</h3>");

    internal void Paragraph(string text, string kind = "") =>
        Add(kind.Length == 0 ? $"<p>{Text(text)}</p>" : $"<p class=\"{kind}\">{Text(text)}</p>");

    internal void OpenSection(string id, string title) => Add($"<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{Text(title)}</h2>");

    internal void CloseSection() => Add("</section>");

    internal void OpenPair() => Add("<div class=\"pair\">");

    internal void ClosePair() => Add("</div>");

    /// <summary>Adds words as a list; sentences of the library get the numbers of the reader.</summary>
    internal void List(IEnumerable<string> sentences)
    {
        Add("<ul>");
        foreach (string sentence in sentences)
        {
            Add($"<li>{Text(_numbers.Locale.Words(sentence))}</li>");
        }

        Add("</ul>");
    }

    /// <summary>Adds a drawing, for every frame, with a heading, a sentence that says what it shows, and the table of its figures.</summary>
    internal void Figure(string title, string says, Func<Frame, string> draw, ReportTable figures)
    {
        Add($"<figure><figcaption><h3>{Text(title)}</h3><p>{Text(says)}</p></figcaption>{draw(Frame.Roomy)}{draw(Frame.Narrow)}");
        Add("<details><summary>The figures</summary>");
        Table(figures);
        Add("</details></figure>");
    }

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control;

    internal void Table(ReportTable table)
    {
        Add($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(table.Name)}\"><table class=\"{(table.EndsInWords ? "worded" : "figures-only")}\"><caption>{Text(table.Name)}</caption><thead><tr>");
        foreach (string header in table.Headers)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(header)}</th>");
        }

        Add("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(row[0])}</th>");
            foreach (string cell in row.Skip(1))
            {
                _html.Append(CultureInfo.InvariantCulture, $"<td>{Text(cell)}</td>");
            }

            Add("</tr>");
        }

        Add("</tbody></table></div>");
    }
}
