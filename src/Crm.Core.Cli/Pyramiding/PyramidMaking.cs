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
        Outlook? ahead = IsByRevenue && before is null ? null : Outlook.Of(_log, today, IsByRevenue ? Ranked(today).CutBy(Ranked(today).Kept()) : null, _asked.Terms, _progress, _cancellationToken);
        var (ids, values, layers) = Rows(today, ahead);
        Pyramid now = Guarded(() => _asked.Scheme.RankLayers(ids, values, layers)).Of(Measure(days));
        Moved? moved = before is null ? null : MovedSince(before, today, ahead);
        CustomerFigures figures = FiguresOf(today, ids, now, moved, ahead);
        _progress.Report("checking what is said of pyramids");
        double[] up = UpProbabilities(ids, today, ahead);
        SatisfactionEffect? satisfaction = SatisfactionOf(ids, figures, moved);
        PyramidWhatIf what = PyramidWhatIf.On(now, figures);
        Explain(days, last, before, moved, ahead);
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
            Check = PyramidSelfCheck.Of(now, figures, new() { Level = _asked.Level }, _cancellationToken),
            Days = days,
            Since = before?.Last,
            Moved = moved,
            UpProbabilities = up,
            Candidates = what.Candidates(up.Length == 0 ? [] : (satisfaction?.Adjust(up, figures.Satisfaction.Span) ?? up).Select(probability => double.IsNaN(probability) ? 0 : probability).ToArray()),
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
        CustomerId[] others = [.. (_asked.Sheet?.Customers ?? []).Where(customer => !histories.TryGetRow(customer, out _)).Order()];
        CustomerId[] ids = [.. histories.Ids, .. others];
        CustomerLayer[] layers = [.. today.Layers, .. others.Select(customer => _asked.Sheet!.LayerOf(customer))];
        if (IsByColumn)
        {
            double[] given = _asked.Sheet!.Numbers(_asked.By, ids, double.NaN);
            CustomerId[] missing = [.. histories.Ids.Where((_, row) => double.IsNaN(given[row]))];
            return missing.Length == 0 ? (ids, Array.ConvertAll(given, value => double.IsNaN(value) ? 0 : value), layers) : throw new InputException(FormattableString.Invariant(
                $"{_asked.Sheet!.Name}: --by {_asked.By} ranks customers by it, and of {missing.Length} {Plural.Of(missing.Length, "customer")} of {_log.Name} it has none, {Masked.Text(missing[0].ToString())} first. Give each a number."));
        }

        double[] known = IsByRevenue ? today.Revenue : ahead!.Values.Length > 0 ? ahead.Values : throw new InputException($"{_log.Name}: no lifetime values. {ahead.Why}");
        return (ids, [.. known, .. new double[others.Length]], IsByRevenue ? layers : [.. layers.Select(layer => layer == CustomerLayer.Inactive ? CustomerLayer.Active : layer)]);
    }

    private Moved? MovedSince(PyramidDay before, PyramidDay today, Outlook? ahead)
    {
        var now = (today.Histories.Ids, today.Revenue, today.Layers, Measure(today.Days));
        if (IsByRevenue)
        {
            Pyramid then = Ranked(before);
            Moved moved = Moved.Between(then, now);
            Outlook expected = Outlook.Of(_log, before, moved.Migration.Before, _asked.Terms, _progress, _cancellationToken);
            bool isWhole = moved.Migration.Leavers.Count == 0;
            return moved with
            {
                Model = expected.Model,
                Compared = isWhole ? expected.Expected?.Against(moved.Migration, _asked.Level) : null,
                UpProbabilities = expected.Expected?.UpProbabilities.ToArray() ?? [],
                WhyNotExpected = !isWhole ? "Customers who gave back all they had bought are gone, and no model foresees that." : expected.Why,
            };
        }

        Outlook then2 = Outlook.Of(_log, before, null, _asked.Terms, _progress, _cancellationToken);
        if (then2.Values.Length == 0)
        {
            _notes.Add($"Nobody's move is known: {then2.Why}");
            return null;
        }

        CustomerLayer[] all = new CustomerLayer[before.Histories.Count];
        return Moved.Between(
            Guarded(() => _asked.Scheme.RankLayers(before.Histories.Ids, then2.Values, all)).Of(Measure(before.Days)),
            (now.Ids, ahead!.Values, new CustomerLayer[now.Ids.Count], now.Item4));
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
            Marketing = sheet?.Has(CustomerSheet.Marketing) == true ? sheet.Numbers(CustomerSheet.Marketing, ids, 0) : default,
            OtherMarketing = _asked.OtherMarketing,
            Satisfaction = sheet?.Has(CustomerSheet.Satisfaction) == true ? sheet.Numbers(CustomerSheet.Satisfaction, ids, double.NaN) : default,
            IsNew = _log.Builder.EarliestDay > today.Last.PlusDays(-today.Days) ? default : (bool[])[.. today.IsNew, .. new bool[others]],
            MovedUp = moved is null ? default : MovedUp(ids, moved.Migration),
            FixedCosts = _asked.FixedCosts,
        };
    }

    private ReadOnlyMemory<double> Contribution(PyramidDay today, CustomerId[] ids, double[] revenue)
    {
        if (_asked.Sheet is { } sheet && sheet.Has(CustomerSheet.Profit))
        {
            double[] profit = sheet.Numbers(CustomerSheet.Profit, ids, double.NaN);
            int unknown = profit.Take(today.Histories.Count).Count(double.IsNaN);
            if (unknown == 0)
            {
                return Array.ConvertAll(profit, amount => double.IsNaN(amount) ? 0 : amount);
            }

            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{sheet.Name} says of {unknown:N0} {Plural.Of(unknown, "customer")} no profit, so nothing is said of profit."));
            return default;
        }

        return _asked.HasMargin ? Array.ConvertAll(revenue, amount => amount * _asked.Terms.Margin) : default;
    }

    private static double[] MovedUp(CustomerId[] ids, Migration migration)
    {
        HashSet<CustomerId> up = [.. migration.Upgraders.Select(move => move.Customer)];
        return Array.ConvertAll(ids, customer => !migration.Before.Contains(customer) ? double.NaN : up.Contains(customer) ? 1 : 0);
    }

    private static double[] UpProbabilities(CustomerId[] ids, PyramidDay today, Outlook? ahead) =>
        ahead?.Expected is { } expected ? [.. expected.UpProbabilities, .. Enumerable.Repeat(double.NaN, ids.Length - today.Histories.Count)] : [];

    // Of those who were there before: did the satisfied move up more often than their purchases led to expect?
    private static SatisfactionEffect? SatisfactionOf(CustomerId[] ids, CustomerFigures figures, Moved? moved)
    {
        if (moved is null || figures.Satisfaction.IsEmpty)
        {
            return null;
        }

        int[] rows = [.. Enumerable.Range(0, ids.Length).Where(row => !double.IsNaN(figures.MovedUp.Span[row]))];
        double[] probabilities = moved.UpProbabilities.Count == 0 ? [] : [.. rows.Select(row => moved.UpProbabilities[moved.Migration.Before.RowOf(ids[row])])];
        return SatisfactionEffect.Fit(
            [.. rows.Select(row => figures.MovedUp.Span[row] == 1)], [.. rows.Select(row => figures.Satisfaction.Span[row])], probabilities);
    }

    private void Explain(int days, LocalDate last, PyramidDay? before, Moved? moved, Outlook? ahead)
    {
        string From(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day.PlusDays(1 - days));
        string To(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
        if (!IsByColumn)
        {
            _notes.Add(IsByRevenue
                ? FormattableString.Invariant($"Ranked by revenue of {days} {Plural.Of(days, "day")}, {From(last)} to {To(last)}. Who bought nothing in them is inactive.")
                : "Ranked by lifetime value, as the models expect it.");
        }

        if (before is null && !IsByColumn)
        {
            _notes.Add(FormattableString.Invariant($"Nobody had bought by {To(last.PlusDays(-days))}, so that there is no earlier pyramid. Say fewer --days."));
        }

        if (moved is not null)
        {
            _notes.Add($"Moves are between {To(before!.Last)} and {To(last)}, by what it took to stand in a tier at the first of the days: in a pyramid of shares whoever goes up would push others down.");
        }

        _notes.AddRange(((string?[])[moved?.WhyNotExpected, ahead?.Why]).OfType<string>().Distinct());
    }

    private Pyramid Guarded(Func<Pyramid> rank)
    {
        try
        {
            return rank();
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"{_log.Name}: {exception.Message.Split(" (Parameter ")[0]}", exception);
        }
    }
}
