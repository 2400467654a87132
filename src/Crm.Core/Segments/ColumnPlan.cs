namespace Crm.Core.Segments;

/// <summary>What has to be asked of columns to say who is in the segments of a book, and in which order.</summary>
/// <remarks>
/// The conditions on one column come together, so that it is read once from memory and then from the nearest cache. Whether an answer is
/// yes, and whether it is no, are two questions where it may be unknown; only what a segment hangs on is asked. Immutable and thread-safe.
/// </remarks>
internal sealed class ColumnPlan
{
    private readonly bool[] _needsYes;
    private readonly bool[] _needsNo;

    internal ColumnPlan(SegmentBook book)
    {
        RuleProgram program = book.Program;
        (_needsYes, _needsNo) = Needs(program, book.Nodes);
        Conditions = [.. Enumerable.Range(0, program.Signals.Length).Select(signal => Enumerable.Range(0, program.Conditions.Length)
            .Where(place => program.Conditions[place].Signal == signal && IsNeeded(program.Conditions[place].Node)).ToArray())];
        NeedsKnown = [.. Conditions.Select(places => places.Any(place => _needsNo[program.Conditions[place].Node] || program.Conditions[place].Test is KnownTest))];
        AsksEachOnce = Conditions.Zip(NeedsKnown, (places, known) => places.Length + (known ? 1 : 0)).All(questions => questions <= 1);
        Joins = [.. Enumerable.Range(0, program.Nodes.Length).Where(node => program.Nodes[node].Operator != RuleOperator.Condition && IsNeeded(node))];
    }

    /// <summary>Gets for each signal the places of the conditions on it.</summary>
    internal int[][] Conditions { get; }

    /// <summary>Gets for each signal whether it matters of which rows it is known.</summary>
    internal bool[] NeedsKnown { get; }

    /// <summary>Gets whether no column is asked more than one question.</summary>
    internal bool AsksEachOnce { get; }

    /// <summary>Gets the nodes that are made of others, each behind those.</summary>
    internal int[] Joins { get; }

    internal bool NeedsYes(int node) => _needsYes[node];

    internal bool NeedsNo(int node) => _needsNo[node];

    private bool IsNeeded(int node) => _needsYes[node] || _needsNo[node];

    // From the segments down: a 'not' turns what is needed of its part around.
    private static (bool[] Yes, bool[] No) Needs(RuleProgram program, int[] segments)
    {
        var (yes, no) = (new bool[program.Nodes.Length], new bool[program.Nodes.Length]);
        foreach (int node in segments)
        {
            yes[node] = true;
        }

        for (int node = program.Nodes.Length - 1; node >= 0; node--)
        {
            bool isNot = program.Nodes[node].Operator == RuleOperator.Not;
            foreach (int part in program.Nodes[node].Parts)
            {
                yes[part] |= isNot ? no[node] : yes[node];
                no[part] |= isNot ? yes[node] : no[node];
            }
        }

        return (yes, no);
    }
}
