using Crm.Core.Benefits;

namespace Crm.Core.Cli.Files;

/// <summary>Reads offers: offer_id and the five factors and, optionally, name, channel and moment.</summary>
/// <remarks>
/// Rows of one offer with a channel hold for that channel, those without one anywhere else. Rows of one offer and channel with a moment
/// (before, at or after the purchase) add up. An empty factor is a missing value, in all of them or in none.
/// </remarks>
internal static class OffersFile
{
    /// <summary>Reads a file whole. Every row is checked; nothing is kept of a file with faults.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static OfferSheet Read(string path, WeightBook book, Channel channel, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        CheckCurrency(file, book.Scales.Cost.Currency);
        using var csv = CsvInput.Open(file);
        var columns = new Columns(csv, book.Scales);
        var rows = new OfferRows(csv.Faults);
        while (csv.Read())
        {
            if (++rows.Count % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.ReportTo(progress);
            }

            if (csv.HasAllFields())
            {
                columns.AddRow(csv, rows);
            }
        }

        columns.CheckMoments(csv, rows);
        csv.Faults.ThrowIfAny();
        return rows.Count == 0
            ? throw new InputException($"{file.Name} has a header and no rows. Each row is one offer.")
            : rows.Through(channel, file.Name, columns.HasChannel);
    }

    private static void CheckCurrency(InputFile file, Currency weighed)
    {
        if (file.Metadata.Currency is { } own && own != Currency.None && weighed != Currency.None && own != weighed)
        {
            throw new InputException(
                $"{file.Name} says of itself that its currency is {own}, and the scale of cost in the weights is in {weighed}. Use one currency.");
        }
    }

    /// <summary>Where the columns stand in a file.</summary>
    private sealed class Columns
    {
        private readonly int _id;
        private readonly int _name;
        private readonly int _channel;
        private readonly int _moment;
        private readonly int[] _factors;
        private readonly bool[] _mayBeMissing;

        internal Columns(CsvInput csv, FactorScales scales)
        {
            _id = csv.Find("offer_id");
            _name = csv.Find("name");
            _channel = csv.Find("channel");
            _moment = csv.Find("moment");
            _factors = new int[FactorColumns.All.Length];
            _mayBeMissing = new bool[FactorColumns.All.Length];
            List<(string, int, string)> needed = [("offer_id", _id, "It says which offer a row is about.")];
            foreach (BenefitFactor factor in FactorColumns.All)
            {
                string name = FactorColumns.NameOf(factor);
                _factors[(int)factor] = csv.Find(name);
                _mayBeMissing[(int)factor] = scales[factor].Missing is not null;
                needed.Add((name, _mayBeMissing[(int)factor] ? 0 : _factors[(int)factor], $"Add it, or have its scale in the weights state what stands in: {StandIn(name)}."));
            }

            if (_factors.All(column => column < 0) && _mayBeMissing.All(may => may))
            {
                needed.Add(("of a factor", -1, "Add one or more of utility, brand, relationship, cost and time."));
            }

            csv.CheckHeader(needed);
        }

        internal bool HasChannel => _channel >= 0;

        internal void AddRow(CsvInput csv, OfferRows rows)
        {
            string text = TextField.Of(csv, _id);
            bool good = OfferId.TryOf(text, out OfferId id) && TextField.IsName(text);
            if (!good)
            {
                csv.Faults.Add(csv.Line, csv.Header(_id), text, TextField.AcceptedId, FaultReason.NoId);
            }

            string? name = null;
            Channel channel = Channel.None;
            BuyingMoment moment = BuyingMoment.At;
            good &= _channel < 0 || TryChannel(csv, out channel);
            good &= _moment < 0 || TryMoment(csv, out moment);
            good = good && rows.IsNew(id, channel, moment, csv.Line, csv.Header(_id));
            good &= _name < 0 || TryName(csv, out name);
            var factors = new BenefitFactors();
            foreach (BenefitFactor factor in FactorColumns.All)
            {
                good &= TryFactor(csv, factor, out double value);
                factors = factors.With(factor, value);
            }

            if (good)
            {
                rows.Add(id, name, channel, moment, factors, csv.Line);
            }
        }

        internal void CheckMoments(CsvInput csv, OfferRows rows) => rows.CheckMoments(factor => csv.Header(_factors[(int)factor]));

        private bool TryName(CsvInput csv, out string? name)
        {
            string text = TextField.Of(csv, _name);
            name = text.Length > 0 ? text : null;
            bool good = TextField.IsName(text);
            if (!good)
            {
                csv.Faults.Add(csv.Line, csv.Header(_name), text, "a name in UTF-8 without control characters", FaultReason.NoName);
            }

            return good;
        }

        private bool TryChannel(CsvInput csv, out Channel channel)
        {
            string text = TextField.Of(csv, _channel);
            channel = Channel.None;
            bool good = text.Length == 0 || (Channel.TryOf(text, out channel) && TextField.IsName(text));
            if (!good)
            {
                csv.Faults.Add(csv.Line, csv.Header(_channel), text, "the name of a channel, of 1 to 128 characters, or nothing where the row holds anywhere", FaultReason.NoName);
            }

            return good;
        }

        private bool TryMoment(CsvInput csv, out BuyingMoment moment)
        {
            string text = TextField.Of(csv, _moment);
            BuyingMoment? found = text.ToLowerInvariant() switch
            {
                "before" => BuyingMoment.Before,
                "at" or "" => BuyingMoment.At,
                "after" => BuyingMoment.After,
                _ => null,
            };
            moment = found ?? BuyingMoment.At;
            if (found is null)
            {
                csv.Faults.Add(csv.Line, csv.Header(_moment), text, "before, at or after the purchase, or nothing for at", FaultReason.NoName);
            }

            return found is not null;
        }

        private bool TryFactor(CsvInput csv, BenefitFactor factor, out double value)
        {
            int column = _factors[(int)factor];
            value = double.NaN;
            if (column < 0 || (csv.Field(column).IsEmpty && _mayBeMissing[(int)factor]))
            {
                return true;
            }

            return NumberField.TryRead(csv, column, Accepted(csv, factor, column), out value);
        }

        // What is missing needs another remedy than what is wrong.
        private string Accepted(CsvInput csv, BenefitFactor factor, int column) => (_mayBeMissing[(int)factor], csv.Field(column).IsEmpty) switch
        {
            (true, _) => $"{NumberField.Accepted}, or nothing where it is missing",
            (false, true) => $"a number{(_moment < 0 ? "" : ", 0 where a moment adds nothing")}; or have its scale in the weights state what stands in: {StandIn(csv.Header(column))}",
            _ => NumberField.Accepted,
        };

        private static string StandIn(string factor) => $"\"scales\": {{\"{factor}\": {{\"kind\": \"identity\", \"missing\": 0}}}}";
    }
}
