using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Customers;
using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.LifetimeValue;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Cli.Segmenting;

/// <summary>Segments by the rules of a file.</summary>
internal sealed class RuleSegmenting
{
    private static readonly string[] _inMoney = ["value", "spent"];
    private static readonly string[] _modelled = ["value", "p-alive", "tier"];

    private readonly SegmentBook _book;
    private readonly TransactionLog _log;
    private readonly TransactionEvents _events;
    private readonly CustomerAttributes? _attributes;
    private readonly ClvTerms _terms;

    private RuleSegmenting(SegmentBook book, TransactionLog log, TransactionEvents events, CustomerAttributes? attributes, ClvTerms terms) =>
        (_book, _log, _events, _attributes, _terms) = (book, log, events, attributes, terms);

    /// <summary>Makes the segments.</summary>
    /// <param name="rules">The file of rules, for the messages.</param>
    /// <param name="json">What stands in it.</param>
    /// <param name="log">The transactions.</param>
    /// <param name="events">The transactions one by one.</param>
    /// <param name="attributes">What else is known of customers; null for nothing.</param>
    /// <param name="days">The histories through the last day, and through the earlier one if there is one, and whether the user asked for that.</param>
    /// <param name="terms">The terms of value.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InputException">The rules are refused, or ask about what is not there.</exception>
    internal static Segmented Of(
        string rules, string json, TransactionLog log, TransactionEvents events, CustomerAttributes? attributes, (PurchaseHistories Now, PurchaseHistories? Before, bool IsAskedFor) days,
        ClvTerms terms, Work progress, CancellationToken cancellationToken)
    {
        SegmentBook book;
        try
        {
            string? currency = log.Currency == Currency.None ? null : log.Currency.Code;
            book = SegmentBook.FromJson(json, SignalSchema.Of(
                AttributeSchema.Of(), RuleSegmenter.ColumnsOf(currency is null ? null : log.Currency).Columns.Concat(attributes?.Definitions ?? [])));
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            string remedy = log.Currency == Currency.None && _inMoney.Any(name => refused.Message.Contains($"the column {name} is in no unit, not in ", StringComparison.Ordinal))
                ? $" No currency is known of {log.Name}; say --currency." : "";
            throw new InputException($"{rules}: {refused.Message}{remedy}", refused);
        }

        RefuseNames(rules, book);
        RefuseWhatIsNotThere(rules, book, log, events);
        var work = new RuleSegmenting(book, log, events, attributes, terms);
        SegmentMembers now = work.Members(days.Now, progress, cancellationToken);
        CustomersFound? found = attributes?.Found(now.Ids);
        var (before, notCompared) = work.MembersBefore(days.Before, days.IsAskedFor, progress, cancellationToken);
        int[][]? then = before is null ? null : Places(before, cancellationToken);
        return new()
        {
            By = "rules",
            Segments = [.. book.Definitions.Select(definition => definition.Segment)],
            Histories = days.Now,
            Now = Places(now, cancellationToken),
            Before = then is null ? null : EarlierSegments.Of(now.Ids, before!.Ids, row => then[row]),
            Members = now,
            CustomersFile = found,
            Notes = [.. found is null ? Array.Empty<string>() : [found.Warning ?? found.Words], .. work.Notes(before is not null), .. notCompared],
        };
    }

    // By segments and not by customers: what takes time is who is in one, and not who might be.
    private static int[][] Places(SegmentMembers members, CancellationToken cancellationToken)
    {
        IReadOnlyList<SegmentDefinition> definitions = members.Book.Definitions;
        var counts = new int[members.Ids.Count];
        foreach (SegmentDefinition definition in definitions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int row in members.RowsOf(definition.Segment.Id))
            {
                counts[row]++;
            }
        }

