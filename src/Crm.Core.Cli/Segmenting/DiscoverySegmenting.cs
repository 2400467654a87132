using Crm.Core.Segments;

namespace Crm.Core.Cli.Segmenting;

/// <summary>Segments that the data show.</summary>
internal static class DiscoverySegmenting
{
    /// <summary>Looks for them.</summary>
    internal static Segmented Of(BaseOnADay now, BaseOnADay? before, ulong seed, Work progress, CancellationToken cancellationToken)
    {
        FeatureTable table = FeatureTable.Of(now.Histories.Ids, Features(now), cancellationToken);
        progress.Report("looking for segments");
        DiscoveredSegments found = DiscoveredSegments.Find(table, new() { Seed = seed, Threads = Environment.ProcessorCount }, null, cancellationToken);
        if (found.Model is not { } model)
        {
            return new()
            {
                By = "discovered",
                Segments = [],
                Histories = now.Histories,
                Now = [.. Enumerable.Repeat<IReadOnlyList<int>>([], now.Histories.Count)],
                Found = found,
                Notes = [found.Why, .. found.Diagnostics.Select(diagnostic => diagnostic.ToString())],
            };
        }

        var (places, probabilities) = Assigned(model, now, cancellationToken);
        int[]? then = before is null ? null : Assigned(model, before, cancellationToken).Places;
        return new()
        {
            By = "discovered",
            Segments = found.Segments,
            Histories = now.Histories,
            Now = Array.ConvertAll(places, Place),
            Before = then is null ? null : EarlierSegments.Of(now.Histories.Ids, before!.Histories.Ids, row => Place(then[row])),
            Found = found,
            Probabilities = probabilities,
            Notes = [found.Why, .. found.Diagnostics.Select(diagnostic => diagnostic.ToString())],
        };
    }

    private static IReadOnlyList<int> Place(int place) => place < 0 ? [] : [place];

    private static (int[] Places, double[] Probabilities) Assigned(DiscoveryModel model, BaseOnADay day, CancellationToken cancellationToken)
    {
        var (places, probabilities) = (new int[day.Histories.Count], new double[day.Histories.Count]);
        model.Assign(Features(day), new() { Segments = places, Probabilities = probabilities }, Environment.ProcessorCount, null, cancellationToken);
        return (places, probabilities);
    }

    // Not the days since the first purchase: they part customers by when they came, and on an earlier day nobody is like anybody of today.
    private static FeatureColumn[] Features(BaseOnADay day)
    {
        var columns = new List<FeatureColumn>
        {
            new Feature { Name = "days since the last purchase", Unit = "days", Transform = FeatureTransform.Log1P, More = "bought longer ago", Less = "bought lately" }.Of(day.DaysSinceLast),
            new Feature { Name = "days with a purchase", Unit = "", Transform = FeatureTransform.Log1P, More = "bought often", Less = "bought seldom" }.Of(Array.ConvertAll(day.PurchaseDays, count => (double)count)),
        };
        if (day.Spent.Length > 0)
        {
            // Who has had more back than they paid has spent nothing.
            string currency = day.Histories.Currency == Currency.None ? "" : day.Histories.Currency.Code;
            columns.Add(new Feature { Name = "spent", Unit = currency, Transform = FeatureTransform.Log1P, More = "spent much", Less = "spent little" }.Of(Array.ConvertAll(day.Spent, spent => Math.Max(0, spent))));
        }

        return [.. columns];
    }
}
