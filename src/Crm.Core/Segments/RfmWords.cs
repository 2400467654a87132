using System.Globalization;
using System.Text;

namespace Crm.Core.Segments;

/// <summary>How the closed sets of RFM are called in texts.</summary>
internal static class RfmWords
{
    internal const string Days = "days";
    internal const string Purchases = "purchases";

    internal static string Of(RfmCutKind kind) => kind switch
    {
        RfmCutKind.Quantiles => "quantiles",
        RfmCutKind.NaturalBreaks => "naturalBreaks",
        _ => "own",
    };

    internal static string Of(RfmDimension dimension) => dimension switch
    {
        RfmDimension.Recency => "recency",
        RfmDimension.Frequency => "frequency",
        _ => "money",
    };

    /// <summary>A line of a table: a name, customers, share, money, share, mean recency.</summary>
    internal static void Append(StringBuilder text, string name, int width, RfmTotals totals)
    {
        string share = totals.ShareOfMoney is { } money ? money.ToString("P1", CultureInfo.InvariantCulture) : "-";
        string recency = totals.MeanRecency is { } days ? days.ToString("N1", CultureInfo.InvariantCulture) : "-";
        text.Append(name.PadRight(width));
        text.AppendLine(CultureInfo.InvariantCulture, $" {totals.Customers,10:N0} {totals.ShareOfCustomers,8:P1} {totals.Money,18:N0} {share,8} {recency,12}");
    }
}
