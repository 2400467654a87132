using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Properties: one rule has one answer, asked of one customer, in columns, or as things happen; the first of the three is the slow oracle of the others.</summary>
public sealed class SegmentAgreementTests
{
    private const int Steps = 30;

    [Fact]
    public void ThreeWays_AfterAnythingThatHappens_Agree() => FixedSeed.ForAll(RuleStory.Any, story =>
    {
        var life = new Life(story);
        for (int step = 0; step < Steps; step++)
        {
            life.Step();
            life.CheckTracker();
        }

        life.CheckColumns();
    }, 300);

    [Fact]
    public void Moves_OfAnyLife_LeadToWhoIsIn() => FixedSeed.ForAll(RuleStory.Any, story =>
    {
        var life = new Life(story);
        for (int step = 0; step < Steps; step++)
        {
            life.Step();
        }

        life.CheckMoves();
    });

    [Fact]
    public void Moves_OfTime_AreOfTheDayOnWhichTheyCameToBe() => FixedSeed.ForAll(RuleStory.Any, story =>
    {
        var life = new Life(story);
        for (int step = 0; step < Steps; step++)
        {
            life.Step();
        }

        life.CheckDays(90);
    });

    [Fact]
    public void Json_OfAnyBook_BringsItBack() => FixedSeed.ForAll(RuleStory.Any, story =>
        Assert.Equal(story.Book.Definitions, SegmentBook.FromJson(story.Book.ToJson(), RuleStory.Schema).Definitions));

    [Fact]
    public void Explain_OfAnyBook_SaysWhatSegmentsOfSays() => FixedSeed.ForAll(RuleStory.Any, story =>
    {
        var life = new Life(story);
        for (int step = 0; step < Steps; step++)
        {
            life.Step();
        }

        foreach (SegmentSubject subject in life.Subjects())
        {
            var segments = story.Book.SegmentsOf(subject);
            foreach (SegmentDefinition definition in story.Book.Definitions)
            {
                RuleTrace trace = story.Book.Explain(subject, definition.Segment.Id);
                Assert.Equal(segments.Contains(definition.Segment.Id), trace.Answer == RuleAnswer.Yes);
                Check(trace);
            }
        }
    }, 50);

    // Every part of a trace has the answer that its own parts make.
    private static void Check(RuleTrace trace)
    {
        if (trace.Parts.Count == 0)
        {
            Assert.NotNull(trace.Found);
            return;
        }

        Assert.Equal(trace.Rule switch
        {
            AllRule => trace.Parts.Min(part => part.Answer),
            AnyRule => trace.Parts.Max(part => part.Answer),
            NotRule => RuleAnswer.Yes - (int)trace.Parts[0].Answer,
            _ => trace.Parts[0].Answer,
        }, trace.Answer);
        Assert.All(trace.Parts, Check);
    }

    private sealed class Life
    {
        private readonly RuleStory _story;
        private readonly SegmentTracker _tracker;
        private readonly List<Interaction> _told = [];
        private readonly List<SegmentMove> _moves = [];
        private readonly HashSet<CustomerId> _known = [];
        private readonly Dictionary<CustomerId, Customer> _facts = [];
        private readonly Dictionary<CustomerId, Dictionary<string, ColumnValue>> _columns = [];
        private Instant _now = RuleStory.FirstDay.AtStartOfDayInZone(RuleStory.Zone).ToInstant() + Duration.FromHours(9);

        internal Life(RuleStory story)
        {
            _story = story;
            _tracker = new(story.Book, RuleStory.FirstDay, RuleStory.Zone);
        }

        internal void Step()
        {
            _now += Duration.FromSeconds(1);
            CustomerId customer = _story.AnyCustomer();
            switch (_story.Below(8))
            {
                case 0:
                    _facts[customer] = _story.AnyFacts(customer, _now);
                    _known.Add(customer);
                    _moves.AddRange(_tracker.Update(_facts[customer], _now));
                    break;
                case 1:
                    var columns = _story.AnyColumns();
                    _columns[customer] = new(_columns.GetValueOrDefault(customer, []).Where(entry => !columns.ContainsKey(entry.Key)).Concat(columns));
                    _known.Add(customer);
                    _moves.AddRange(_tracker.Update(customer, columns, _now));
                    break;
                case 2:
                    Advance(_story.Below(4) == 0 ? _story.Below(80) : _story.Below(5));
                    break;
                default:
                    Tell(_story.AnyInteraction(_now));
                    break;
            }
        }

        internal IEnumerable<SegmentSubject> Subjects() => _known.Select(customer => Subject(customer, _tracker.Day));

