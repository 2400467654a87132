using Crm.Core.Segments;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

using Scene = Scene<ISegmentStore, SegmentModel>;
using Step = SequenceStep<ISegmentStore, SegmentModel>;

/// <summary>What is done to segment stores at random.</summary>
internal static class SegmentSteps
{
    private static readonly string[] _customers = ["ada", "Ada", "eve"];
    private static readonly string[] _segments = ["gold", "Gold"];

    internal static Step Draw(SeededChance chance) => chance.Below(10) switch
    {
        0 => Erase(chance.One(_customers)),
        1 or 2 => Save(chance),
        3 or 4 => Ask(chance),
        _ => Move(chance),
    };

    /// <summary>Compares segments, moves and, as it is known now, members.</summary>
    internal static async Task CompareAsync(Scene scene)
    {
        var (t, model) = scene;
        var saved = await t.ReadMine().ConfigureAwait(false);
        string[] segments = [.. _segments.Select(name => model.Held(t.Segment(name))).OfType<Stored<Segment>>().Select(Words)];
        Expect.Set(segments, saved.Select(Words), "segments, with their versions");
        foreach (string customer in _customers)
        {
            var moves = await t.Store.ReadMovesAsync(t.Customer(customer), t.Token).ConfigureAwait(false);
            foreach (string segment in _segments)
            {
                // Of moves in two segments at one moment either may stand first.
                Expect.Sequence(
                    [.. model.MovesOf(t.Customer(customer), t.Segment(segment)).Select(SegmentMoveJson.Write)],
                    [.. moves.Where(move => move.Segment == t.Segment(segment)).Select(SegmentMoveJson.Write)],
                    $"moves of {customer} in {segment}");
            }
        }

        foreach (string segment in _segments)
        {
            await MembersAre(scene, segment, SegmentTrials.Now).ConfigureAwait(false);
        }
    }

    private static async Task MembersAre(Scene scene, string segment, AsOf asOf) => Expect.Set(
        scene.Model.Members(scene.Trial.Segment(segment), asOf).Select(SegmentMoveJson.Write),
        await scene.Trial.Store.ReadMembersAsync(scene.Trial.Segment(segment), asOf, scene.Trial.Token)
            .Select(SegmentMoveJson.Write).ToListAsync(scene.Trial.Token).ConfigureAwait(false),
        $"members of {segment}, by the moves that decide");

    private static Step Save(SeededChance chance)
    {
        string name = chance.One(_segments);
        int number = chance.Below(3);
        Seen seen = chance.Happens(0.7) ? Seen.Held : chance.One(Enum.GetValues<Seen>());
        return new(FormattableString.Invariant($"save {name} as {number} seen {seen}"), async scene =>
        {
            var (t, model) = scene;
            Segment segment = t.NewSegment(name) with { Name = FormattableString.Invariant($"{number}") };
            StoreVersion held = model.Held(segment.Id)?.Version ?? StoreVersion.None;
            StoreVersion old = model.Saved.Where(one => one.Value.Id == segment.Id && one.Version != held).Select(one => one.Version).FirstOrDefault();
            StoreVersion named = seen == Seen.Held ? held : seen == Seen.Old ? old : StoreVersion.None;
            if (named != held)
            {
                await t.IsConflict(segment, named, held).ConfigureAwait(false);
                return;
            }

            StoreVersion version = await t.Save(segment, named).ConfigureAwait(false);
            Expect.True(!model.Saved.Exists(one => one.Value.Id == segment.Id && one.Version == version), "a version never given before", "it was");
            model.Saved.Add(new(segment, version));
        });
    }

    private static Step Move(SeededChance chance)
    {
        var drawn = Enumerable.Range(0, 1 + chance.Below(4))
            .Select(_ => (Customer: chance.One(_customers), Segment: chance.One(_segments), Entered: chance.Happens(0.5), At: chance.Below(4), RecordedAt: chance.Below(5))).ToArray();
        return new(
            $"move {string.Join(", ", drawn.Select(one => FormattableString.Invariant($"{one.Customer} {(one.Entered ? "into" : "out of")} {one.Segment} at {one.At} recorded {one.RecordedAt}")))}",
            async scene =>
            {
                SegmentMove[] moves = [.. drawn.Select(one => scene.Trial.Move(one.Entered, one.At, one.RecordedAt, one.Customer, one.Segment))];
                await scene.Trial.Moves(scene.Model.Move(moves), moves).ConfigureAwait(false);
            });
    }

    private static Step Erase(string customer) => new($"erase {customer}", async scene =>
    {
        await scene.Trial.Store.EraseAsync(scene.Trial.Customer(customer), scene.Trial.Token).ConfigureAwait(false);
        scene.Model.Moves.RemoveAll(move => move.Customer == scene.Trial.Customer(customer));
    });

    private static Step Ask(SeededChance chance)
    {
        string segment = chance.One(_segments);
        int trueAt = chance.Below(5);
        int knownAt = chance.Below(6);
        return new(FormattableString.Invariant($"ask who is in {segment} true at {trueAt} known at {knownAt}"), scene =>
            MembersAre(scene, segment, new(scene.Trial.After(trueAt), scene.Trial.After(knownAt))));
    }

    private static string Words(Stored<Segment> stored) => $"{stored.Value.Id} {stored.Value.Name} {stored.Version}";
}
