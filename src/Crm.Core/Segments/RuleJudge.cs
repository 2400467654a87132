namespace Crm.Core.Segments;

/// <summary>Finds rules that match nobody whatever the values, and rules that match everybody of whom the values are known.</summary>
/// <remarks>
/// Every signal is tried in each of the regions its tests cut its values into; branches whose answer is settled are left. A count over fewer days is
/// never above that over more. A rule on which the search has not come to an end after 20,000 steps, or of more than 256 signals, is let pass, and
/// so is what is left of a book of so many large rules that 50,000,000 nodes have been looked at.
/// </remarks>
internal sealed class RuleJudge
{
    private const int MostSteps = 20_000;

    // Of all rules of a book together: a fraction of a second.
    private const long MostVisits = 50_000_000;

    // The search goes as deep as there are signals.
    private const int MostSignals = 256;

    private readonly RuleProgram _program;
    private readonly SignalType[] _types;

    private readonly Dictionary<(int Node, bool IsYesSought), bool?> _found = [];
    private long _visits;

    // Bounds of the answers, by node: what is open is between no and yes.
    private readonly (RuleAnswer Least, RuleAnswer Greatest)[] _bounds;

    internal RuleJudge(RuleProgram program, SignalSchema schema)
    {
        _program = program;
        _types = Array.ConvertAll(program.Signals, signal => signal.TypeIn(schema, out _)!);
        _bounds = new (RuleAnswer, RuleAnswer)[program.Nodes.Length];
    }

    /// <summary>Whether a node can match nobody.</summary>
    internal bool IsNever(int node) => Found(node, isYesSought: true) is false;

    /// <summary>Whether a node matches everybody of whom the values are known.</summary>
    internal bool IsAlways(int node) => Found(node, isYesSought: false) is false;

    // A part that stands in many rules is judged once.
    private bool? Found(int node, bool isYesSought)
    {
        if (!_found.TryGetValue((node, isYesSought), out bool? found))
        {
            _found[(node, isYesSought)] = found = new Search(this, node, isYesSought).Find();
        }

        return found;
    }

    private sealed class Search
    {
        private readonly RuleJudge _judge;
        private readonly bool _isYesSought;
        private readonly int[] _cone;
        private readonly (int Signal, int[] Conditions, List<SignalRegion> Regions)[] _signals;
        private readonly SignalRegion[] _chosen;
        private int _steps;

        internal Search(RuleJudge judge, int node, bool isYesSought)
        {
            (_judge, _isYesSought, _cone) = (judge, isYesSought, judge._program.Cone(node));
            RuleCondition[] conditions = judge._program.Conditions;
            _signals = [.. _cone.Select(place => judge._program.Nodes[place].Condition).Where(place => place >= 0)
                .GroupBy(place => conditions[place].Signal)
                .OrderByDescending(group => group.Count())
                .Select(group => (group.Key, group.ToArray(), Regions(group.Key, [.. group.Select(place => conditions[place].Test)])))];
            _chosen = new SignalRegion[_signals.Length];
        }

        /// <summary>Whether values are found; null where the search was given up.</summary>
        internal bool? Find()
        {
            foreach (var (signal, conditions, _) in _signals)
            {
                Array.ForEach(conditions, place => _judge._bounds[_judge._program.Conditions[place].Node] = (RuleAnswer.No, RuleAnswer.Yes));
            }

            if (_signals.Length > MostSignals || _judge._visits > MostVisits)
            {
                return null;
            }

            bool found = Find(0);
            return _steps > MostSteps ? null : found;
        }

        private List<SignalRegion> Regions(int signal, SignalTest[] tests)
        {
            var regions = SignalRegion.Of(_judge._types[signal], tests);
            bool canBeUnknown = _judge._program.Signals[signal] is not EventSignal { Measure: EventMeasure.Count or EventMeasure.Days };

            // Of whom nothing is known a rule that always matches need not say so, unless it asks.
            if (canBeUnknown && (_isYesSought || tests.Any(test => test is KnownTest)))
            {
                regions.Add(new(SignalValue.Unknown("")));
            }

            return regions;
        }

        private bool Find(int depth)
        {
            _judge._visits += _cone.Length;
            if (++_steps > MostSteps || _judge._visits > MostVisits)
            {
                _steps = MostSteps + 1;
                return false;
            }

            var (least, greatest) = Answer();
            if (_isYesSought ? greatest < RuleAnswer.Yes : least == RuleAnswer.Yes)
            {
                return false;
            }

            if (depth == _signals.Length || (_isYesSought ? least == RuleAnswer.Yes : greatest < RuleAnswer.Yes))
            {
                return true;
            }

            var (_, conditions, regions) = _signals[depth];
            foreach (SignalRegion region in regions)
            {
                _chosen[depth] = region;
                if (!IsPossible(depth))
                {
                    continue;
                }

                foreach (int place in conditions)
                {
                    RuleCondition condition = _judge._program.Conditions[place];
                    RuleAnswer answer = condition.Test.Answer(region.Sample);
                    _judge._bounds[condition.Node] = (answer, answer);
                }

                if (Find(depth + 1))
                {
                    return true;
                }
            }

            Array.ForEach(conditions, place => _judge._bounds[_judge._program.Conditions[place].Node] = (RuleAnswer.No, RuleAnswer.Yes));
            return false;
        }

        private (RuleAnswer Least, RuleAnswer Greatest) Answer()
        {
            var bounds = _judge._bounds;
            foreach (int place in _cone)
            {
                RuleNode node = _judge._program.Nodes[place];
                if (node.Operator == RuleOperator.Not)
                {
                    var (least, greatest) = bounds[node.Parts[0]];
                    bounds[place] = (RuleAnswer.Yes - (int)greatest, RuleAnswer.Yes - (int)least);
                }
                else if (node.Operator != RuleOperator.Condition)
                {
                    bounds[place] = Joined(node, bounds);
                }
            }

            return bounds[_cone[^1]];
        }

        private static (RuleAnswer Least, RuleAnswer Greatest) Joined(RuleNode node, (RuleAnswer Least, RuleAnswer Greatest)[] bounds)
        {
            var (least, greatest) = bounds[node.Parts[0]];
            foreach (int part in node.Parts.AsSpan(1))
            {
                var (otherLeast, otherGreatest) = bounds[part];
                bool isAll = node.Operator == RuleOperator.All;
                least = isAll == (otherLeast < least) ? otherLeast : least;
                greatest = isAll == (otherGreatest < greatest) ? otherGreatest : greatest;
            }

            return (least, greatest);
        }

        // Of one thing counted over fewer and over more days, the first is never the greater.
        private bool IsPossible(int depth)
        {
            if (_judge._program.Signals[_signals[depth].Signal] is not EventSignal { Since: null, Measure: EventMeasure.Count or EventMeasure.Days } one)
            {
                return true;
            }

            for (int other = 0; other < depth; other++)
            {
                if (_judge._program.Signals[_signals[other].Signal] is not EventSignal two || two with { LastDays = null } != one with { LastDays = null })
                {
                    continue;
                }

                bool isOneShorter = (one.LastDays ?? int.MaxValue) < (two.LastDays ?? int.MaxValue);
                var (shorter, longer) = isOneShorter ? (_chosen[depth], _chosen[other]) : (_chosen[other], _chosen[depth]);
                if (shorter.Least > longer.Greatest)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
