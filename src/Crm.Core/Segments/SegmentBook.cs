using System.Collections.Frozen;

namespace Crm.Core.Segments;

/// <summary>The segments of a host, each with its rule, checked together.</summary>
/// <remarks>
/// <para>
/// One rule is asked in three ways that agree: of one customer, with the reasons (<see cref="Explain"/>); of a base in columns
/// (<see cref="SegmentColumns"/>); and as things happen and days pass (<see cref="SegmentTracker"/>).
/// </para>
/// <para>
/// A segment with a parent refines it: its members are members of the parent. Segments may stand in any order. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed class SegmentBook
{
    private readonly FrozenDictionary<SegmentId, int> _places;

    private SegmentBook(SignalSchema schema, ValueList<SegmentDefinition> definitions, SegmentDefinition[] ordered)
    {
        (Schema, Definitions) = (schema, definitions);
        Program = new(ordered);
        Types = Array.ConvertAll(Program.Signals, signal => signal.TypeIn(schema, out _)!);
        _places = definitions.Index().ToFrozenDictionary(entry => entry.Item.Segment.Id, entry => entry.Index);
        Nodes = [.. definitions.Select(definition => Program.NodesOfSegments[definition.Segment.Id])];
    }

    /// <summary>Gets what rules may ask about.</summary>
    public SignalSchema Schema { get; }

    /// <summary>Gets the segments with their rules, in the order they were given: their places are their indices in columns.</summary>
    public IReadOnlyList<SegmentDefinition> Definitions { get; }

    /// <summary>Gets the different signals the rules ask about.</summary>
    public IReadOnlyList<Signal> Signals => Array.AsReadOnly(Program.Signals);

    internal RuleProgram Program { get; }

    /// <summary>Gets the types of the signals.</summary>
    internal SignalType[] Types { get; }

    /// <summary>Gets the nodes of the segments, in the order of <see cref="Definitions"/>.</summary>
    internal int[] Nodes { get; }

    /// <summary>Makes a book.</summary>
    /// <param name="schema">What rules may ask about.</param>
    /// <param name="definitions">The segments, in any order.</param>
    /// <returns>The book.</returns>
    /// <exception cref="ArgumentException">The schema is null, or a definition is.</exception>
    /// <exception cref="RuleFaultsException">
    /// A segment stands twice; a parent or a segment that a rule names is not in the book, or depends on the one that names it; a rule asks about an attribute or
    /// column that is not declared, in another unit or of another type; a rule, or a part of one, matches nobody whatever the values, or everybody of whom they are known. All
    /// of it is named together.
    /// </exception>
    public static SegmentBook Of(SignalSchema schema, params IEnumerable<SegmentDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var list = ValueList<SegmentDefinition>.Of(definitions, nameof(definitions));
        var faults = SegmentBookRules.Check(schema, list, out SegmentDefinition[] ordered);
        return faults.Count == 0 ? new(schema, list, ordered) : throw new RuleFaultsException(faults);
    }

    /// <summary>Reads a book from the JSON of <see cref="ToJson"/>, or from one written by hand in the same form.</summary>
    /// <param name="json">The text.</param>
    /// <param name="schema">What rules may ask about.</param>
    /// <returns>The book.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="FormatException">The text is no book of segments, or its rules are refused; the message names everything that is wrong, and where.</exception>
    public static SegmentBook FromJson(string json, SignalSchema schema)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(schema);
        return SegmentBookReader.Read(json, schema);
    }

    /// <summary>Gives the book as JSON, with a schema number; <see cref="FromJson"/> reads it back equal.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => SegmentBookWriter.Write(this);

    /// <summary>Finds a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>Its definition, or null where the book has none.</returns>
    public SegmentDefinition? Find(SegmentId segment) => _places.TryGetValue(segment, out int place) ? Definitions[place] : null;

    /// <summary>Gives the index of a segment in columns.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>Its place in <see cref="Definitions"/>.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public int IndexOf(SegmentId segment) => _places.TryGetValue(segment, out int place) ? place
        : throw new ArgumentException($"The book has no segment '{segment}'. It has {string.Join(", ", Definitions.Select(definition => definition.Segment.Id))}.", nameof(segment));

    /// <summary>Gives the segments of a customer.</summary>
    /// <param name="subject">The customer, as of a day.</param>
    /// <returns>The segments, in the order of the book.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is null.</exception>
    public IReadOnlyList<SegmentId> SegmentsOf(SegmentSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        RuleAnswer[] answers = Answers(subject);
        return [.. Definitions.Select(definition => definition.Segment.Id).Where((_, place) => answers[Nodes[place]] == RuleAnswer.Yes)];
    }

    /// <summary>Says whether a customer is in a segment, and why.</summary>
    /// <param name="subject">The customer, as of a day.</param>
    /// <param name="segment">The segment.</param>
    /// <returns>The answer of each part of the rule, that of the parent's before its own.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is null.</exception>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public RuleTrace Explain(SegmentSubject subject, SegmentId segment)
    {
        ArgumentNullException.ThrowIfNull(subject);
        IndexOf(segment);
        return TraceOfSegment(segment, new(subject, Answers(subject), []));
    }

    /// <summary>Gives the answers of all nodes.</summary>
    internal RuleAnswer[] Answers(SegmentSubject subject)
    {
        SignalValue[] values = [.. Program.Signals.Select((signal, place) => signal.ValueOf(subject).As(Types[place]))];
        var answers = new RuleAnswer[Program.Nodes.Length];
        for (int node = 0; node < answers.Length; node++)
        {
            answers[node] = Program.Nodes[node].Condition is >= 0 and var place
                ? Program.Conditions[place].Test.Answer(values[Program.Conditions[place].Signal]) : RuleProgram.Answer(Program.Nodes[node], answers);
        }

        return answers;
    }

    private RuleTrace TraceOfSegment(SegmentId segment, Traced traced)
    {
        Segment found = Definitions[IndexOf(segment)].Segment;
        SegmentRule rule = Definitions[IndexOf(segment)].Rule;
        return found.Parent == SegmentId.None ? Trace(rule, traced) : new()
        {
            Rule = SegmentRule.All(SegmentRule.In(found.Parent), rule.Depth < SegmentRule.MostDepth && rule.Size + 2 <= SegmentRule.MostParts ? rule : SegmentRule.In(segment)),
            Answer = traced.Answers[Program.NodesOfSegments[segment]],
            Parts = [Trace(SegmentRule.In(found.Parent), traced), Trace(rule, traced)],
        };
    }

    // As deep as segments refine and name one another, which has a limit, each by a rule that has one. A segment that is named again is not shown again.
    private RuleTrace Trace(SegmentRule rule, Traced traced) => rule switch
    {
        ConditionRule condition => new() { Rule = rule, Answer = AnswerOf(rule, traced), Found = Words(condition.Signal, traced.Subject) },
        InSegmentRule other => traced.Shown.Add(other.Segment)
            ? new() { Rule = rule, Answer = AnswerOf(rule, traced), Parts = [TraceOfSegment(other.Segment, traced)] }
            : new() { Rule = rule, Answer = AnswerOf(rule, traced), Found = "as above" },
        _ => new() { Rule = rule, Answer = AnswerOf(rule, traced), Parts = [.. rule.Parts.Select(part => Trace(part, traced))] },
    };

    private RuleAnswer AnswerOf(SegmentRule rule, Traced traced) => traced.Answers[Program.NodeOf(rule)];

    private string Words(Signal signal, SegmentSubject subject)
    {
        SignalValue value = signal.ValueOf(subject).As(signal.TypeIn(Schema, out _)!);
        return value.WhyUnknown ?? value.Text ?? value.Kind switch
        {
            Customers.AttributeKind.Flag => value.Number == 1 ? "yes" : "no",
            Customers.AttributeKind.Day => FormattableString.Invariant($"{DayNumber.ToDate((int)value.Number):uuuu-MM-dd}"),
            _ => FormattableString.Invariant($"{value.Number}"),
        };
    }

    private readonly record struct Traced(SegmentSubject Subject, RuleAnswer[] Answers, HashSet<SegmentId> Shown);
}
