using Crm.Core.Cli.Files;
using CsvHelper;

namespace Crm.Core.Cli.Output;

/// <summary>The file that <c>crm score</c> writes: a ranking for every set of weights, or for every customer.</summary>
internal static class ScoreTable
{
    /// <summary>Writes the ranking of every segment in the order of the book, then that of the default.</summary>
    internal static void Write(TextWriter writer, OfferLists ranker, CancellationToken cancellationToken)
    {
        using CsvWriter csv = Begin(writer, ranker, ["segment"]);
        for (int set = 0; set < ranker.Book.Count; set++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SegmentRanking ranking = ranker.Of(set);
            foreach (RankedOffer offer in ranking.Offers)
            {
                csv.WriteField(ranking.Segment);
                offer.Write(csv);
                csv.EndRecord();
            }
        }
    }

    /// <summary>Writes the ranking of every customer as the customers go by.</summary>
    /// <exception cref="InputException">The file of customers is at fault, or the benefit of an offer exceeds the range of numbers.</exception>
    internal static void Write(
        TextWriter writer, OfferLists ranker, CustomersFile customers, CustomerTally tally, Work progress, CancellationToken cancellationToken)
    {
        using CsvWriter csv = Begin(writer, ranker, ["customer_id", "segment"]);
        foreach (CustomerRow customer in customers.Rows(progress, cancellationToken))
        {
            if (ranker.Of(customer.Set, customer.Relationship) is not { } ranking)
            {
                customers.RefuseRelationship();
                continue;
            }

            tally.WithoutOffers += ranking.Offers.Count == 0 ? 1 : 0;
            tally.BeyondByOwnRelationship += customer.Relationship != 0 && ranker.TakesBeyond(customer.Relationship) ? 1 : 0;
            string id = customer.Id.ToString();
            foreach (RankedOffer offer in ranking.Offers)
            {
                csv.WriteField(id);
                csv.WriteField(ranking.Segment);
                offer.Write(csv);
                csv.EndRecord();
            }
        }
    }

    private static CsvWriter Begin(TextWriter writer, OfferLists ranker, string[] keys)
    {
        writer.WriteLine(FileMetadata.Format(ranker.Asked.Channel, ranker.Book.Scales.Cost.Currency));
        var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        csv.WriteHeader([.. keys, .. RankedOffer.Columns]);
        return csv;
    }
}
