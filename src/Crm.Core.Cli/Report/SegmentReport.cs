using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;
using Crm.Core.Cli.Segmenting;
using Crm.Core.Segments;

namespace Crm.Core.Cli.Report;

/// <summary>The page of <c>crm segment</c>: who is alike, what each group is worth, who moved, and why anybody is where they are.</summary>
internal static class SegmentReport
{
    private const int MostInChart = 14;
    private const int MostOverlaps = 100;
    private const int LongestName = 24;
    private const string InNone = "(in none)";
    private const string New = "(new)";
    private const string Gone = "(gone)";

    internal static string Of(SegmentDocument document, ReportNumbers numbers)
    {
        string title = $"Who is alike among the customers of {Path.GetFileName(document.Measured.File)}";
        var page = new ReportPage(title, ReportStyle.Css, numbers);
        page.Heading(title);
        page.Paragraph(Lead(document, numbers), "lead");
        if (document.Segments.Count == 0)
        {
            page.OpenSection("none", "No segments");
            page.List(document.Notes);
            page.CloseSection();
        }
        else
        {
            AddSizes(page, document, numbers);
            AddRfm(page, document, numbers);
            AddFlow(page, document, numbers);
            AddWords(page, document);
            AddOverlaps(page, document, numbers);
        }

        AddCandidates(page, document, numbers);
        AddData(page, document, numbers);
        return page.Close();
    }

    // A name that is long stands with its id where the segments are told, and the id in the drawings.
    private static string Short(SegmentLine line) => line.Name.Length <= LongestName ? line.Name : line.Id;

    private static string Lead(SegmentDocument document, ReportNumbers numbers)
    {
        string how = document.By switch
        {
            "rules" => "by the rules of a file",
            "rfm" => "by how lately, how often and for how much they bought",
            _ => "by what the data show",
        };
        string moved = document is { Since: { } since, Movement: { } movement } ? $" Since {since}, {numbers.Counted(movement.Changed, "customer")} {(document.MayOverlap ? "came into or left a segment" : "moved")}." : "";
        long all = document.Measured.Customers;
        string who = document.InNone == 0 ? numbers.Counted(all, "customer") : $"{numbers.Count(all - document.InNone)} of {numbers.Counted(all, "customer")}";
        return $"{who} in {numbers.Counted(document.Segments.Count(line => line.Customers > 0), "segment")}, {how}, as of {document.Measured.Until}.{moved}";
    }

    private static void AddSizes(ReportPage page, SegmentDocument document, ReportNumbers numbers)
    {
        bool hasSpent = document.Segments.Any(line => line.Spent is not null);
        SegmentLine[] largest = [.. document.Segments.Where(line => line.Customers > 0).OrderByDescending(line => line.Customers).Take(MostInChart)];
        string says = hasSpent ? "For each segment its part of the customers, and of what all have spent." : "For each segment its part of the customers.";
        says += document.Segments.Count(line => line.Customers > 0) > MostInChart ? $" The {MostInChart} largest; the table has all." : "";
        page.OpenSection("sizes", "How large, and what they spent");
        page.Figure(
            "Customers and spend",
            says,
            frame => BarList.Draw(
                frame, "sizes", "Customers and spend of each segment", says, hasSpent ? ("customers", "spent") : ("customers", ""),
                [.. largest.Select(line => new PairedBar(Short(line), line.ShareOfCustomers, line.ShareOfSpent ?? 0))], share => numbers.Percent(share)),
            new(
                "The segments",
                ["Segment", "Customers", "of all", .. hasSpent ? (string[])["Spent", "of all", "a customer"] : [], .. document.Since is { } since ? (string[])[$"came since {since}", "went"] : []],
                document.Segments.Select(line => (IReadOnlyList<string>)
                [
                    line.Name, numbers.Count(line.Customers), numbers.Percent(line.ShareOfCustomers),
                    .. hasSpent ? (string[])[numbers.Plain(line.Spent ?? 0), numbers.Percent(line.ShareOfSpent), line.MeanSpent is { } mean ? numbers.Plain(mean) : "–"] : [],
                    .. document.Since is null ? Array.Empty<string>() : [numbers.Count(line.Entered ?? 0), numbers.Count(line.Left ?? 0)],
                ])));
        page.Paragraph(
            (document.InNone > 0 ? $"{numbers.Counted(document.InNone, "customer")} ({numbers.Percent((double)document.InNone / document.Measured.Customers)}) in no segment. " : "")
            + (document.Overlaps.Count > 0 ? "A customer can be in several segments, so the parts need not add up." : "Every customer is in one segment at most."), "small");
        page.CloseSection();
    }

