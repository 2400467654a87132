using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Evaluates the rules of a book over blocks of rows: each column is read from memory once, whatever the number of rules.</summary>
internal readonly struct ColumnWork : IRowWork<ColumnWorker>
{
    private const int BlockWords = RowBlocks.Rows / RangeKernel.Word;

    private readonly SegmentBook _book;
    private readonly SignalColumn[] _columns;
    private readonly RangeKernel _kernel;
    private readonly bool[][] _accepted;

    internal ColumnWork(SegmentBook book, SignalColumn[] columns, RangeKernel kernel, int rows)
    {
        (_book, _columns, _kernel) = (book, columns, kernel);
        _accepted = Array.ConvertAll(book.Program.Conditions, condition => columns[condition.Signal].Accepted(condition.Test));
        int words = (int)(((long)rows + RangeKernel.Word - 1) / RangeKernel.Word);
        Members = [.. book.Nodes.Select(_ => new ulong[words])];
    }

    public static bool MergesInOrder => false;

    /// <summary>Gets for each segment the bits of the rows that are in it.</summary>
    internal ulong[][] Members { get; }

    public ColumnWorker Begin() => new(
        new ulong[_columns.Length * BlockWords], new ulong[_book.Program.Nodes.Length * BlockWords], new ulong[_book.Program.Nodes.Length * BlockWords],
        new ulong[BlockWords], new double[RowBlocks.Rows]);

    public void Run(ref ColumnWorker worker, int from, int to)
    {
        int words = (to - from + RangeKernel.Word - 1) / RangeKernel.Word;
        for (int signal = 0; signal < _columns.Length; signal++)
        {
            _columns[signal].Known(_kernel, from, to, worker.Last, Bits(worker.Known, signal, words));
        }

        foreach (var (place, node) in _book.Program.Nodes.Index())
        {
            Span<ulong> yes = Bits(worker.Yes, place, words);
            Span<ulong> no = Bits(worker.No, place, words);
            if (node.Operator == RuleOperator.Condition)
            {
                Ask(node.Condition, worker, from, to, yes, no);
            }
            else
            {
                Join(node, worker, yes, no);
            }
        }

        for (int segment = 0; segment < Members.Length; segment++)
        {
            Bits(worker.Yes, _book.Nodes[segment], words).CopyTo(Members[segment].AsSpan(from / RangeKernel.Word));
        }

        ClearBehind(to);
    }

    public void Merge(ref ColumnWorker worker, int from, int to)
    {
    }

    public void End(ref ColumnWorker worker)
    {
    }

    private void Ask(int place, ColumnWorker worker, int from, int to, Span<ulong> yes, Span<ulong> no)
    {
        RuleCondition condition = _book.Program.Conditions[place];
        ReadOnlySpan<ulong> known = Bits(worker.Known, condition.Signal, yes.Length);
        if (condition.Test is KnownTest test)
        {
            for (int word = 0; word < yes.Length; word++)
            {
                yes[word] = test.Expected ? known[word] : ~known[word];
                no[word] = ~yes[word];
            }

            return;
        }

        _columns[condition.Signal].Passes(_kernel, condition.Test, _accepted[place], from, to, worker.Last, yes, worker.Second.AsSpan(0, yes.Length));
        for (int word = 0; word < yes.Length; word++)
        {
            no[word] = known[word] & ~yes[word];
        }
    }

    private static void Join(RuleNode node, ColumnWorker worker, Span<ulong> yes, Span<ulong> no)
    {
        bool isNot = node.Operator == RuleOperator.Not;
        Bits(isNot ? worker.No : worker.Yes, node.Parts[0], yes.Length).CopyTo(yes);
        Bits(isNot ? worker.Yes : worker.No, node.Parts[0], yes.Length).CopyTo(no);
        foreach (int part in node.Parts.AsSpan(1))
        {
            ReadOnlySpan<ulong> otherYes = Bits(worker.Yes, part, yes.Length);
            ReadOnlySpan<ulong> otherNo = Bits(worker.No, part, yes.Length);
            if (node.Operator == RuleOperator.All)
            {
                And(yes, otherYes);
                Or(no, otherNo);
            }
            else
            {
                Or(yes, otherYes);
                And(no, otherNo);
            }
        }
    }

    private static void And(Span<ulong> bits, ReadOnlySpan<ulong> others)
    {
        for (int word = 0; word < bits.Length; word++)
        {
            bits[word] &= others[word];
        }
    }

    private static void Or(Span<ulong> bits, ReadOnlySpan<ulong> others)
    {
        for (int word = 0; word < bits.Length; word++)
        {
            bits[word] |= others[word];
        }
    }

    private static Span<ulong> Bits(ulong[] bits, int place, int words) => bits.AsSpan(place * BlockWords, words);

    // Behind the last row of the base nobody is in anything.
    private void ClearBehind(int to)
    {
        if (to % RangeKernel.Word != 0)
        {
            foreach (ulong[] members in Members)
            {
                members[to / RangeKernel.Word] &= (1UL << (to % RangeKernel.Word)) - 1;
            }
        }
    }
}
