using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>A base of customers who buy 40 products through 6 channels, and rules about them.</summary>
public sealed class SegmentShop
{
    private const int Products = 40;
    private static readonly Channel[] _channels = [Channel.WebShop, Channel.Store, Channel.Phone, Channel.Kiosk, Channel.Partner, Channel.Email];
    private static readonly Instant _start = Instant.FromUtc(2026, 1, 1, 9, 0);
    private readonly Random _random = new(7);
    private int _ids;

    /// <summary>Gets what the rules may ask about.</summary>
    public static SignalSchema Schema { get; } = SignalSchema.Of(
        AttributeSchema.Of(), [.. Enumerable.Range(0, 50).Select(i => ColumnDefinition.Number(FormattableString.Invariant($"score-{i}"), "EUR"))]);

    /// <summary>Gives rules about purchases of a product, through a channel, in the last days, since the last one, money: as marketing departments write them.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The book.</returns>
    public static SegmentBook Events(int count) => SegmentBook.Of(Schema, Enumerable.Range(0, count).Select(i =>
    {
        EventFilter bought = EventFilter.Purchases.Of(ProductId.Of(FormattableString.Invariant($"p{i % Products}")));
        EventFilter through = EventFilter.Purchases.Through(_channels[i % _channels.Length]);
        SegmentRule rule = (i % 5) switch
        {
            0 => SegmentRule.All(Signal.Count(bought).InLastDays(30 + i).IsAtLeast(1), SegmentRule.Not(Signal.Count(through).InLastDays(90).IsAtLeast(2))),
            1 => SegmentRule.All(Signal.Spent(through with { Kinds = [] }, Currency.Eur).InLastDays(365).IsAtLeast(100 + i), Signal.DaysSinceLast(EventFilter.Purchases).IsAtMost(60)),
            2 => SegmentRule.Any(Signal.DaysSinceLast(bought).IsBetween(10, 40 + i), Signal.Count(through).InLastDays(14).IsAtLeast(3)),
            3 => SegmentRule.All(Signal.AverageGap(EventFilter.Purchases).IsAtMost(20 + i), Signal.Count(bought).IsAtLeast(1)),
            _ => SegmentRule.All(Signal.DaysSinceFirst(EventFilter.Purchases).IsAtLeast(100 + i), Signal.Days(through).InLastDays(180).IsAtLeast(2)),
        };
        return SegmentDefinition.Of(SegmentId.Of(FormattableString.Invariant($"s{i}")), "a segment", rule);
    }));

    /// <summary>Gives rules that compare columns of numbers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="columns">Of how many columns.</param>
    /// <returns>The book.</returns>
    public static SegmentBook Comparisons(int count, int columns) => SegmentBook.Of(Schema, Enumerable.Range(0, count).Select(i => SegmentDefinition.Of(
        SegmentId.Of(FormattableString.Invariant($"s{i}")), "a segment", Score(i % columns).IsAtLeast(10 + i))));

    /// <summary>The column of a number.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The signal.</returns>
    public static Signal Score(int column) => Signal.Column(FormattableString.Invariant($"score-{column}"), "EUR");

    /// <summary>Gives the id of a customer.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The id.</returns>
    public static CustomerId IdOf(int number) => CustomerId.Of(FormattableString.Invariant($"customer-{number}"));

    /// <summary>Gives a purchase of some customer on some day.</summary>
    /// <param name="customers">How many customers there are.</param>
    /// <param name="firstDay">The first day of which it can be.</param>
    /// <param name="days">Of how many days.</param>
    /// <returns>The purchase.</returns>
    public Interaction Purchase(int customers, int firstDay, int days) => new()
    {
        Id = InteractionId.Of(FormattableString.Invariant($"order-{_ids++}")),
        Customer = IdOf(_random.Next(customers)),
        At = _start + Duration.FromDays(firstDay + _random.Next(days)),
        RecordedAt = _start,
        Source = SourceId.Of("till"),
        Channel = _channels[_random.Next(_channels.Length)],
        Detail = new PurchaseDetail { Amount = Money.Of(_random.Next(100, 10_000) / 100m, Currency.Eur), Product = ProductId.Of(FormattableString.Invariant($"p{_random.Next(Products)}")) },
    };
}