    private static void AddRfm(ReportPage page, SegmentDocument document, ReportNumbers numbers)
    {
        if (document.Rfm is not { } rfm)
        {
            return;
        }

        var squares = rfm.Squares.ToDictionary(square => (square.Recency, square.Frequency));
        string[] rows = [.. Enumerable.Range(1, rfm.RecencyBins).Reverse().Select(score => numbers.Count(score))];
        string[] columns = [.. Enumerable.Range(1, rfm.FrequencyBins).Select(score => numbers.Count(score))];
        double? At(int row, int column, Func<RfmSquare, double> figure) => squares.TryGetValue((rfm.RecencyBins - row, column + 1), out RfmSquare? square) ? figure(square) : null;
        page.OpenSection("rfm", "Recency and frequency");
        page.OpenPair();
        Add("customers", "Customers", "Customers of each score: at the top those who bought lately, at the right those who buy often.", square => square.Customers, value => numbers.Short(value));
        Add(
            "spent", numbers.Unit.Length == 0 ? "Spent a customer" : $"Spent a customer,{numbers.Unit}", "What a customer of each score has spent, on average.",
            square => square.Spent / square.Customers, value => numbers.Short(Math.Abs(value) >= 100 ? Math.Round(value) : Math.Round(value, 1)));
        page.ClosePair();
        page.Paragraph(
            $"Recency {Points(rfm.Cuts.Recency, " days since the last purchase", "last bought on the same day")}, frequency {Points(rfm.Cuts.Frequency, " days with a purchase", "bought on as many days")}, "
            + $"money {Points(rfm.Cuts.Money, numbers.Unit, "spent as much")}.", "small");
        page.CloseSection();

        void Add(string id, string name, string says, Func<RfmSquare, double> figure, Func<double, string> label) => page.Figure(
            name,
            says,
            frame => HeatMap.Draw(
                frame, "rfm-" + id, name, says, ("recency score", "frequency score"), rows, columns, (row, column) => At(row, column, figure),
                rfm.Squares.Count == 0 ? 0 : rfm.Squares.Max(figure), label),
            new(name, ["Recency", .. columns.Select(column => $"frequency {column}")], rows.Select((row, place) => (IReadOnlyList<string>)
                [row, .. columns.Select((_, column) => At(place, column, figure) is { } value ? label(value) : "")])));

        string Points(RfmCut cut, string unit, string alike) => cut.Points.Count == 0 ? $"is not cut, since all {alike} where the points are from"
            : $"is cut at {string.Join(", ", cut.Points.Select(point => numbers.Number(point, point == Math.Floor(point) ? 0 : 2)))}{unit}";
    }

    private static void AddFlow(ReportPage page, SegmentDocument document, ReportNumbers numbers)
    {
        if (document.Movement is not { } movement)
        {
            return;
        }

        string[] names = [New, .. document.Segments.Select(Short), InNone, Gone];
        var places = document.Segments.Select((line, place) => KeyValuePair.Create(line.Id, place + 1)).ToDictionary();
        int PlaceOf(string? id) => id is null ? names.Length - 2 : places[id];
        int Start(SegmentStream stream) => stream.AreNew ? 0 : PlaceOf(stream.From);
        int End(SegmentStream stream) => stream.AreGone ? names.Length - 1 : PlaceOf(stream.To);
        FlowStream[] streams = [.. document.Flow.Select(stream => new FlowStream(Start(stream), End(stream), stream.Customers))];
        string says = $"{numbers.Counted(movement.Stayed, "customer")} stayed, {numbers.Count(movement.Moved)} moved, {numbers.Count(movement.New)} are new."
            + (movement.Gone > 0 ? $" {numbers.Counted(movement.Gone, "customer")} gave all back, and {Plural.Of(movement.Gone, "is", "are")} gone." : "")
            + (document.MayOverlap ? $" Of those who stayed or moved, {numbers.Count(movement.Changed)} came into or left any segment. {Segmented.WhichCounts}" : "");
        page.OpenSection("flow", $"Who moved since {document.Since}");
        page.Figure(
            "From where to where",
            says,
            frame => FlowChart.Draw(frame, "flow", "Customers by segment on both days", says, (document.Since!, document.Measured.Until), names, streams, value => numbers.Count((long)value)),
            new("Movement", ["From", "To", "Customers"], document.Flow.OrderByDescending(stream => stream.Customers).Select(stream => (IReadOnlyList<string>)
                [names[Start(stream)], names[End(stream)], numbers.Count(stream.Customers)])));
        page.CloseSection();
    }

