using System.Globalization;
using Crm.Core.Benefits;
using Crm.Core.Offers;

namespace Crm.Core.Cli.Files;

/// <summary>The rows of a file of offers, put together offer by offer.</summary>
internal sealed class OfferRows(FileFaults faults)
{
    private const int Named = 5;

    private readonly Dictionary<(OfferId Offer, Channel Channel, BuyingMoment Moment), long> _lines = [];
    private readonly Dictionary<OfferId, Entry> _byId = [];
    private readonly List<Entry> _offers = [];
    private readonly List<Channel> _channels = [];
    private readonly HashSet<Channel> _knownChannels = [];

    /// <summary>Gets or sets how many rows there are, faulty ones too.</summary>
    internal long Count { get; set; }

    /// <summary>Takes note of what a row is about; if another was before, that is its fault.</summary>
    internal bool IsNew(OfferId id, Channel channel, BuyingMoment moment, long line, string header)
    {
        bool isNew = _lines.TryAdd((id, channel, moment), line);
        if (!isNew)
        {
            faults.AddWords(line, header, string.Create(CultureInfo.InvariantCulture,
                $"the offer came before, in line {_lines[(id, channel, moment)]}. Each offer has one row, or one for each channel and moment."), FaultReason.Repeated);
        }

        return isNew;
    }

    /// <summary>Adds a row.</summary>
    internal void Add(OfferId id, string? name, Channel channel, BuyingMoment moment, BenefitFactors factors, long line)
    {
        if (!_byId.TryGetValue(id, out Entry? entry))
        {
            _byId.Add(id, entry = new(id, line));
            _offers.Add(entry);
        }

        entry.Name ??= name;
        if (!entry.ByChannel.TryGetValue(channel, out List<MomentRow>? moments))
        {
            entry.ByChannel.Add(channel, moments = []);
        }

        moments.Add(new(moment, factors, line));
        if (channel != Channel.None && _knownChannels.Add(channel))
        {
            _channels.Add(channel);
        }
    }

    /// <summary>
    /// Names the moments that have nothing where another moment of the same offer and channel has a value: whether they add nothing, or
    /// something that is not known, the file does not say, and what is not known would take the known value with it.
    /// </summary>
    internal void CheckMoments(Func<BenefitFactor, string> headerOf)
    {
        var found = new List<(long Line, BenefitFactor Factor, long Other)>();
        foreach (List<MomentRow> moments in _offers.SelectMany(offer => offer.ByChannel.Values).Where(moments => moments.Count > 1))
        {
            foreach (BenefitFactor factor in FactorColumns.All)
            {
                MomentRow[] known = [.. moments.Where(row => !double.IsNaN(row.Factors[factor]))];
                found.AddRange(moments.Where(row => known.Length > 0 && double.IsNaN(row.Factors[factor])).Select(row => (row.Line, factor, known[0].Line)));
            }
        }

        foreach (var (line, factor, other) in found.OrderBy(fault => fault.Line))
        {
            faults.AddWords(line, headerOf(factor), string.Create(CultureInfo.InvariantCulture,
                $"nothing, and another moment of the offer has a value, in line {other}. Write 0 where a moment adds nothing."), FaultReason.Impossible);
        }
    }

    /// <summary>The offers that can be had through a channel, or anywhere where none is named.</summary>
    /// <exception cref="InputException">There are none.</exception>
    internal OfferSheet Through(Channel channel, string file, bool hasChannel)
    {
        var offers = new List<OfferLine>();
        foreach (Entry entry in _offers)
        {
            if (entry.ByChannel.TryGetValue(channel, out List<MomentRow>? moments) || entry.ByChannel.TryGetValue(Channel.None, out moments))
            {
                Offer offer = entry.Name is { } name ? new() { Id = entry.Id, Name = name } : new() { Id = entry.Id };
                offers.Add(new(offer, FactorsOf(moments).Total, entry.Line));
            }
        }

        string remedy = channel == Channel.None
            ? $"have rows only for single channels. Name the channel by --channel ({Channels()}), or add a row without one."
            : $"have rows only for channels other than '{channel}' ({Channels()}).";
        return offers.Count == 0
            ? throw new InputException($"{file}: all offers {remedy}")
            : new() { Name = file, Offers = offers, Notes = [.. Notes(channel, hasChannel, _offers.Count - offers.Count, remedy)] };
    }

    private IEnumerable<string> Notes(Channel channel, bool hasChannel, int leftOut, string remedy)
    {
        if (channel != Channel.None && !_knownChannels.Contains(channel))
        {
            yield return hasChannel && _channels.Count > 0
                ? $"No row is for the channel '{channel}' ({Channels()}), so that the rows without a channel count."
                : $"No row has a channel, so that '{channel}' makes no difference.";
        }

        if (leftOut > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Left out: {leftOut:N0} of {_offers.Count:N0} offers, which {remedy}");
        }
    }

    private static MomentFactors FactorsOf(List<MomentRow> moments)
    {
        var factors = new MomentFactors();
        foreach (MomentRow row in moments)
        {
            factors = row.Moment switch
            {
                BuyingMoment.Before => factors with { Before = row.Factors },
                BuyingMoment.At => factors with { At = row.Factors },
                _ => factors with { After = row.Factors },
            };
        }

        return factors;
    }

    private string Channels() => $"the file has {string.Join(", ", _channels.Take(Named).Select(channel => $"'{channel}'"))}{(_channels.Count > Named ? ", …" : "")}";

    private sealed class Entry(OfferId id, long line)
    {
        internal OfferId Id => id;

        internal long Line => line;

        internal string? Name { get; set; }

        internal Dictionary<Channel, List<MomentRow>> ByChannel { get; } = [];
    }

    private readonly record struct MomentRow(BuyingMoment Moment, BenefitFactors Factors, long Line);
}
