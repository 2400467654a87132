using System.Globalization;
using Crm.Core.Benefits;
using Crm.Core.Cli.Files;
using CsvHelper;

namespace Crm.Core.Cli.Output;

/// <summary>An offer at its place in a ranking.</summary>
internal sealed class RankedOffer(int rank, OfferLine offer, BenefitScore score)
{
    private readonly string[] _cells =
    [
        rank.ToString(CultureInfo.InvariantCulture),
        offer.Id,
        Text(score.Value),
        .. FactorColumns.All.ToArray().Select(factor => Text(score.Contributions[factor])),
    ];

    /// <summary>Gets the names of the columns that <see cref="Write"/> writes.</summary>
    internal static IEnumerable<string> Columns => ["rank", "offer_id", "benefit", .. FactorColumns.All.ToArray().Select(FactorColumns.NameOf)];

    internal int Rank => rank;

    internal OfferLine Offer => offer;

    internal BenefitScore Score => score;

    /// <summary>Writes the fields; the benefit read back is the sum of the contributions read back, from left to right, to the bit.</summary>
    internal void Write(CsvWriter csv)
    {
        foreach (string cell in _cells)
        {
            csv.WriteField(cell);
        }
    }

    /// <summary>A number as it is shown: a factor that nobody weighs is subtracted as −0, which is nothing.</summary>
    internal static double Shown(double value) => value == 0 ? 0 : value;

    private static string Text(double value) => SummaryFile.Text(Shown(value));
}
