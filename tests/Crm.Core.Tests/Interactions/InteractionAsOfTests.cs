using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Interactions;

/// <summary>Properties: what a timeline showed on a day can be asked on every later one.</summary>
public sealed class InteractionAsOfTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void Read_AsOfAnyMoment_IsWhatTheRecordsThenKnownGive() => FixedSeed.ForAll(
        from original in Gen.Choose(0, 3).ArrayOf(16)
        from at in Gen.Choose(0, 5).ArrayOf(16)
        from recorded in Gen.Choose(0, 7).ArrayOf(16)
        from customer in Gen.Choose(0, 1).ArrayOf(16)
        from isRetraction in Gen.Choose(0, 3).ArrayOf(16)
        select Enumerable.Range(0, 16).Select(i => Interaction(i, original[i], at[i], recorded[i], customer[i], isRetraction[i] == 0)).ToArray(),
        log =>
        {
            InMemoryInteractionStore all = Store(log);
            for (int knownAt = 0; knownAt <= 8; knownAt++)
            {
                InMemoryInteractionStore then = Store([.. log.Where(one => one.RecordedAt <= Hour(knownAt))]);
                for (int trueAt = 0; trueAt <= 6; trueAt++)
                {
                    foreach (string customer in new[] { "c0", "c1" })
                    {
                        Assert.Equal(Read(then, customer, AsOf.Hindsight(Hour(trueAt))), Read(all, customer, new(Hour(trueAt), Hour(knownAt))));
                    }
                }
            }
        });

    private static Instant Hour(int hour) => _noon + Duration.FromHours(hour);

    // The first four are originals, the others correct one of them.
    private static Interaction Interaction(int number, int original, int at, int recorded, int customer, bool isRetraction) => new()
    {
        Id = InteractionId.Of($"{number}"),
        Corrects = number < 4 ? InteractionId.None : InteractionId.Of($"{original}"),
        Customer = CustomerId.Of($"c{customer}"),
        At = Hour(at),
        RecordedAt = Hour(recorded),
        Source = SourceId.Of("till"),
        Detail = isRetraction ? new RetractionDetail() : new NoteDetail { Text = "" },
    };

    private static InMemoryInteractionStore Store(IReadOnlyList<Interaction> log)
    {
        var store = new InMemoryInteractionStore();
        _ = Done(store.AppendAsync(log, default));
        return store;
    }

    private static IReadOnlyList<Interaction> Read(InMemoryInteractionStore store, string customer, AsOf asOf) =>
        Done(store.ReadAsync(new() { Customer = CustomerId.Of(customer), AsOf = asOf }, default)).Items;

    // What is in memory is there at once.
    private static T Done<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.Result;
    }
}
