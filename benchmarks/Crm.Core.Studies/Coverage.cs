namespace Crm.Core.Studies;

/// <summary>How often intervals held their numbers, over bases: one share a base, and the bases are what varies.</summary>
/// <param name="Inside">Mean share inside.</param>
/// <param name="StandardError">Of <paramref name="Inside"/>.</param>
/// <param name="Above">Mean share above the interval.</param>
/// <param name="Below">Mean share below the interval.</param>
internal sealed record Coverage(double Inside, double StandardError, double Above, double Below)
{
    internal static Coverage Of(IReadOnlyList<Tally> bases)
    {
        double mean = bases.Average(tally => tally.Inside);
        double squares = bases.Sum(tally => (tally.Inside - mean) * (tally.Inside - mean));
        double error = bases.Count > 1 ? Math.Sqrt(squares / (bases.Count - 1) / bases.Count) : double.NaN;
        return new(mean, error, bases.Average(tally => tally.Above), bases.Average(tally => tally.Below));
    }
}
