using System.Globalization;
using System.Xml.Linq;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Tests;

/// <summary>The drawing of who moved: every name within it, apart from others, and led to where it stands off its node.</summary>
public sealed class SegmentFlowTests
{
    public static TheoryData<double[]> Sides => new()
    {
        new double[] { 2_000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
        new double[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2_000 },
        new double[] { 1, 1, 1, 1, 1, 2_000, 1, 1, 1, 1, 1, 1 },
        new double[] { 5, 4, 3 },
        new double[] { 7 },
    };

    [Theory]
    [MemberData(nameof(Sides))]
    public void Draw_FewAndMany_EveryNameIsInTheDrawingAndLedTo(double[] amounts)
    {
        string[] names = [.. amounts.Select((_, place) => string.Create(CultureInfo.InvariantCulture, $"segment number {place}"))];
        FlowStream[] streams = [.. amounts.Select((amount, place) => new FlowStream(place, place, amount))];
        foreach (Frame frame in (Frame[])[Frame.Roomy, Frame.Narrow])
        {
            var drawing = XElement.Parse(FlowChart.Draw(frame, "flow", "Flow", "Who moved", ("then", "now"), names, streams, value => value.ToString(CultureInfo.InvariantCulture)));
            double[] box = [.. drawing.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
            foreach (string anchor in (string[])["end", "start"])
            {
                XElement[] labels = [.. drawing.Elements("text").Where(text => Kind(text) == "tick" && text.Attribute("text-anchor")!.Value == anchor)];
                double[] ys = [.. labels.Select(label => Of(label, "y"))];
                Assert.Equal(amounts.Length, labels.Length);
                Assert.All(ys, y => Assert.InRange(y, 26 + 7, box[3] - 3)); // below the days, and with room for what hangs below the line
                Assert.All(ys.Zip(ys.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 13.8, $"{pair}")); // apart, but for rounding
                Assert.All(labels, label => Assert.InRange(Of(label, "x") + ((anchor == "end" ? -1 : 1) * 7.2 * label.Value.Length), -0.1, box[2] + 0.1));

                // A name stands beside the middle of its node, or a line leads from there to it.
                XElement[] nodes = [.. drawing.Elements("rect").Where(node => Of(node, "x") < box[2] / 2 == (anchor == "end"))];
                Assert.Equal(amounts.Length, nodes.Length);
                for (int place = 0; place < amounts.Length; place++)
                {
                    double middle = Of(nodes[place], "y") + (Of(nodes[place], "height") / 2);
                    Assert.True(Math.Abs(ys[place] - 4 - middle) <= 4.6
                        || drawing.Elements("line").Any(line => Kind(line) == "leader" && Math.Abs(Of(line, "y1") - middle) <= 0.6 && Math.Abs(Of(line, "y2") - (ys[place] - 4)) <= 0.2), $"{place}");
                }
            }
        }
    }

    [Fact]
    public void Fit_WithRoom_LeavesLabelsAtTheirMarks()
    {
        Assert.Equal([20.0, 40, 90], LabelColumn.Fit([20, 40, 90], 10, 100));
        Assert.Equal([43.0, 57], LabelColumn.Fit([49, 51], 10, 100)); // as far up as down
        Assert.Equal([72.0, 86, 100], LabelColumn.Fit([97, 98, 99], 10, 100));
        Assert.Equal([10.0, 24], LabelColumn.Fit([0, 1], 10, 100));
        Assert.Empty(LabelColumn.Fit([], 10, 100));
    }

    private static string Kind(XElement mark) => mark.Attribute("class")!.Value;

    private static double Of(XElement mark, string name) => Number(mark.Attribute(name)!.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
