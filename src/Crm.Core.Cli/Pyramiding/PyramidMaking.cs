using System.Globalization;
using Crm.Core.Cli.Files;
using Crm.Core.Histories;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>From transactions to a pyramid, and what is to be said of it.</summary>
internal sealed class PyramidMaking
{
    private const int Year = 365;

    private readonly TransactionLog _log;
    private readonly PyramidRequest _asked;
    private readonly Work _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _notes = [];

    private PyramidMaking(TransactionLog log, PyramidRequest asked, Work progress, CancellationToken cancellationToken)
    {
        (_log, _asked, _progress, _cancellationToken) = (log, asked, progress, cancellationToken);
    }

    private bool IsByRevenue => _asked.By == PyramidRequest.Revenue;

    private bool IsByColumn => !IsByRevenue && _asked.By != PyramidRequest.Clv;

    /// <summary>Makes it.</summary>
    /// <exception cref="InputException">The file has no amounts, or the scheme cannot cut the base.</exception>
    internal static Pyramided Of(TransactionLog log, PurchaseHistories histories, PyramidRequest asked, Work progress, CancellationToken cancellationToken) =>
        new PyramidMaking(log, asked, progress, cancellationToken).Made(histories);

    /// <summary>The days that count unless somebody says: a year, or half of those there are.</summary>
    internal static int UsualDays(TransactionLog log, LocalDate last) => Math.Clamp((Period.DaysBetween(log.Builder.EarliestDay!.Value, last) + 1) / 2, 1, Year);

    private Pyramided Made(PurchaseHistories histories)
    {
        LocalDate last = PyramidDay.WithAmounts(_log, histories).Frame.Window!.Value.LastDay;
        int days = _asked.Days ?? UsualDays(_log, last);
        _progress.Report("ranking");
        PyramidDay today = PyramidDay.Of(_log, last, days, _cancellationToken)!;
        PyramidDay? before = IsByColumn ? null : PyramidDay.Of(_log, last.PlusDays(-days), days, _cancellationToken);
        if (IsByRevenue && before is not null && !before.Layers.Contains(CustomerLayer.Active))
        {
            _notes.Add(FormattableString.Invariant($"Nobody bought in the {days} {Plural.Of(days, "day")} before, so that there are no thresholds by which to count moves. Say other --days."));
            before = null;
        }

        Outlook? ahead = (IsByRevenue && before is null) || IsByColumn ? null : Outlook.Of(_log, today, IsByRevenue ? Kept(Ranked(today)) : null, _asked.Terms, _progress, _cancellationToken);
        var (ids, values, layers) = Rows(today, ahead);
        Pyramid now = Guarded(() => _asked.Scheme.RankLayers(ids, values, layers)).Of(Measure(days));
        Moved? moved = before is null ? null : MovedSince(before, today, ahead);
        CustomerFigures figures = FiguresOf(today, ids, now, moved, ahead);
        _progress.Report("checking what is said of pyramids");
        SatisfactionEffect? satisfaction = SatisfactionOf(ids, figures, moved);
        double[] up = UpProbabilities(ids, today, ahead, satisfaction, figures);
        PyramidWhatIf what = PyramidWhatIf.On(now, figures);
        Explain(days, last, before, moved, ahead, !figures.Contribution.IsEmpty);
        return new()
        {
            By = MeasureName(days),
            Ids = ids,
            Values = values,
            Now = now,
            Figures = figures,
            Profile = PyramidProfile.Of(now, figures),
            Groups = _asked.Sheet is { HasGroups: true } sheet ? PyramidProfile.Of(now, figures).By(sheet.Groups(ids)) : [],
            What = what,
            Check = PyramidSelfCheck.Of(ByRevenue(now, ids, today), figures, new() { Level = _asked.Level }, _cancellationToken),
            Days = days,
            Since = before?.Last,
            Moved = moved,
            UpProbabilities = up,
            Candidates = what.Candidates(Array.ConvertAll(up, probability => double.IsNaN(probability) ? 0 : probability)),
            Ahead = ahead,
            Satisfaction = satisfaction,
            Notes = _notes,
        };
    }

