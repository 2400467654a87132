namespace Crm.Core.Segments;

/// <summary>What the segments of a book must be, each by itself and all together.</summary>
internal static class SegmentBookRules
{
    /// <summary>How many segments may refine and name one another in a row.</summary>
    internal const int MostNested = 32;

    /// <summary>Gives all that is wrong, and the segments in an order in which each comes behind those it needs.</summary>
    internal static IReadOnlyList<RuleFault> Check(SignalSchema schema, ValueList<SegmentDefinition> definitions, out SegmentDefinition[] ordered)
    {
        var faults = new List<RuleFault>();
        var byId = new Dictionary<SegmentId, SegmentDefinition>();
        foreach (SegmentDefinition definition in definitions)
        {
            if (!byId.TryAdd(definition.Segment.Id, definition))
            {
                faults.Add(new(definition.Segment.Id, "id", "stands more than once"));
            }
        }

        foreach (SegmentDefinition definition in definitions)
        {
            CheckNames(definition, byId, faults);
            CheckTypes(definition.Segment.Id, definition.Rule, "rule", schema, faults);
        }

        ordered = Ordered(byId, faults);
        if (faults.Count == 0)
        {
            CheckMeaning(schema, ordered, faults);
        }

        return faults;
    }

    /// <summary>A rule with its place inside, and so on for its parts. A rule is at most 32 deep.</summary>
    internal static IEnumerable<(SegmentRule Rule, string Path)> Places(SegmentRule rule, string path = "rule")
    {
        yield return (rule, path);
        foreach (var (place, part) in rule.Parts.Index())
        {
            string below = rule switch
            {
                AllRule => FormattableString.Invariant($"{path}.all[{place}]"),
                AnyRule => FormattableString.Invariant($"{path}.any[{place}]"),
                _ => path + ".not",
            };
            foreach (var found in Places(part, below))
            {
                yield return found;
            }
        }
    }

    private static void CheckNames(SegmentDefinition definition, Dictionary<SegmentId, SegmentDefinition> byId, List<RuleFault> faults)
    {
        Segment segment = definition.Segment;
        if (segment.Parent != SegmentId.None && !byId.ContainsKey(segment.Parent))
        {
            faults.Add(new(segment.Id, "parent", $"there is no segment {segment.Parent}"));
        }

        faults.AddRange(Places(definition.Rule).Where(place => place.Rule is InSegmentRule other && !byId.ContainsKey(other.Segment))
            .Select(place => new RuleFault(segment.Id, place.Path, $"there is no segment {((InSegmentRule)place.Rule).Segment}")));
    }

    private static void CheckTypes(SegmentId segment, SegmentRule rule, string path, SignalSchema schema, List<RuleFault> faults)
    {
        foreach (var (part, place) in Places(rule, path))
        {
            if (part is not ConditionRule condition)
            {
                continue;
            }

            SignalType? type = condition.Signal.TypeIn(schema, out string? fault);
            fault ??= condition.Test.Fault(type!) is { } wrong ? $"{condition.Signal} {wrong}" : null;
            if (fault is not null)
            {
                faults.Add(new(segment, place, fault));
            }
        }
    }

