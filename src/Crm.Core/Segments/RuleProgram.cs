namespace Crm.Core.Segments;

/// <summary>The rules of a book as one row of nodes, each behind those it is made of, so that none is answered twice and nothing recurses.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class RuleProgram
{
    private readonly List<Signal> _signals = [];
    private readonly List<RuleCondition> _conditions = [];
    private readonly List<RuleNode> _nodes = [];
    private readonly Dictionary<Signal, int> _signalPlaces = [];
    private readonly Dictionary<(int Signal, SignalTest Test), int> _conditionNodes = [];
    private readonly Dictionary<(RuleOperator Operator, ValueList<int> Parts), int> _joinedNodes = [];

    /// <summary>Makes the program of segments of which each comes behind its parent and those its rule names.</summary>
    internal RuleProgram(IReadOnlyList<SegmentDefinition> ordered)
    {
        var bySegment = new Dictionary<SegmentId, int>();
        var (own, whole) = (new int[ordered.Count], new int[ordered.Count]);
        foreach (var (place, definition) in ordered.Index())
        {
            own[place] = NodeOf(definition.Rule, bySegment);
            whole[place] = definition.Segment.Parent == SegmentId.None ? own[place]
                : Joined(RuleOperator.All, [bySegment[definition.Segment.Parent], own[place]]);
            bySegment[definition.Segment.Id] = whole[place];
        }

        (OwnNodes, SegmentNodes, Signals, Conditions, Nodes) = (own, whole, [.. _signals], [.. _conditions], [.. _nodes]);
        NodesOfSegments = bySegment;
    }

    /// <summary>Gets the different signals.</summary>
    internal Signal[] Signals { get; }

    /// <summary>Gets the different conditions.</summary>
    internal RuleCondition[] Conditions { get; }

    internal RuleNode[] Nodes { get; }

    /// <summary>Gets the nodes of the segments' rules without their parents'.</summary>
    internal int[] OwnNodes { get; }

    /// <summary>Gets the nodes that say who is in each segment.</summary>
    internal int[] SegmentNodes { get; }

    internal IReadOnlyDictionary<SegmentId, int> NodesOfSegments { get; }

    /// <summary>The answer of a node from those of its parts.</summary>
    internal static RuleAnswer Answer(RuleNode node, ReadOnlySpan<RuleAnswer> answers)
    {
        if (node.Operator == RuleOperator.Not)
        {
            return RuleAnswer.Yes - (int)answers[node.Parts[0]];
        }

        RuleAnswer answer = answers[node.Parts[0]];
        foreach (int part in node.Parts.AsSpan(1))
        {
            answer = node.Operator == RuleOperator.All ? (RuleAnswer)Math.Min((int)answer, (int)answers[part]) : (RuleAnswer)Math.Max((int)answer, (int)answers[part]);
        }

        return answer;
    }

    /// <summary>The nodes that decide one, in order, itself the last.</summary>
    internal int[] Cone(int node)
    {
        var needed = new SortedSet<int> { node };
        var waiting = new Stack<int>([node]);
        while (waiting.TryPop(out int next))
        {
            foreach (int part in Nodes[next].Parts)
            {
                if (needed.Add(part))
                {
                    waiting.Push(part);
                }
            }
        }

        return [.. needed];
    }

    /// <summary>The node of a rule that is part of the program.</summary>
    internal int NodeOf(SegmentRule rule) => NodeOf(rule, NodesOfSegments);

    // A rule is at most 32 deep, so this recursion is too.
    private int NodeOf(SegmentRule rule, IReadOnlyDictionary<SegmentId, int> bySegment) => rule switch
    {
        ConditionRule condition => NodeOf(condition),
        InSegmentRule other => bySegment[other.Segment],
        _ => Joined(
            rule is AllRule ? RuleOperator.All : rule is AnyRule ? RuleOperator.Any : RuleOperator.Not,
            rule.Parts.Select(part => NodeOf(part, bySegment))),
    };

    private int NodeOf(ConditionRule rule)
    {
        if (!_signalPlaces.TryGetValue(rule.Signal, out int signal))
        {
            _signalPlaces[rule.Signal] = signal = _signals.Count;
            _signals.Add(rule.Signal);
        }

        if (!_conditionNodes.TryGetValue((signal, rule.Test), out int node))
        {
            _conditionNodes[(signal, rule.Test)] = node = _nodes.Count;
            _nodes.Add(new(RuleOperator.Condition, [], _conditions.Count));
            _conditions.Add(new(signal, rule.Test, node));
        }

        return node;
    }

    private int Joined(RuleOperator kind, IEnumerable<int> parts)
    {
        var key = (kind, ValueList<int>.Of(parts, nameof(parts)));
        if (!_joinedNodes.TryGetValue(key, out int node))
        {
            _joinedNodes[key] = node = _nodes.Count;
            _nodes.Add(new(kind, [.. key.Item2], -1));
        }

        return node;
    }
}
