using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Properties over generated lives, and a slow oracle that goes through every day.</summary>
public sealed class LadderPropertyTests
{
    private const int LastDay = 75;

    // Slow oracle.
    [Fact]
    public void Evaluate_OfAnyLife_IsWhatTheWordsSayDayByDay() => FixedSeed.ForAll(
        from life in LadderLives.Any from day in Gen.Choose(-2, LastDay) from known in Gen.Choose(0, LastDay) select (life, day, known: known % 3 == 0 ? (int?)known : null),
        pick =>
        {
            LocalDate day = LadderLives.Day(pick.day);
            Instant knownAt = pick.known is { } known ? pick.life.Ladder.EndOf(LadderLives.Day(known)) : Instant.MaxValue;
            var oracle = new SlowLadder(pick.life.Ladder, pick.life.Everybody, knownAt, pick.life.Records);
            for (int who = 0; who < pick.life.Everybody.Count; who++)
            {
                LadderStanding standing = pick.life.On(who, day, knownAt);
                LadderCustomer customer = pick.life.Everybody[who];
                Assert.Equal(oracle.StageMoves(customer, day), standing.StageMoves.Select(move => (move.Day, move.Stage, move.IsStated)));
                Assert.Equal(oracle.RungMoves(customer, day), standing.RungMoves.Select(move => (move.Day, move.Rung)));
                Assert.Equal(oracle.On(customer, day), standing.Row);
            }
        },
        400);

    // The generated lives meet what they are made for: else the tests above look at nothing.
    [Fact]
    public void Lives_OfTheseTests_ComeToEveryRungTraitAndStage()
    {
        var seen = new HashSet<string>();
        FixedSeed.ForAll(LadderLives.Any, life =>
        {
            for (int day = 0; day < LastDay; day += 5)
            {
                LadderStanding ada = life.On(0, LadderLives.Day(day));
                seen.UnionWith(ada.Row.Segments.Select(id => id.ToString()));
                seen.Add($"fan {ada.Row.TrueFan}");
                seen.Add($"influencer {ada.Row.Influencer}");
                seen.Add($"hunter {ada.Row.BargainHunter}");
                seen.Add($"stated {ada.Row.IsStageStated}");
                seen.Add($"fallen {ada.RungMoves.Any(move => move.Rung is null)}");
                seen.Add($"by a model {ada.StageWords.Contains("p_alive", StringComparison.Ordinal)}");
            }
        });
        Assert.Equal(12 + 9 + 6, seen.Count);
    }

    [Fact]
    public void EvaluateAll_OfAnyBase_AgreesWithTheObjectDoor() => FixedSeed.ForAll(
        from life in LadderLives.Any from day in Gen.Choose(0, LastDay) from known in Gen.Choose(0, LastDay) select (life, day, known),
        pick =>
        {
            LocalDate day = LadderLives.Day(pick.day);
            Instant knownAt = pick.life.Ladder.EndOf(LadderLives.Day(pick.known));
            LadderStandings all = pick.life.AllOn(day, knownAt);
            for (int row = 0; row < all.Count; row++)
            {
                LadderStanding one = pick.life.On(row, day, knownAt);
                Assert.Equal(one.Row, all[row]);
                Assert.Equal(one.RungMoves.Select(move => (move.Day, move.Rung)), all.RungMovesOf(row));
                Assert.Equal(one.StageMoves.Select(move => (move.Day, move.Stage, move.IsStated)), all.StageMovesOf(row));
            }
        });

    // Columns made for a later day answer for every earlier one.
    [Fact]
    public void EvaluateAll_OfColumnsThatGoFurther_LeavesOutWhatIsLater() => FixedSeed.ForAll(LadderLives.Any, life =>
    {
        var builder = new LadderColumnsBuilder(life.Ladder, AsOf.Hindsight(Instant.MaxValue));
        foreach (LadderCustomer customer in life.Everybody)
        {
            builder.Add(customer);
        }

        LadderColumns columns = builder.Build() with { Records = life.Records };
        for (int day = 0; day <= LastDay; day += 7)
        {
            LadderStandings all = life.Ladder.EvaluateAll(columns, LadderLives.Day(day));
            for (int row = 0; row < all.Count; row++)
            {
                Assert.Equal(life.On(row, LadderLives.Day(day)).Row, all[row]);
            }
        }
    });