    /// <summary>The segments behind those they refine or name. What stays is a ring, or hangs on one.</summary>
    private static SegmentDefinition[] Ordered(Dictionary<SegmentId, SegmentDefinition> byId, List<RuleFault> faults)
    {
        var ordered = new List<SegmentDefinition>();
        var placed = new HashSet<SegmentId>();
        Dictionary<SegmentId, SegmentId[]> needs = byId.Values.ToDictionary(definition => definition.Segment.Id, definition => Needs(definition, byId).ToArray());
        List<SegmentDefinition> left = [.. byId.Values];
        for (int level = 1; left.Count > 0; level++)
        {
            if (level > MostNested)
            {
                faults.AddRange(left.Select(definition => new RuleFault(
                    definition.Segment.Id, "parent or rule", FormattableString.Invariant($"segments refine and name one another at most {MostNested} in a row"))));
                break;
            }

            SegmentDefinition[] ready = [.. left.Where(definition => needs[definition.Segment.Id].All(placed.Contains))];
            if (ready.Length == 0)
            {
                HashSet<SegmentId> rings = InRings(left, needs);
                faults.AddRange(left.Select(definition => definition.Segment.Id).Where(rings.Contains).Select(id => new RuleFault(
                    id, "parent or rule", $"depends on itself, through {string.Join(", ", needs[id].Where(rings.Contains))}")));
                break;
            }

            foreach (SegmentDefinition definition in ready)
            {
                placed.Add(definition.Segment.Id);
                ordered.Add(definition);
            }

            left.RemoveAll(definition => placed.Contains(definition.Segment.Id));
        }

        return [.. ordered];
    }

    /// <summary>Of segments that need one another those in rings: who is needed by none of them is taken away, until nobody is.</summary>
    private static HashSet<SegmentId> InRings(List<SegmentDefinition> left, Dictionary<SegmentId, SegmentId[]> needs)
    {
        HashSet<SegmentId> rings = [.. left.Select(definition => definition.Segment.Id)];
        Dictionary<SegmentId, int> neededBy = rings.ToDictionary(id => id, _ => 0);
        foreach (SegmentId need in rings.SelectMany(id => needs[id]).Where(rings.Contains))
        {
            neededBy[need]++;
        }

        var waiting = new Stack<SegmentId>(rings.Where(id => neededBy[id] == 0));
        while (waiting.TryPop(out SegmentId next))
        {
            rings.Remove(next);
            foreach (SegmentId need in needs[next].Where(rings.Contains))
            {
                if (--neededBy[need] == 0)
                {
                    waiting.Push(need);
                }
            }
        }

        return rings;
    }

    private static IEnumerable<SegmentId> Needs(SegmentDefinition definition, Dictionary<SegmentId, SegmentDefinition> byId) =>
        Places(definition.Rule).Select(place => place.Rule).OfType<InSegmentRule>().Select(rule => rule.Segment)
            .Append(definition.Segment.Parent).Where(byId.ContainsKey).Distinct();

    private static void CheckMeaning(SignalSchema schema, SegmentDefinition[] ordered, List<RuleFault> faults)
    {
        var program = new RuleProgram(ordered);
        var judge = new RuleJudge(program, schema);
        foreach (var (place, definition) in ordered.Index())
        {
            int before = faults.Count;
            CheckMeaning(definition, program, judge, faults);
            if (faults.Count == before && program.SegmentNodes[place] != program.OwnNodes[place] && judge.IsNever(program.SegmentNodes[place]))
            {
                faults.Add(new(definition.Segment.Id, "rule", $"matches nobody who is in {definition.Segment.Parent}, which it refines"));
            }
        }
    }

    // The innermost part that is at fault is the one to name; parts come behind what they are parts of.
    private static void CheckMeaning(SegmentDefinition definition, RuleProgram program, RuleJudge judge, List<RuleFault> faults)
    {
        var found = new List<(string Path, RuleFault Fault)>();
        foreach (var (part, path) in Places(definition.Rule).Reverse())
        {
            if (found.Any(inner => inner.Path.StartsWith(path + ".", StringComparison.Ordinal)))
            {
                continue;
            }

            int node = program.NodeOf(part);
            string? problem = judge.IsNever(node) ? "matches nobody, whatever the values: its parts exclude one another, or what is possible"
                : judge.IsAlways(node) ? "matches everybody of whom the values are known: leave it out, or ask for what is known (IsKnown) if that is meant" : null;
            if (problem is not null)
            {
                found.Add((path, new(definition.Segment.Id, path, $"'{Names.Shortened(part.ToString(), 200)}' {problem}")));
            }
        }

        faults.AddRange(found.Select(entry => entry.Fault).Reverse());
    }
}