    private string MeasureName(int days) => IsByColumn ? _asked.By : IsByRevenue ? FormattableString.Invariant($"revenue of {days} {Plural.Of(days, "day")}") : "lifetime value";

    private PyramidMeasure Measure(int days) => new() { Name = MeasureName(days), Currency = _log.Currency };

    private Pyramid Ranked(PyramidDay day) => Guarded(() => _asked.Scheme.RankLayers(day.Histories.Ids, day.Revenue, day.Layers)).Of(Measure(day.Days));

    // Who is there today, and who stands in the file of customers and has not bought.
    private (CustomerId[] Ids, double[] Values, CustomerLayer[] Layers) Rows(PyramidDay today, Outlook? ahead)
    {
        PurchaseHistories histories = today.Histories;
        CustomerId[] unknown = [.. (_asked.Sheet?.Customers ?? []).Where(customer => !histories.TryGetRow(customer, out _)).Order()];
        CustomerId[] others = [.. unknown.Where(customer => _asked.Sheet!.LayerOf(customer) is not null)];
        if (unknown.Length > others.Length)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{_asked.Sheet!.Name} has {unknown.Length - others.Length:N0} {Plural.Of(unknown.Length - others.Length, "row")} of whom {_log.Name} has no purchase by then and no layer says that they are prospects or suspects; they are left out."));
        }

        CustomerId[] ids = [.. histories.Ids, .. others];
        CustomerLayer[] layers = [.. today.Layers, .. others.Select(customer => _asked.Sheet!.LayerOf(customer)!.Value)];
        if (IsByColumn)
        {
            double[] given = _asked.Sheet!.Numbers(_asked.By, ids, double.NaN);
            CustomerId[] missing = [.. histories.Ids.Where((_, row) => double.IsNaN(given[row]))];
            return missing.Length == 0 ? (ids, Array.ConvertAll(given, value => double.IsNaN(value) ? 0 : value), [.. layers.Select(AllActive)]) : throw new InputException(FormattableString.Invariant(
                $"{_asked.Sheet!.Name}: --by {_asked.By} ranks customers by it, and of {missing.Length} {Plural.Of(missing.Length, "customer")} of {_log.Name} it has none, {Masked.Text(missing[0].ToString())} first. Give each a number."));
        }