    [Fact]
    public void Evaluate_OnALaterDay_KeepsEveryTransitionBefore() => FixedSeed.ForAll(LadderLives.Any, life =>
    {
        for (int who = 0; who < life.Everybody.Count; who++)
        {
            LadderStanding last = life.On(who, LadderLives.Day(LastDay));
            for (int day = 0; day < LastDay; day++)
            {
                LadderStanding then = life.On(who, LadderLives.Day(day));
                Assert.Equal(last.RungMoves.Where(move => move.Day <= then.Day), then.RungMoves);
                Assert.Equal(last.StageMoves.Where(move => move.Day <= then.Day), then.StageMoves);
            }
        }
    }, 60);

    [Fact]
    public void Evaluate_OfInteractionsInAnyOrder_IsTheSame() => FixedSeed.ForAll(
        from life in LadderLives.Any from shuffled in Gen.Shuffle<Interaction>(life.Everybody[0].Interactions) select (life, shuffled),
        pick =>
        {
            var other = pick.life with { Everybody = [pick.life.Everybody[0] with { Interactions = pick.shuffled }, .. pick.life.Everybody.Skip(1).Reverse()] };
            Assert.Equal(pick.life.On(0, LadderLives.Day(LastDay)), other.On(0, LadderLives.Day(LastDay)));
            Assert.Equal(pick.life.On(1, LadderLives.Day(LastDay)), other.On(2, LadderLives.Day(LastDay)));
        });

    // What the base records at all is stated beside: someone else's first referral may turn "unknown" into "no", and nothing else.
    [Fact]
    public void Evaluate_WithAnUnrelatedCustomer_IsTheSame() => FixedSeed.ForAll(LadderLives.Any, life =>
    {
        LadderCustomer stranger = new Life("zoe").Bought(60, by: "dan").Bought(61, discount: 3).Is(Life.Member(70)).Told;
        var more = life with { Everybody = [.. life.Everybody, stranger] };
        LadderStandings before = life.AllOn(LadderLives.Day(LastDay));
        LadderStandings after = more.AllOn(LadderLives.Day(LastDay));
        for (int row = 0; row < before.Count; row++)
        {
            Assert.Equal(life.On(row, LadderLives.Day(LastDay)), more.On(row, LadderLives.Day(LastDay)));
            Assert.Equal(before[row], after[row]);
        }
    });

    // However late and in whatever corrections it came: what counts in the end is what a log would say in which nothing was ever wrong.
    [Fact]
    public void Evaluate_AfterLateAndCorrectedInteractions_IsThatOfTheEffectiveOnes() => FixedSeed.ForAll(LadderLives.Any, life =>
    {
        LadderCustomer told = life.Everybody[0];
        LadderCustomer effective = told with
        {
            Interactions = [.. told.Interactions.GroupBy(one => one.Original).Select(states => states.Aggregate((left, right) => right.Supersedes(left) ? right : left))
                .Where(one => one.Kind != InteractionKind.Retraction).Select(one => one with { Corrects = InteractionId.None, RecordedAt = one.At })],
        };
        var clean = life with { Everybody = [effective, .. life.Everybody.Skip(1)] };
        Assert.Equal(life.On(0, LadderLives.Day(LastDay)), clean.On(0, LadderLives.Day(LastDay)));
        Assert.Equal(life.On(1, LadderLives.Day(LastDay)), clean.On(1, LadderLives.Day(LastDay)));
    });

