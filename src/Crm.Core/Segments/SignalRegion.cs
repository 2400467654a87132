namespace Crm.Core.Segments;

/// <summary>Values of a signal that all tests in question answer alike, and one of them to stand for all.</summary>
/// <param name="Sample">One of them.</param>
/// <param name="Least">Of numbers, a lower bound.</param>
/// <param name="Greatest">Of numbers, an upper bound.</param>
internal readonly record struct SignalRegion(SignalValue Sample, double Least = double.NegativeInfinity, double Greatest = double.PositiveInfinity)
{
    private const string Other = "\uFFFDother";

    /// <summary>All regions that the tests cut the values of a type into.</summary>
    internal static List<SignalRegion> Of(SignalType type, IEnumerable<SignalTest> tests) => type.Kind switch
    {
        Customers.AttributeKind.Text => [.. Texts(type, tests)],
        Customers.AttributeKind.Flag => [new(SignalValue.Of(false)), new(SignalValue.Of(true))],
        _ => [.. Numbers(type, tests)],
    };

    private static IEnumerable<SignalRegion> Texts(SignalType type, IEnumerable<SignalTest> tests)
    {
        string[] named = [.. tests.OfType<TextTest>().SelectMany(test => test.Accepted).Distinct(StringComparer.Ordinal)];
        IEnumerable<string> others = type.Accepted.Count > 0 ? type.Accepted.Except(named, StringComparer.Ordinal).Take(1) : [Other];
        return named.Where(text => type.Accepted.Count == 0 || type.Accepted.Contains(text, StringComparer.Ordinal)).Concat(others).Select(text => new SignalRegion(SignalValue.Of(text)));
    }

    // Each end of a range, and what lies between one end and the next.
    private static IEnumerable<SignalRegion> Numbers(SignalType type, IEnumerable<SignalTest> tests)
    {
        double[] ends = [.. tests.Select(test => test is DayTest day ? day.Range : test as NumberTest).OfType<NumberTest>()
            .SelectMany(range => (double[])[range.Least, range.Greatest]).Append(type.Least).Append(type.Greatest)
            .Where(end => double.IsFinite(end) && end >= type.Least && end <= type.Greatest).Distinct().Order()];
        double before = double.NegativeInfinity;
        foreach (double end in ends.Append(double.PositiveInfinity))
        {
            if (before >= type.Least && end <= type.Greatest && Between(before, end, type.IsWhole) is { } sample)
            {
                yield return type.IsWhole ? new(SignalValue.Of(sample), Math.Floor(before) + 1, Math.Ceiling(end) - 1) : new(SignalValue.Of(sample), before, end);
            }

            if (double.IsFinite(end) && (!type.IsWhole || double.IsInteger(end)))
            {
                yield return new(SignalValue.Of(end), end, end);
            }

            before = end;
        }
    }

    private static double? Between(double low, double high, bool isWhole)
    {
        // Beyond 2^53 the next whole number is the next number there is.
        double sample = double.IsInfinity(low) ? double.IsInfinity(high) ? 0 : Math.Min(Math.Floor(high) - 1, Math.BitDecrement(high))
            : isWhole || double.IsInfinity(high) ? Math.Max(Math.Floor(low) + 1, Math.BitIncrement(low)) : (low / 2) + (high / 2);
        return (!isWhole || double.IsInteger(sample)) && sample > low && sample < high ? sample : null;
    }
}