        internal void CheckTracker()
        {
            foreach (SegmentSubject subject in Subjects())
            {
                Assert.Equal(_story.Book.SegmentsOf(subject), _tracker.SegmentsOf(subject.Id));
            }

            foreach (SegmentDefinition definition in _story.Book.Definitions)
            {
                SegmentId id = definition.Segment.Id;
                Assert.Equal(_known.Count(customer => _tracker.SegmentsOf(customer).Contains(id)), _tracker.CountOf(id));
                Assert.Equal(_tracker.CountOf(id), _tracker.MembersOf(id).Count);
            }
        }

        internal void CheckColumns()
        {
            CustomerId[] ids = [.. _known];
            var columns = new SegmentColumns(_story.Book, ids);
            columns.SetEvents(_told, _tracker.Day, RuleStory.Zone);
            columns.SetFacts(_facts.Values, _tracker.Day, RuleStory.Zone);
            columns.Set(Signal.Column("clv", "EUR"), ids.Select(id => ColumnOf(id, "clv").Value is { Kind: AttributeKind.Number } value ? value.Number : double.NaN).ToArray());
            columns.Set(Signal.Column("tier"), [.. ids.Select(id => ColumnOf(id, "tier").Value.Text)]);
            SegmentMembers[] members = [.. RangeKernel.Supported.Select(kernel => columns.Evaluate(kernel, 1, CancellationToken.None))];
            for (int row = 0; row < ids.Length; row++)
            {
                Assert.All(members, one => Assert.Equal(_story.Book.SegmentsOf(Subject(ids[row], _tracker.Day)), one.SegmentsOf(row)));
            }
        }

        internal void CheckMoves()
        {
            foreach (CustomerId customer in _known)
            {
                var replayed = new HashSet<SegmentId>();
                foreach (SegmentMove move in _moves.Where(move => move.Customer == customer))
                {
                    Assert.True(move.Entered ? replayed.Add(move.Segment) : replayed.Remove(move.Segment), $"{move} of who is there already, or not");
                    Assert.NotNull(move.Why);
                }

                Assert.Equal(_tracker.SegmentsOf(customer).ToHashSet(), replayed);

                // The same, as a store would say it: of each segment the move that comes after all others.
                var decided = _moves.Where(move => move.Customer == customer).GroupBy(move => move.Segment)
                    .Where(moves => moves.Aggregate((last, next) => next.IsAfter(last) ? next : last).Entered).Select(moves => moves.Key);
                Assert.Equal(replayed, decided.ToHashSet());
            }
        }

        internal void CheckDays(int days)
        {
            LocalDate start = _tracker.Day;
            var moves = _tracker.AdvanceTo(start.PlusDays(days), _now);
            foreach (CustomerId customer in _known)
            {
                var before = _story.Book.SegmentsOf(Subject(customer, start));
                for (LocalDate day = start.PlusDays(1); day <= start.PlusDays(days); day = day.PlusDays(1))
                {
                    var after = _story.Book.SegmentsOf(Subject(customer, day));
                    Instant at = day.AtStartOfDayInZone(RuleStory.Zone).ToInstant();
                    var ofDay = moves.Where(move => move.Customer == customer && move.At == at).ToArray();
                    Assert.Equal(after.Except(before).Order(_byText), ofDay.Where(move => move.Entered).Select(move => move.Segment).Order(_byText));
                    Assert.Equal(before.Except(after).Order(_byText), ofDay.Where(move => !move.Entered).Select(move => move.Segment).Order(_byText));
                    before = after;
                }
            }

            Assert.All(moves, move => Assert.Equal(_now, move.RecordedAt));
        }

        private static readonly Comparer<SegmentId> _byText = Comparer<SegmentId>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

        private void Advance(int days)
        {
            _now += Duration.FromDays(days);
            _moves.AddRange(_tracker.AdvanceTo(_tracker.Day.PlusDays(days), _now));
        }

        private void Tell(Interaction interaction)
        {
            // Whose it was before is looked up among the states that are known, as a store would.
            CustomerId[] formerly = [.. _told.Where(told => told.Original == interaction.Original).Select(told => told.Customer).Distinct()];
            _told.Add(interaction);
            _moves.AddRange(_tracker.Apply(interaction, _now, formerly));
            if (interaction.Kind != InteractionKind.Retraction && _tracker.Count > _known.Count)
            {
                _known.Add(interaction.Customer);
            }

            Assert.Equal(_known.Count, _tracker.Count);
        }

        private ColumnValue ColumnOf(CustomerId id, string name) => _columns.GetValueOrDefault(id)?.GetValueOrDefault(name) ?? default;

        private SegmentSubject Subject(CustomerId customer, LocalDate day) => new()
        {
            Id = customer,
            Customer = _facts.GetValueOrDefault(customer),
            Interactions = _told,
            Columns = _columns.GetValueOrDefault(customer, []),
            Day = day,
            Zone = RuleStory.Zone,
        };
    }
}