    // What was known on a day is what the records of that day give, whatever came since.
    [Fact]
    public void Evaluate_AsKnownThen_IsWhatTheRecordsOfThenGive() => FixedSeed.ForAll(
        from life in LadderLives.Any from known in Gen.Choose(0, LastDay) select (life, known),
        pick =>
        {
            Instant knownAt = pick.life.Ladder.EndOf(LadderLives.Day(pick.known));
            var then = pick.life with
            {
                Everybody = [.. pick.life.Everybody.Select(one => one with
                {
                    Interactions = [.. one.Interactions.Where(state => state.RecordedAt <= knownAt)],
                    Customer = one.Customer with { Facts = [.. one.Customer.Facts.Where(fact => fact.Dates.IsKnown(AsOf.At(knownAt))).Select(Believed)] },
                    AliveScores = [.. one.AliveScores.Where(score => score.Day <= LadderLives.Day(pick.known))],
                })],
            };
            Assert.Equal(then.On(0, LadderLives.Day(LastDay)).Row, pick.life.On(0, LadderLives.Day(LastDay), knownAt).Row);
        });

    // The purchase days of the ladder are those of purchase histories, for every window.
    [Fact]
    public void Occasions_OfAnyLog_AreThoseOfHistories() => FixedSeed.ForAll(HistoryLogs.Any, log =>
    {
        LoyaltyLadder ladder = LoyaltyLadder.Of(LadderDefinition.Default, log.Zone);
        LocalDate last = log.Window.HoldoutLastDay ?? log.Window.LastDay;
        foreach (var (customer, place) in log.Purchases.Select(one => one.Customer).Distinct().Select((one, i) => (one, i)))
        {
            // One purchase told twice is told with one id, in one row of a store.
            var own = log.Purchases.Where(one => one.Customer == customer).Where((one, i) =>
                one.Id == PurchaseId.None || log.Purchases.Where(other => other.Customer == customer).Take(i).All(other => other.Id != one.Id)).ToList();
            var told = new LadderCustomer
            {
                Customer = Crm.Core.Customers.Customer.Person(customer),
                Interactions =
                [
                    .. own.Select((one, i) => Told($"p{i:000}", customer, one.At, new PurchaseDetail { Amount = one.Amount, Purchase = one.Id })),
                    .. log.Returns.Where(one => one.Customer == customer)
                        .Select((one, i) => Told($"r{i:000}", customer, one.At, new ReturnDetail { Amount = one.Amount, Purchase = one.Purchase })),
                ],
            };
            for (LocalDate day = last.PlusDays(-12); day <= last; day = day.PlusDays(1))
            {
                var slow = new SlowHistories(log with { Window = Window.Through(day) });
                int row = slow.Rows.FindIndex(one => one.Id == customer);
                LadderRow standing = ladder.Evaluate(told, day, default).Row;
                int count = row < 0 ? 0 : slow.Known[row].Length;
                Assert.Equal(count > 0, standing.Rung is not null);
                Assert.Equal(count, OccasionsOf(ladder, told, day));
            }
        }
    }, 100);

    private static int OccasionsOf(LoyaltyLadder ladder, LadderCustomer told, LocalDate day)
    {
        var builder = new LadderColumnsBuilder(ladder, AsOf.Hindsight(ladder.EndOf(day)));
        builder.Add(told);
        LadderColumns columns = builder.Build();
        var walk = new LadderWalk(ladder.Definition);
        walk.Run(new LadderEvents(columns, 0, columns.Days.Length), DayNumber.Of(day), int.MaxValue, default);
        return walk.Occasions.Count;
    }

    private static CustomerFact Believed(CustomerFact fact) => fact with { Dates = fact.Dates with { RetractedAt = null } };

    private static Interaction Told(string id, CustomerId customer, Instant at, InteractionDetail detail) => new()
    {
        Id = InteractionId.Of(id),
        Customer = customer,
        At = at,
        RecordedAt = at,
        Source = SourceId.Of("till"),
        Detail = detail,
    };
}
