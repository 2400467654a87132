using System.Text;
using Crm.Core.Interactions;

namespace Crm.Core.Testing.Sequences;

/// <summary>What an interaction store should hold: the log, looked through from end to end for every answer.</summary>
internal sealed class InteractionModel
{
    private readonly Dictionary<InteractionId, int> _places = [];
    private readonly List<(StorePosition Position, int Place)> _noted = [];
    private int _appended;

    internal List<Interaction> Log { get; } = [];

    /// <summary>Gets the places in the log that were noted, each with what was appended after it, whatever was erased since.</summary>
    internal IEnumerable<(StorePosition Position, Interaction[] After)> Noted => _noted.Select(noted => (noted.Position, Log.FindAll(one => _places[one.Id] > noted.Place).ToArray()));

    /// <summary>Notes the position of an interaction of the log.</summary>
    internal void Note(StorePosition position, Interaction interaction) => _noted.Add((position, _places[interaction.Id]));

    /// <summary>Gives the ids that make a batch impossible: of another content, and correcting a correction.</summary>
    internal (IReadOnlyList<InteractionId> Otherwise, IReadOnlyList<InteractionId> Chained) Faults(IReadOnlyList<Interaction> batch)
    {
        var all = new List<Interaction>(Log);
        var otherwise = new List<InteractionId>();
        foreach (Interaction one in batch)
        {
            Interaction? first = all.Find(known => known.Id == one.Id);
            if (first is null)
            {
                all.Add(one);
            }
            else if (first with { RecordedAt = one.RecordedAt } is var known && known != one && known != Redacted(one) && (!first.IsMentionErased || known != one with { IsMentionErased = true }))
            {
                otherwise.Add(one.Id);
            }
        }

        // In the log there is none yet, so every one that is found came with the batch.
        InteractionId[] chained = [.. all.Where(one => all.Exists(named => named.Id == one.Corrects && named.Corrects != InteractionId.None)).Select(one => one.Id)];
        return ([.. otherwise.Distinct()], chained);
    }

    internal int Append(IReadOnlyList<Interaction> batch)
    {
        int before = Log.Count;
        foreach (Interaction one in batch)
        {
            if (!Log.Exists(known => known.Id == one.Id))
            {
                Log.Add(one);
                _places[one.Id] = _appended++;
            }
        }

        return Log.Count - before;
    }

    internal void Erase(CustomerId customer)
    {
        Interaction[] own = [.. Log.Where(one => one.Customer == customer)];
        Log.RemoveAll(one => one.Customer == customer || Array.Exists(own, later => later.Original == one.Original && Wins(later, one)));
        for (int i = 0; i < Log.Count; i++)
        {
            if (Log[i].Detail is PurchaseDetail purchase && purchase.ReferredBy == customer)
            {
                Log[i] = Redacted(Log[i]);
            }
        }
    }

    private static Interaction Redacted(Interaction one) => one.Detail is PurchaseDetail purchase && purchase.ReferredBy != CustomerId.None
        ? one with { Detail = purchase with { ReferredBy = CustomerId.None }, IsMentionErased = true } : one;

    internal IReadOnlyList<Interaction> Timeline(InteractionQuery query)
    {
        var found = new List<Interaction>();
        foreach (IGrouping<InteractionId, Interaction> thing in Log.Where(one => one.RecordedAt <= query.AsOf.KnownAt).GroupBy(one => one.Original))
        {
            Interaction counts = thing.Aggregate((best, one) => Wins(one, best) ? one : best);
            if (counts.Customer == query.Customer && counts.At <= query.AsOf.TrueAt && counts.Detail is not RetractionDetail
                && !(counts.At < query.From) && !(counts.At >= query.Before)
                && (query.Kinds.Count == 0 || query.Kinds.Any(kind => kind == counts.Kind))
                && (query.Channel == Channel.None || query.Channel == counts.Channel) && (query.Thread == ThreadId.None || query.Thread == counts.Thread))
            {
                found.Add(counts);
            }
        }

        return [.. found.OrderByDescending(one => one.At).ThenByDescending(Utf8, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];
    }

    internal IReadOnlyList<Interaction> States(InteractionId original) => [.. Log.Where(one => one.Original == original)
        .OrderBy(one => one.Corrects != InteractionId.None).ThenBy(one => one.RecordedAt)
        .ThenBy(Utf8, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];

    // Of two states of one thing.
    private static bool Wins(Interaction one, Interaction other)
    {
        bool isCorrection = one.Corrects != InteractionId.None;
        return isCorrection != (other.Corrects != InteractionId.None) ? isCorrection
            : one.RecordedAt != other.RecordedAt ? one.RecordedAt > other.RecordedAt
            : Utf8(one).AsSpan().SequenceCompareTo(Utf8(other)) > 0;
    }

    private static byte[] Utf8(Interaction one) => Encoding.UTF8.GetBytes(one.Id.ToString());
}
