using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>When what is on record of a customer can say something else, if nothing is recorded till then.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class FactChanges
{
    // Outside these a moment may be on a day that no calendar has, in one zone or another: "for ever" is often written so.
    private static readonly Instant _beginning = Instant.MinValue + Duration.FromDays(3);
    private static readonly Instant _end = Instant.MaxValue - Duration.FromDays(3);

    private readonly DateTimeZone _zone;
    private readonly (Signal Signal, double[] Ends)[] _ages;

    internal FactChanges(RuleProgram program, DateTimeZone zone)
    {
        _zone = zone;
        _ages = [.. program.Signals.Index().Where(entry => entry.Item is AgeSignal or MembershipSignal { Part: MembershipPart.Days }).Select(entry => (
            entry.Item,
            program.Conditions.Where(condition => condition.Signal == entry.Index).Select(condition => condition.Test).OfType<NumberTest>()
                .SelectMany(test => (double[])[test.Least, test.Greatest]).Where(double.IsFinite).Distinct().Order().ToArray()))];
    }

    /// <summary>The first day after a day on which an answer can be another.</summary>
    internal int NextDay(Customer customer, LocalDate today)
    {
        int number = DayNumber.Of(today);
        int next = int.MaxValue;
        foreach (FactDates dates in customer.Facts.Select(fact => fact.Dates).Where(dates => dates.RetractedAt is null))
        {
            next = Math.Min(next, Later(number, dates.ValidFrom));
            next = Math.Min(next, Later(number, dates.ValidUntil));
        }

        var asOf = new AsOf(DayNumber.EndOf(today, _zone), Instant.MaxValue);
        foreach (var (signal, ends) in _ages)
        {
            if (signal is AgeSignal age && customer.Attribute(age.Since, asOf)?.Value.Day is { } start)
            {
                foreach (double end in ends)
                {
                    next = Math.Min(next, Later(number, age.DayOf(start, end)));
                    next = Math.Min(next, Later(number, age.DayOf(start, Math.Floor(end) + 1)));
                }
            }
            else if (signal is MembershipSignal membership && membership.Latest(customer, asOf) is { } latest)
            {
                next = Math.Min(next, EventQuery.Reached(ends, number, MembershipSignal.Start(latest, _zone)));
            }
        }

        return next;
    }

    // What begins or ends at a moment of a day does so for that day.
    private int Later(int today, Instant? moment) => moment is { } at && at > _beginning && at < _end ? Later(today, at.InZone(_zone).Date) : int.MaxValue;

    private static int Later(int today, LocalDate day) => DayNumber.Of(day) is var number && number > today ? number : int.MaxValue;
}
