using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>Turns facts that hold from one day to another into the days on which what holds changes.</summary>
/// <remarks>A fact holds at the end of a day if it began by then and had not ended. Of those that hold, the one effective last counts, of these the one recorded last, of these the one added last.</remarks>
internal static class LadderFactLine
{
    /// <summary>Gives the fact that counts from each day on; null from a day on which none does.</summary>
    /// <param name="facts">The facts that are known, in the order they were added.</param>
    /// <param name="fromOf">The day a fact begins on.</param>
    /// <param name="untilOf">The day at whose end it has ended; null for never.</param>
    internal static List<(int Day, T? Fact)> LatestOf<T>(IEnumerable<T> facts, Func<T, int> fromOf, Func<T, int?> untilOf)
        where T : CustomerFact
    {
        var ranked = facts.OrderBy(fact => fact.Dates.EffectiveFrom).ThenBy(fact => fact.Dates.RecordedAt)
            .Select((fact, rank) => (Fact: fact, Rank: rank, From: fromOf(fact), Until: untilOf(fact)))
            .Where(entry => entry.Until is not { } until || until > entry.From)
            .ToArray();
        int[] days = [.. ranked.SelectMany(entry => entry.Until is { } until ? new[] { entry.From, until } : [entry.From]).Distinct().Order()];
        var beginning = new Queue<(T Fact, int Rank, int From, int? Until)>(ranked.OrderBy(entry => entry.From));
        var holding = new PriorityQueue<(T Fact, int? Until), int>();
        var changes = new List<(int, T?)>();
        T? last = null;
        foreach (int day in days)
        {
            while (beginning.TryPeek(out var next) && next.From <= day)
            {
                beginning.Dequeue();
                holding.Enqueue((next.Fact, next.Until), -next.Rank);
            }

            while (holding.TryPeek(out var top, out _) && top.Until <= day)
            {
                holding.Dequeue();
            }

            T? now = holding.TryPeek(out var counts, out _) ? counts.Fact : null;
            if (!ReferenceEquals(now, last))
            {
                changes.Add((day, now));
                last = now;
            }
        }

        return changes;
    }
}