        int[][] places = Array.ConvertAll(counts, count => count == 0 ? [] : new int[count]);
        Array.Clear(counts);
        for (int place = 0; place < definitions.Count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int row in members.RowsOf(definitions[place].Segment.Id))
            {
                places[row][counts[row]++] = place;
            }
        }

        return places;
    }

    // Nothing is escaped in segments.csv, and crm score would read other segments there.
    private static void RefuseNames(string rules, SegmentBook book)
    {
        string[] problems =
        [
            .. book.Definitions.Select((definition, place) => WeightsFile.WhyNoName(definition.Segment.Id.ToString()) is { } why
                ? FormattableString.Invariant($"segments[{place}].id {why}") : null).OfType<string>(),
        ];
        if (problems.Length > 0)
        {
            throw new InputException($"{rules}: {string.Join("; ", problems)}. Give {Plural.Of(problems.Length, "it another id", "them other ids")}.");
        }
    }

    private static void RefuseWhatIsNotThere(string rules, SegmentBook book, TransactionLog log, TransactionEvents events)
    {
        string[] problems =
        [
            .. book.Signals.Where(signal => signal is not (ColumnSignal or EventSignal)).Select(signal => $"{signal}: transactions do not say it; give it as a column of --customers"),
            .. book.Signals.OfType<EventSignal>().Select(signal => ProblemOf(signal, log, events)).OfType<string>(),
        ];
        if (problems.Length > 0)
        {
            throw new InputException($"{rules} asks about what is not in the files: {string.Join("; ", problems.Distinct())}.");
        }
    }

    private static string? ProblemOf(EventSignal signal, TransactionLog log, TransactionEvents events) =>
        signal.Events.Products.Count > 0 && !events.HasProducts ? $"{signal}: {log.Name} has no column product"
        : signal.Events.Channels.Count + signal.Events.ChannelKinds.Count > 0 && !events.HasChannels ? $"{signal}: {log.Name} has no column channel"
        : signal.Events.Campaigns.Count + signal.Events.Offers.Count > 0 ? $"{signal}: campaigns and offers are not read from transactions"
        : signal.Measure == EventMeasure.Money && !events.HasAmounts ? $"{signal}: {log.Name} has no amounts"
        : signal.Measure == EventMeasure.Money && signal.Currency != log.Currency ? $"{signal}: the amounts of {log.Name} are in {log.Currency}; say --currency"
        : signal.Events.Kinds.Any(kind => kind is not (InteractionKind.Purchase or InteractionKind.Return)) ? $"{signal}: transactions are purchases and returns only"
        : null;

    /// <summary>The members on the earlier day. What cannot be said of a day that nobody asked for is no fault.</summary>
    private (SegmentMembers? Members, string[] Notes) MembersBefore(PurchaseHistories? histories, bool isAskedFor, Work progress, CancellationToken cancellationToken)
    {
        try
        {
            return (histories is null ? null : Members(histories, progress, cancellationToken), []);
        }
        catch (InputException exception) when (!isAskedFor)
        {
            return (null, [$"Not compared with an earlier day. {exception.Message}"]);
        }
    }

    private SegmentMembers Members(PurchaseHistories histories, Work progress, CancellationToken cancellationToken)
    {
        LocalDate day = histories.Frame.Window!.Value.LastDay;
        var columns = new SegmentColumns(_book, histories.Ids);
        if (_book.Signals.OfType<EventSignal>().Any())
        {
            progress.Report("counting what happened");
            columns.SetEvents(_events.Interactions(_log.Zone, _log.Currency), day, _log.Zone);
        }

        cancellationToken.ThrowIfCancellationRequested();
        SetComputed(columns, histories, day, progress, cancellationToken);
        foreach (ColumnSignal signal in columns.Missing.OfType<ColumnSignal>())
        {
            _attributes?.SetIn(columns, signal);
        }

        return columns.Evaluate(Environment.ProcessorCount, cancellationToken);
    }

    private void SetComputed(SegmentColumns columns, PurchaseHistories histories, LocalDate day, Work progress, CancellationToken cancellationToken)
    {
        string? unit = _log.Currency == Currency.None ? null : _log.Currency.Code;
        var known = new BaseOnADay(histories);
        columns.Set(Signal.Column("occasions"), Array.ConvertAll(known.PurchaseDays, count => (double)count));
        columns.Set(Signal.Column("last-purchase"), (IReadOnlyList<LocalDate?>)[.. known.DaysSinceLast.Select(days => (LocalDate?)day.PlusDays(-(int)days))]);
        if (known.Spent.Length > 0)
        {
            columns.Set(Signal.Column("spent", unit), known.Spent);
        }
        else
        {
            columns.SetUnknown(Signal.Column("spent", unit));
        }

        if (!_book.Signals.OfType<ColumnSignal>().Any(signal => _modelled.Contains(signal.Name, StringComparer.Ordinal)))
        {
            return;
        }

        progress.Report("fitting models for the rules");
        CustomerBase modelled = new CustomerBaseAnalyzer(new() { Terms = _terms }).Analyze(_log.Builder, Window.Through(day), progress, cancellationToken);
        if (modelled.WhyNoPyramid is { } why)
        {
            throw new InputException($"The rules ask about value, P(alive) or tier, and no model can say through {NodaTime.Text.LocalDatePattern.Iso.Format(day)}: {why}");
        }

        var alive = new double[histories.Count];
        modelled.Buying!.ProbabilityAlive(modelled.Histories, alive);
        columns.Set(Signal.Column("p-alive"), alive);
        columns.Set(Signal.Column("tier"), [.. Enumerable.Range(0, histories.Count).Select(row => modelled.Pyramid!.Tiers[modelled.Pyramid.TierOfRow[row]].Tier.Name)]);
        if (modelled.Values is { } values)
        {
            columns.Set(Signal.Column("value", unit), values.Clv.ToArray());
        }
        else
        {
            columns.SetUnknown(Signal.Column("value", unit));
        }
    }

    private IReadOnlyList<string> Notes(bool hasBefore) =>
    [
        "A customer is in every segment whose rule holds of them; what is not known holds of nobody.",
        .. hasBefore ? (string[])[Segmented.WhichCounts] : [],
        .. _book.Signals.OfType<ColumnSignal>().Any(signal => _modelled.Contains(signal.Name, StringComparer.Ordinal))
            ? (string[])["Value, P(alive) and tier are estimates of a purchase model, as crm analyze gives them."] : [],
        .. _attributes is null ? Array.Empty<string>() : [$"Columns of {_attributes.Name} are as of today: on the earlier day they are taken to have been the same."],
    ];
}
