using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Evaluates the rules of a book over blocks of rows: each column is read from memory once, whatever the number of rules.</summary>
internal readonly struct ColumnWork : IRowWork<ColumnWorker>
{
    // So many numbers of one column stay in the nearest cache while all conditions on it are asked.
    private const int ShortBlock = 4_096;

    // Where each column is asked once nothing has to stay: the longer memory is read in one go, the nearer to its own speed. The answers still fit in the next cache.
    private const int LongBlock = 32_768;
    private const int MostAnswerBytes = 1 << 20;

    private readonly int _blockWords;

    private readonly SegmentBook _book;
    private readonly ColumnPlan _plan;
    private readonly SignalColumn[] _columns;
    private readonly RangeKernel _kernel;
    private readonly bool[][] _accepted;

    /// <summary>Makes the work for a base; whether it keeps who is in a segment, or only counts.</summary>
    internal ColumnWork(SegmentBook book, SignalColumn[] columns, RangeKernel kernel, int rows, bool keepsMembers)
    {
        (_book, _plan, _columns, _kernel) = (book, new(book), columns, kernel);
        long answerBytes = 2L * book.Program.Nodes.Length * (LongBlock / 8);
        BlockRows = _plan.AsksEachOnce && answerBytes <= MostAnswerBytes ? LongBlock : ShortBlock;
        _blockWords = BlockRows / RangeKernel.Word;
        _accepted = Array.ConvertAll(book.Program.Conditions, condition => columns[condition.Signal].Accepted(condition.Test));
        int words = (int)(((long)rows + RangeKernel.Word - 1) / RangeKernel.Word);
        Members = keepsMembers ? [.. book.Nodes.Select(_ => GC.AllocateUninitializedArray<ulong>(words))] : []; // every word is written
        Counts = new long[book.Nodes.Length];
    }

    public static bool MergesInOrder => false;

    /// <summary>Gets the rows of a block.</summary>
    internal int BlockRows { get; }

    /// <summary>Gets for each segment the bits of the rows that are in it; nothing where they are only counted.</summary>
    internal ulong[][] Members { get; }

    /// <summary>Gets for each segment how many rows are in it.</summary>
    internal long[] Counts { get; }

    public ColumnWorker Begin() => new(
        new ulong[_blockWords], new ulong[_book.Program.Nodes.Length * _blockWords], new ulong[_book.Program.Nodes.Length * _blockWords],
        new ulong[_blockWords], new double[BlockRows], new long[Counts.Length]);

    public void Run(ref ColumnWorker worker, int from, int to)
    {
        int words = (to - from + RangeKernel.Word - 1) / RangeKernel.Word;
        for (int signal = 0; signal < _columns.Length; signal++)
        {
            if (_plan.NeedsKnown[signal])
            {
                _columns[signal].Known(_kernel, from, to, worker.Last, worker.Known.AsSpan(0, words));
            }

            foreach (int condition in _plan.Conditions[signal])
            {
                Ask(condition, worker, from, to, words);
            }
        }

        foreach (int node in _plan.Joins)
        {
            Join(node, worker, words);
        }

        for (int segment = 0; segment < Counts.Length; segment++)
        {
            Keep(segment, worker, from, to, words);
        }
    }

    public void Merge(ref ColumnWorker worker, int from, int to)
    {
        for (int segment = 0; segment < Counts.Length; segment++)
        {
            Counts[segment] += worker.Counts[segment];
        }

        worker.Counts.AsSpan().Clear();
    }

    public void End(ref ColumnWorker worker)
    {
    }

    private void Ask(int place, ColumnWorker worker, int from, int to, int words)
    {
        RuleCondition condition = _book.Program.Conditions[place];
        Span<ulong> yes = Bits(worker.Yes, condition.Node, words);
        Span<ulong> no = Bits(worker.No, condition.Node, words);
        ReadOnlySpan<ulong> known = worker.Known.AsSpan(0, words);
        if (condition.Test is KnownTest test)
        {
            for (int word = 0; word < words; word++)
            {
                yes[word] = test.Expected ? known[word] : ~known[word];
                no[word] = ~yes[word];
            }

            return;
        }

        _columns[condition.Signal].Passes(_kernel, condition.Test, _accepted[place], from, to, worker.Last, yes, worker.Second.AsSpan(0, words));
        if (_plan.NeedsNo(condition.Node))
        {
            for (int word = 0; word < words; word++)
            {
                no[word] = known[word] & ~yes[word];
            }
        }
    }

    private void Join(int node, ColumnWorker worker, int words)
    {
        RuleNode join = _book.Program.Nodes[node];
        bool isNot = join.Operator == RuleOperator.Not;
        bool isAll = join.Operator == RuleOperator.All;
        if (_plan.NeedsYes(node))
        {
            Join(join.Parts, isNot ? worker.No : worker.Yes, Bits(worker.Yes, node, words), isAll);
        }

        if (_plan.NeedsNo(node))
        {
            Join(join.Parts, isNot ? worker.Yes : worker.No, Bits(worker.No, node, words), !isAll);
        }
    }

    private void Join(int[] parts, ulong[] answers, Span<ulong> joined, bool isAnd)
    {
        Bits(answers, parts[0], joined.Length).CopyTo(joined);
        foreach (int part in parts.AsSpan(1))
        {
            ReadOnlySpan<ulong> others = Bits(answers, part, joined.Length);
            for (int word = 0; word < joined.Length; word++)
            {
                joined[word] = isAnd ? joined[word] & others[word] : joined[word] | others[word];
            }
        }
    }

    private void Keep(int segment, ColumnWorker worker, int from, int to, int words)
    {
        Span<ulong> members = Bits(worker.Yes, _book.Nodes[segment], words);
        if (to % RangeKernel.Word != 0)
        {
            members[^1] &= (1UL << (to % RangeKernel.Word)) - 1; // behind the last row of the base nobody is in anything
        }

        worker.Counts[segment] = SegmentMembers.CountOf(members);
        if (Members.Length > 0)
        {
            members.CopyTo(Members[segment].AsSpan(from / RangeKernel.Word));
        }
    }

    private Span<ulong> Bits(ulong[] bits, int place, int words) => bits.AsSpan(place * _blockWords, words);
}
