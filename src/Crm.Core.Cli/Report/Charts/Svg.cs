using System.Globalization;
using System.Net;
using System.Text;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>A drawing for a page: it takes its colours from the page's style, so that it is right in light, in dark and on paper.</summary>
/// <remarks>Marks carry classes instead of colours. A reader of the page hears the title and the description; the figures stand in a table.</remarks>
internal sealed class Svg
{
    private readonly StringBuilder _marks = new();

    internal Svg(Frame frame, string name, double height, string title, string description)
    {
        string id = frame.IsNarrow ? name + "-narrow" : name;
        _marks.Append(CultureInfo.InvariantCulture, $"""<svg class="{frame.Kind}" viewBox="0 0 {frame.Width:0.#} {height:0.#}" role="img" aria-labelledby="{id}-title {id}-desc">""");
        _marks.Append(CultureInfo.InvariantCulture, $"""<title id="{id}-title">{Text(title)}</title><desc id="{id}-desc">{Text(description)}</desc>""");
    }

    internal void Line(string kind, double x1, double y1, double x2, double y2) =>
        _marks.Append(CultureInfo.InvariantCulture, $"""<line class="{kind}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");

    /// <summary>A rectangle; one with a tip tells its figures under the pointer.</summary>
    internal void Rectangle(string kind, double x, double y, double width, double height, string tip = "", double? strength = null)
    {
        string opacity = strength is { } shade ? string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{shade:0.##}\"") : "";
        string end = tip.Length == 0 ? "/>" : $"><title>{Text(tip)}</title></rect>";
        _marks.Append(CultureInfo.InvariantCulture,
            $"""<rect class="{kind}" x="{x:0.#}" y="{y:0.#}" width="{Math.Max(0, width):0.#}" height="{Math.Max(0, height):0.#}"{opacity}{end}""");
    }

    internal void Circle(string kind, double x, double y, double radius) =>
        _marks.Append(CultureInfo.InvariantCulture, $"""<circle class="{kind}" cx="{x:0.#}" cy="{y:0.#}" r="{radius:0.#}"/>""");

    internal void Polyline(string kind, IEnumerable<(double X, double Y)> points) => Path("polyline", kind, points);

    /// <summary>A polygon; one with a tip tells its figures under the pointer.</summary>
    internal void Polygon(string kind, IEnumerable<(double X, double Y)> points, string tip = "") => Path("polygon", kind, points, tip);

    /// <summary>Text at a point: "start", "middle" or "end" of it there.</summary>
    internal void Label(string kind, double x, double y, string anchor, string text) => _marks.Append(
        CultureInfo.InvariantCulture, $"""<text class="{kind}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Text(text)}</text>""");

    public override string ToString() => _marks + "</svg>";

    private void Path(string shape, string kind, IEnumerable<(double X, double Y)> points, string tip = "")
    {
        string end = tip.Length == 0 ? "/>" : $"><title>{Text(tip)}</title></{shape}>";
        string all = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        _marks.Append(CultureInfo.InvariantCulture, $"""<{shape} class="{kind}" points="{all}"{end}""");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
