namespace Crm.Core.Segments;

/// <summary>The values of one signal for every row: numbers, or codes of texts; NaN and −1 where nothing is known.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class SignalColumn
{
    private readonly ReadOnlyMemory<double> _numbers;
    private readonly ReadOnlyMemory<int> _codes;
    private readonly IReadOnlyList<string>? _texts;

    internal SignalColumn(ReadOnlyMemory<double> numbers) => _numbers = numbers;

    internal SignalColumn(ReadOnlyMemory<int> codes, IReadOnlyList<string> texts) => (_codes, _texts) = (codes, texts);

    /// <summary>Sets the bits of the rows of which the value is known.</summary>
    internal void Known(RangeKernel kernel, int from, int to, Span<double> last, Span<ulong> bits)
    {
        if (_texts is null)
        {
            kernel.Known(Whole(from, to, last), bits);
            return;
        }

        bits.Clear();
        ReadOnlySpan<int> codes = _codes.Span[from..to];
        for (int row = 0; row < codes.Length; row++)
        {
            bits[row / RangeKernel.Word] |= codes[row] >= 0 ? 1UL << (row % RangeKernel.Word) : 0;
        }
    }

    /// <summary>Sets the bits of the rows that pass a test; of those that are not known, any.</summary>
    internal void Passes(RangeKernel kernel, SignalTest test, bool[] accepted, int from, int to, Span<double> last, Span<ulong> bits, Span<ulong> second)
    {
        switch (test)
        {
            case TextTest:
                Passes(accepted, from, to, bits);
                break;
            case FlagTest flag:
                Range(kernel, new() { Least = flag.Expected ? 1 : 0, Greatest = flag.Expected ? 1 : 0 }, from, to, last, bits, second);
                break;
            default:
                Range(kernel, test is DayTest day ? day.Range : (NumberTest)test, from, to, last, bits, second);
                break;
        }
    }

    private void Range(RangeKernel kernel, NumberTest range, int from, int to, Span<double> last, Span<ulong> bits, Span<ulong> second)
    {
        ReadOnlySpan<double> values = Whole(from, to, last);
        bool hasLeast = !double.IsInfinity(range.Least);
        bool hasGreatest = !double.IsInfinity(range.Greatest);
        if (hasLeast || !hasGreatest)
        {
            Least(kernel, range, values, bits);
        }

        if (!hasGreatest)
        {
            return;
        }

        Greatest(kernel, range, values, hasLeast ? second : bits);
        for (int word = 0; hasLeast && word < bits.Length; word++)
        {
            bits[word] &= second[word];
        }
    }

    private static void Least(RangeKernel kernel, NumberTest range, ReadOnlySpan<double> values, Span<ulong> bits)
    {
        if (range.IsLeastOutside)
        {
            kernel.Above(values, range.Least, bits);
        }
        else
        {
            kernel.AtLeast(values, range.Least, bits);
        }
    }

    private static void Greatest(RangeKernel kernel, NumberTest range, ReadOnlySpan<double> values, Span<ulong> bits)
    {
        if (range.IsGreatestOutside)
        {
            kernel.Below(values, range.Greatest, bits);
        }
        else
        {
            kernel.AtMost(values, range.Greatest, bits);
        }
    }

    /// <summary>For each text of the column whether a test accepts it: made once, since there may be as many as rows.</summary>
    internal bool[] Accepted(SignalTest test)
    {
        HashSet<string> accepted = test is TextTest text ? [.. text.Accepted] : [];
        return [.. (_texts ?? []).Select(accepted.Contains)];
    }

    private void Passes(bool[] accepted, int from, int to, Span<ulong> bits)
    {
        bits.Clear();
        ReadOnlySpan<int> codes = _codes.Span[from..to];
        for (int row = 0; row < codes.Length; row++)
        {
            bits[row / RangeKernel.Word] |= codes[row] >= 0 && accepted[codes[row]] ? 1UL << (row % RangeKernel.Word) : 0;
        }
    }

    /// <summary>The rows, at the end of the base with rows of which nothing is known to the end of a word.</summary>
    private ReadOnlySpan<double> Whole(int from, int to, Span<double> last)
    {
        ReadOnlySpan<double> values = _numbers.Span[from..to];
        int whole = (values.Length + RangeKernel.Word - 1) / RangeKernel.Word * RangeKernel.Word;
        if (whole == values.Length)
        {
            return values;
        }

        values.CopyTo(last);
        last[values.Length..whole].Fill(double.NaN);
        return last[..whole];
    }
}
