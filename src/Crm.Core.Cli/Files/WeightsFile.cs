using Crm.Core.Benefits;

namespace Crm.Core.Cli.Files;

/// <summary>Reads what each segment weighs: the JSON of a weight book.</summary>
internal static class WeightsFile
{
    /// <summary>What files call customers in no segment of the book.</summary>
    internal const string DefaultName = "default";

    /// <summary>What stands between two segments of one customer.</summary>
    internal const char SegmentSeparator = '|';

    /// <summary>Reads a file whole.</summary>
    /// <returns>The book; a factor that nobody weighs may be missing, since any value of it counts nothing.</returns>
    /// <exception cref="InputException">The file cannot be read or is no weight book; the message names everything that is wrong.</exception>
    internal static WeightBook Read(string path)
    {
        WeightBook book = Parse(path);
        foreach (var (place, segment) in book.Segments.Index())
        {
            string name = segment.ToString();
            if (WhyNoName(name) is { } why)
            {
                throw new InputException(FormattableString.Invariant($"{path}: segments[{place}].segment {why}. Give it another name."));
            }
        }

        return book.With(new FactorScales
        {
            Utility = Lenient(book, BenefitFactor.Utility),
            Brand = Lenient(book, BenefitFactor.Brand),
            Relationship = Lenient(book, BenefitFactor.Relationship),
            Cost = Lenient(book, BenefitFactor.Cost),
            Time = Lenient(book, BenefitFactor.Time),
        });
    }

    /// <summary>Whether any set of weights weighs a factor.</summary>
    internal static bool Weighs(WeightBook book, BenefitFactor factor) =>
        book.Default[factor] > 0 || book.Segments.Any(segment => book[segment][factor] > 0);

    /// <summary>Why a segment cannot be told from others in a file of customers; null where it can.</summary>
    internal static string? WhyNoName(string segment) =>
        segment == DefaultName ? $"is '{DefaultName}', which is what files call customers in no segment"
        : segment.Contains(SegmentSeparator, StringComparison.Ordinal) ? $"is '{segment}', and {SegmentSeparator} stands between the segments of one customer"
        : segment.Trim() != segment ? $"is '{segment}', with spaces around it"
        : !TextField.IsName(segment) ? "has a control character in it"
        : null;

    private static FactorScale Lenient(WeightBook book, BenefitFactor factor)
    {
        FactorScale scale = book.Scales[factor];
        return scale.Missing is null && !Weighs(book, factor) ? scale.WithMissing(scale.Origin) : scale;
    }

    private static WeightBook Parse(string path)
    {
        try
        {
            using var reader = new StreamReader(InputFile.OpenFile(path));
            return WeightBook.FromJson(reader.ReadToEnd());
        }
        catch (FormatException exception)
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