        double[] known = IsByRevenue ? today.Revenue : ahead!.Values.Length > 0 ? ahead.Values : throw new InputException($"{_log.Name}: no lifetime values. {ahead.Why}");
        return (ids, [.. known, .. new double[others.Length]], IsByRevenue ? layers : [.. layers.Select(AllActive)]);
    }

    // Who is inactive is so by revenue; by other values everybody who has bought is ranked.
    private static CustomerLayer AllActive(CustomerLayer layer) => layer == CustomerLayer.Inactive ? CustomerLayer.Active : layer;

    private Moved? MovedSince(PyramidDay before, PyramidDay today, Outlook? ahead) => IsByRevenue ? MovedByRevenue(before, today) : MovedByValue(before, today, ahead!);

    private Moved MovedByRevenue(PyramidDay before, PyramidDay today)
    {
        Pyramid then = Ranked(before);
        Moved moved = Guarded(() => Moved.Between(then, (today.Histories.Ids, today.Revenue, today.Layers, Measure(today.Days))));
        Outlook expected = Outlook.Of(_log, before, moved.Migration.Before, _asked.Terms, _progress, _cancellationToken);
        return moved with
        {
            Model = expected.Model,
            Compared = expected.Expected?.Against(moved.Migration, _asked.Level),
            UpProbabilities = expected.Expected?.UpProbabilities.ToArray() ?? [],
            WhyNotExpected = expected.Why,
        };
    }

    private Moved? MovedByValue(PyramidDay before, PyramidDay today, Outlook ahead)
    {
        Outlook then = Outlook.Of(_log, before, null, _asked.Terms, _progress, _cancellationToken);
        if (then.Values.Length == 0)
        {
            _notes.Add($"Nobody's move is known: {then.Why}");
            return null;
        }

        return Guarded(() => Moved.Between(
            _asked.Scheme.RankLayers(before.Histories.Ids, then.Values, new CustomerLayer[before.Histories.Count]).Of(Measure(before.Days)),
            (today.Histories.Ids, ahead.Values, new CustomerLayer[today.Histories.Count], Measure(today.Days))));
    }

    private CustomerFigures FiguresOf(PyramidDay today, CustomerId[] ids, Pyramid now, Moved? moved, Outlook? ahead)
    {
        int others = ids.Length - today.Histories.Count;
        double[] revenue = [.. today.Revenue, .. new double[others]];
        CustomerSheet? sheet = _asked.Sheet;
        return new()
        {
            Revenue = revenue,
            Contribution = Contribution(today, ids, revenue),
            LifetimeValue = ahead is { Values.Length: > 0 } ? (double[])[.. ahead.Values, .. new double[others]] : default,
            Marketing = sheet?.Has(CustomerSheet.Marketing) == true ? Whole(CustomerSheet.Marketing, ids, ids.Length, "marketing spend") : default,
            OtherMarketing = _asked.OtherMarketing,
            Satisfaction = sheet?.Has(CustomerSheet.Satisfaction) == true ? sheet.Numbers(CustomerSheet.Satisfaction, ids, double.NaN) : default,
            IsNew = _log.Builder.EarliestDay > today.Last.PlusDays(1 - (2 * today.Days)) ? default : (bool[])[.. today.IsNew, .. new bool[others]],
            MovedUp = moved is null || !IsByRevenue ? default : MovedUp(ids, moved.Migration),
            FixedCosts = _asked.FixedCosts,
        };
    }

    private ReadOnlyMemory<double> Contribution(PyramidDay today, CustomerId[] ids, double[] revenue)
    {
        if (_asked.Sheet?.Has(CustomerSheet.Profit) == true)
        {
            return Whole(CustomerSheet.Profit, ids, today.Histories.Count, "profit");
        }

        return _asked.HasMargin ? Array.ConvertAll(revenue, amount => amount * _asked.Terms.Margin) : default;
    }

    // A column of the file of customers that counts only where it is known of all of the first so many; of the others what is not known is nothing.
    private ReadOnlyMemory<double> Whole(string column, CustomerId[] ids, int needed, string what)
    {
        double[] numbers = _asked.Sheet!.Numbers(column, ids, double.NaN);
        int unknown = numbers.Take(needed).Count(double.IsNaN);
        if (unknown > 0)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{_asked.Sheet.Name} says of {unknown:N0} {Plural.Of(unknown, "customer")} no {what}, so nothing is said of it."));
            return default;
        }

        return Array.ConvertAll(numbers, amount => double.IsNaN(amount) ? 0 : amount);
    }

    private static double[] MovedUp(CustomerId[] ids, Migration migration)
    {
        HashSet<CustomerId> up = [.. migration.Upgraders.Select(move => move.Customer)];
        return Array.ConvertAll(ids, customer => !migration.Before.Contains(customer) ? double.NaN : up.Contains(customer) ? 1 : 0);
    }

    // What is said of pyramids is said of revenue, whatever customers are ranked by here.
    private Pyramid ByRevenue(Pyramid now, CustomerId[] ids, PyramidDay today) => IsByRevenue ? now
        : Guarded(() => _asked.Scheme.RankLayers(ids, [.. today.Revenue, .. new double[ids.Length - today.Histories.Count]], [.. today.Layers, .. ids.Skip(today.Histories.Count).Select(customer => _asked.Sheet!.LayerOf(customer)!.Value)]));

    private Pyramid Kept(Pyramid pyramid) => Guarded(() => pyramid.CutBy(pyramid.Kept()));

    // Only what satisfaction is known to go with changes what is expected.
    private static double[] UpProbabilities(CustomerId[] ids, PyramidDay today, Outlook? ahead, SatisfactionEffect? satisfaction, CustomerFigures figures)
    {
        if (ahead?.Expected is not { } expected)
        {
            return [];
        }

        double[] up = [.. expected.UpProbabilities, .. Enumerable.Repeat(double.NaN, ids.Length - today.Histories.Count)];
        return satisfaction is null or { Verdict: SatisfactionVerdict.CannotTell } ? up
            : [.. satisfaction.Adjust(Array.ConvertAll(up, probability => double.IsNaN(probability) ? 0 : probability), figures.Satisfaction.Span).Select((adjusted, row) => double.IsNaN(up[row]) ? double.NaN : adjusted)];
    }

    // Of those who were there before: did the satisfied move up more often than their purchases led to expect?
    private static SatisfactionEffect? SatisfactionOf(CustomerId[] ids, CustomerFigures figures, Moved? moved)
    {
        if (moved is null || figures.MovedUp.IsEmpty || figures.Satisfaction.IsEmpty)
        {
            return null;
        }

        int[] rows = [.. Enumerable.Range(0, ids.Length).Where(row => !double.IsNaN(figures.MovedUp.Span[row]))];
        double[] probabilities = moved.UpProbabilities.Count == 0 ? [] : [.. rows.Select(row => moved.UpProbabilities[moved.Migration.Before.RowOf(ids[row])])];
        return SatisfactionEffect.Fit(
            [.. rows.Select(row => figures.MovedUp.Span[row] == 1)], [.. rows.Select(row => figures.Satisfaction.Span[row])], probabilities);
    }

    private void Explain(int days, LocalDate last, PyramidDay? before, Moved? moved, Outlook? ahead, bool hasProfit)
    {
        string From(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day.PlusDays(1 - days));
        string To(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
        if (!IsByColumn)
        {
            _notes.Add(IsByRevenue
                ? FormattableString.Invariant($"Ranked by revenue of {days} {Plural.Of(days, "day")}, {From(last)} to {To(last)}. Who bought nothing in them is inactive.")
                : "Ranked by lifetime value, as the models expect it.");
        }

        if (IsByColumn)
        {
            _notes.Add($"Ranked by {_asked.By} of {_asked.Sheet!.Name}, whoever has bought. What it was before is not known, so nothing is said of moves.");
        }

        if (!IsByRevenue)
        {
            _notes.Add(FormattableString.Invariant($"What is said of pyramids is held against revenue of {days} {Plural.Of(days, "day")}, as it is meant."));
        }

        if (_asked.By == PyramidRequest.Clv && moved is not null)
        {
            _notes.Add("The values of the two days are of models fitted apart: what they learned in between counts as movement too.");
        }

        if (_log.Builder.EarliestDay > last.PlusDays(1 - (2 * days)))
        {
            _notes.Add("Who is new is not told: the file begins less than as many days before those that count.");
        }

        if (_asked.FixedCosts > 0 && !hasProfit)
        {
            _notes.Add("--fixed-costs changes nothing, since what customers bring before them is not known. Give --margin, or a column profit in --customers.");
        }

        if (before is null && !IsByColumn && _log.Builder.EarliestDay > last.PlusDays(-days))
        {
            _notes.Add(FormattableString.Invariant($"Nobody had bought by {To(last.PlusDays(-days))}, so that there is no earlier pyramid. Say fewer --days."));
        }

        if (moved is not null)
        {
            _notes.Add($"Moves are between {To(before!.Last)} and {To(last)}, by what it took to stand in a tier at the first of the days: in a pyramid of shares whoever goes up would push others down.");
        }

        _notes.AddRange(((string?[])[moved?.WhyNotExpected, ahead?.Why]).OfType<string>().Distinct());
    }

    private T Guarded<T>(Func<T> rank)
    {
        try
        {
            return rank();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new InputException($"{_log.Name}: {exception.Message.Split(" (Parameter ")[0]}", exception);
        }
    }
}