    private static void AddWords(ReportPage page, SegmentDocument document)
    {
        page.OpenSection("words", "Who is in which");
        page.Add("<div class=\"plain\">");
        page.Table(new("Who is in which", ["Segment", ""], document.Segments.Select(line => (IReadOnlyList<string>)
            [Short(line) == line.Id ? $"{line.Id}: {line.Name}" : line.Name, (line.Parent is { } parent ? $"of {parent}: " : "") + (line.Words ?? "")]), EndsInWords: true));
        page.List(document.Notes);
        page.Add("</div>");
        page.CloseSection();
    }

    private static void AddOverlaps(ReportPage page, SegmentDocument document, ReportNumbers numbers)
    {
        if (document.Overlaps.Count == 0)
        {
            return;
        }

        var sizes = document.Segments.ToDictionary(line => line.Id, line => line);
        page.OpenSection("overlaps", "Who is in two");
        if (document.Overlaps.Count > MostOverlaps)
        {
            page.Paragraph($"The {numbers.Count(MostOverlaps)} largest of {numbers.Count(document.Overlaps.Count)}; segments.json has all.", "small");
        }

        page.Add("<div class=\"plain\">");
        page.Table(new("Overlaps", ["Segment", "and", "Customers", "of the first", "of the second"], document.Overlaps.OrderByDescending(overlap => overlap.Customers).Take(MostOverlaps).Select(overlap => (IReadOnlyList<string>)
        [
            sizes[overlap.One].Name, sizes[overlap.Other].Name, numbers.Count(overlap.Customers),
            numbers.Percent((double)overlap.Customers / sizes[overlap.One].Customers), numbers.Percent((double)overlap.Customers / sizes[overlap.Other].Customers),
        ])));
        page.Add("</div>");
        page.CloseSection();
    }

    private static void AddCandidates(ReportPage page, SegmentDocument document, ReportNumbers numbers)
    {
        if (document.Discovery is not { } discovery)
        {
            return;
        }

        page.OpenSection("candidates", "What was tried");
        page.Paragraph(discovery.Why);
        page.Add("<div class=\"plain\">");
        page.Table(new("What was tried", ["Model", "Segments", "BIC", "Silhouette", "Halves agree", "Verdict"], discovery.Candidates.Select(candidate => (IReadOnlyList<string>)
        [
            candidate.Covariance is { } kind ? $"mixture, {kind.ToString().ToLowerInvariant()}" : "k-means", numbers.Count(candidate.Segments), numbers.Number(candidate.Bic, 1),
            numbers.Number(candidate.Silhouette, 2), numbers.Number(candidate.Stability, 2), candidate.Verdict,
        ]), EndsInWords: true));
        page.Add("</div>");
        page.CloseSection();
    }

    private static void AddData(ReportPage page, SegmentDocument document, ReportNumbers numbers)
    {
        SummaryDocument measured = document.Measured;
        page.OpenSection("data", "What was read");
        page.Add("<div class=\"plain\">");
        page.Table(new("What was read", ["Measured", ""],
        [
            ["File", Path.GetFileName(measured.File)],
            ["Rows", numbers.Count(measured.Rows)],
            ["Window", $"through {measured.Until}, days in {measured.Zone}"],
            ["Currency", measured.Currency == Currency.None.Code ? "not named" : measured.Currency],
            ["Customers", numbers.Count(measured.Customers)],
        ], EndsInWords: true));
        string[] words = [.. measured.CountedInWords(), .. measured.LeftOutInWords()];
        if (words.Length > 0)
        {
            page.Subheading("Counted or left out, and why");
            page.List(words);
        }

        page.Add("</div>");
        page.Paragraph(
            $"Made by {document.Library}, on the machine that read the file; nothing was sent anywhere. Numbers are written as in {numbers.Locale.Name}: {numbers.Number(1234.5, 1)}.", "small");
        page.CloseSection();
    }
}
