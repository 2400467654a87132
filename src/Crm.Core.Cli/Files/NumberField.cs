using System.Globalization;

namespace Crm.Core.Cli.Files;

/// <summary>A number in a field of a CSV file: with a decimal point, in the invariant culture, of ordinary size.</summary>
internal static class NumberField
{
    internal const string Accepted = "a number up to 1e100 with a decimal point, such as 30.43";

    private const NumberStyles Numbers = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const double MaxNumber = 1e100;

    /// <summary>Reads the number; what is none is a fault of the file.</summary>
    internal static bool TryRead(CsvInput csv, int column, string accepted, out double number)
    {
        number = 0;
        bool good = csv.IsNumeric(column) && double.TryParse(csv.Field(column), Numbers, CultureInfo.InvariantCulture, out number) && Math.Abs(number) <= MaxNumber;
        if (!good)
        {
            csv.Faults.Add(csv.Line, csv.Header(column), csv.Text(column), accepted, FaultReason.NoNumber);
        }

        return good;
    }
}
