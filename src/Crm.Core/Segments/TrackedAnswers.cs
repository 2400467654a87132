using System.Numerics;
using System.Text;

namespace Crm.Core.Segments;

/// <summary>The answer of every condition for every customer in two bits, and in one who is in which segment.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class TrackedAnswers
{
    private const int Word = 64;
    private const int ChunkSize = 4_096;
    private const int MostReasons = 3;

    private static readonly string[] _answerNames = [.. Enum.GetValues<RuleAnswer>().Select(Names.Of)];

    private readonly RuleProgram _program;
    private readonly int _conditionWords;
    private readonly int _segmentWords;
    private readonly List<ulong[]> _chunks = [];
    private readonly int[][] _conditionsOfSignals;
    private readonly ulong[] _segmentsOfConditions;
    private readonly string?[] _words;
    private readonly int[] _calls;
    private readonly int[][] _cones;
    private readonly int[] _nodes;
    private readonly int[] _counts;
    private readonly RuleAnswer[] _scratch;
    private readonly ulong[] _unsettled;
    private readonly List<(int Segment, bool IsMember)> _moves = [];
    private readonly List<(int Customer, int Condition, RuleAnswer Before)> _changed = [];
    private readonly List<int[]> _signalsOfClasses = [];
    private int _customers;
    private int _call;

    internal TrackedAnswers(SegmentBook book)
    {
        (_program, _nodes) = (book.Program, book.Nodes);
        _conditionWords = WordsOf(_program.Conditions.Length);
        _segmentWords = WordsOf(_nodes.Length);
        _counts = new int[_nodes.Length];
        _scratch = new RuleAnswer[_program.Nodes.Length];
        _unsettled = new ulong[_segmentWords];
        _cones = Array.ConvertAll(_nodes, _program.Cone);
        _conditionsOfSignals = Gathered(_program.Signals.Length, _program.Conditions.Index().Select(entry => (entry.Item.Signal, entry.Index)));
        _segmentsOfConditions = new ulong[_program.Conditions.Length * _segmentWords];
        (_words, _calls) = (new string?[_program.Conditions.Length], new int[_program.Conditions.Length]);
        foreach (var (segment, cone) in _cones.Index())
        {
            foreach (int condition in cone.Select(node => _program.Nodes[node].Condition).Where(condition => condition >= 0))
            {
                _segmentsOfConditions[(condition * _segmentWords) + (segment / Word)] |= 1UL << (segment % Word);
            }
        }

        Facts = [.. _program.Signals.Index().Where(entry => entry.Item is not (EventSignal or ColumnSignal)).Select(entry => entry.Index)];
        Columns = [.. _program.Signals.Index().Where(entry => entry.Item is ColumnSignal).Select(entry => entry.Index)];
    }

    /// <summary>Gets the signals that are read from what is on record.</summary>
    internal int[] Facts { get; }

    /// <summary>Gets the signals that are columns.</summary>
    internal int[] Columns { get; }

    internal void AddCustomer()
    {
        if (_customers++ % ChunkSize == 0)
        {
            _chunks.Add(new ulong[ChunkSize * ((2 * _conditionWords) + _segmentWords)]);
        }
    }

    internal int CountOf(int segment) => _counts[segment];

    internal bool IsMember(int customer, int segment) => (Members(customer)[segment / Word] >> (segment % Word) & 1) != 0;

    /// <summary>Asks every segment again at the next settling, and every condition as of somebody of whom nothing is on record.</summary>
    internal void Renew(int customer)
    {
        SignalValue unknown = SignalValue.Unknown("");
        foreach (int signal in Facts.Concat(Columns))
        {
            Set(customer, signal, unknown);
        }

        for (int segment = 0; segment < _nodes.Length; segment++)
        {
            _unsettled[segment / Word] |= 1UL << (segment % Word);
        }
    }

    internal void Forget(int customer)
    {
        for (int segment = 0; segment < _counts.Length; segment++)
        {
            _counts[segment] -= IsMember(customer, segment) ? 1 : 0;
        }

        Of(customer).Clear();
    }

    /// <summary>Notes the answers that a value gives.</summary>
    internal void Set(int customer, int signal, SignalValue value)
    {
        Span<ulong> bits = Of(customer);
        foreach (int condition in _conditionsOfSignals[signal])
        {
            RuleAnswer answer = _program.Conditions[condition].Test.Answer(value);
            int word = condition / Word;
            ulong bit = 1UL << (condition % Word);
            ulong yes = answer == RuleAnswer.Yes ? bit : 0;
            ulong no = answer == RuleAnswer.No ? bit : 0;
            ref ulong yesWord = ref bits[word];
            ref ulong noWord = ref bits[_conditionWords + word];
            if ((yesWord & bit) == yes && (noWord & bit) == no)
            {
                continue;
            }

            _changed.Add((customer, condition, (yesWord & bit) != 0 ? RuleAnswer.Yes : (noWord & bit) != 0 ? RuleAnswer.No : RuleAnswer.Unknown));
            yesWord = (yesWord & ~bit) | yes;
            noWord = (noWord & ~bit) | no;
            ReadOnlySpan<ulong> segments = _segmentsOfConditions.AsSpan(condition * _segmentWords, _segmentWords);
            for (int place = 0; place < segments.Length; place++)
            {
                _unsettled[place] |= segments[place];
            }
        }
    }

    /// <summary>Asks the segments that something has changed for.</summary>
    /// <returns>Those the customer entered or left; valid until the next call. What has changed stays so until <see cref="Settled"/>.</returns>
    internal IReadOnlyList<(int Segment, bool IsMember)> Settle(int customer)
    {
        _moves.Clear();
        for (int word = 0; word < _segmentWords; word++)
        {
            for (ulong left = _unsettled[word]; left != 0; left &= left - 1)
            {
                int segment = (word * Word) + BitOperations.TrailingZeroCount(left);
                bool isMember = Answer(customer, segment) == RuleAnswer.Yes;
                if (isMember != IsMember(customer, segment))
                {
                    Members(customer)[word] ^= left & (~left + 1);
                    _counts[segment] += isMember ? 1 : -1;
                    _moves.Add((segment, isMember));
                }
            }
        }

        return _moves;
    }

    /// <summary>Ends what changed together.</summary>
    internal void Settled()
    {
        _unsettled.AsSpan().Clear();
        _changed.Clear();
    }

    /// <summary>Which conditions of a segment have another answer for a customer than before all that has changed, in words.</summary>
    internal string WhyMoved(int customer, int segment)
    {
        _call++;
        var reasons = new StringBuilder();
        int count = 0;
        foreach (var (who, condition, before) in _changed)
        {
            // Of several changes of one condition the answer before the first counts, and the answer there is now.
            if (who != customer || !Concerns(condition, segment) || _calls[condition] == _call)
            {
                continue;
            }

            _calls[condition] = _call;
            RuleAnswer now = AnswerOf(Of(customer), condition);
            if (now != before && count++ < MostReasons)
            {
                reasons.Append(count > 1 ? "; " : "").Append(_words[condition] ??= Words(_program.Conditions[condition])).Append(": ").Append(_answerNames[(int)now]);
            }
        }

        return (count > MostReasons ? reasons.Append("; and more") : reasons).ToString();
    }

    /// <summary>The signals that count rows of a class.</summary>
    internal int[] SignalsOf(EventLedger events, int rowClass)
    {
        while (_signalsOfClasses.Count < events.Classes.Count)
        {
            int place = _signalsOfClasses.Count;
            _signalsOfClasses.Add([.. events.Queries.Index().Where(entry => entry.Item is { } query && events.Classes.Fits(place, query.Filter)).Select(entry => entry.Index)]);
        }

        return _signalsOfClasses[rowClass];
    }

    private RuleAnswer Answer(int customer, int segment)
    {
        ReadOnlySpan<ulong> bits = Of(customer);
        foreach (int node in _cones[segment])
        {
            int condition = _program.Nodes[node].Condition;
            _scratch[node] = condition < 0 ? RuleProgram.Answer(_program.Nodes[node], _scratch) : AnswerOf(bits, condition);
        }

        return _scratch[_nodes[segment]];
    }

    private bool Concerns(int condition, int segment) => (_segmentsOfConditions[(condition * _segmentWords) + (segment / Word)] >> (segment % Word) & 1) != 0;

    private RuleAnswer AnswerOf(ReadOnlySpan<ulong> bits, int condition) =>
        (bits[condition / Word] >> (condition % Word) & 1) != 0 ? RuleAnswer.Yes
        : (bits[_conditionWords + (condition / Word)] >> (condition % Word) & 1) != 0 ? RuleAnswer.No : RuleAnswer.Unknown;

    private Span<ulong> Of(int customer)
    {
        int stride = (2 * _conditionWords) + _segmentWords;
        return _chunks[customer / ChunkSize].AsSpan(customer % ChunkSize * stride, stride);
    }

    private Span<ulong> Members(int customer) => Of(customer)[(2 * _conditionWords)..];

    private string Words(RuleCondition condition) =>
        Names.Shortened(new ConditionRule { Signal = _program.Signals[condition.Signal], Test = condition.Test }.ToString(), 200);

    private static int WordsOf(int bits) => (bits + Word - 1) / Word;

    private static int[][] Gathered(int count, IEnumerable<(int Of, int Item)> pairs)
    {
        ILookup<int, int> items = pairs.ToLookup(pair => pair.Of, pair => pair.Item);
        return [.. Enumerable.Range(0, count).Select(place => items[place].Distinct().ToArray())];
    }
}
