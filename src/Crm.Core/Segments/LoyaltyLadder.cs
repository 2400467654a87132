using NodaTime;

namespace Crm.Core.Segments;

/// <summary>
/// Tells where customers stand: the rung of their loyalty, what they are beside it, and the stage of their lifecycle; with the day of every rung and stage they came to.
/// </summary>
/// <remarks>
/// <para>
/// What is true at the end of a day follows from the facts known and from what happened through that day, and from nothing later; the day is that of the zone. So a later day never changes
/// what came before, as long as nothing new is learnt of it; what is learnt late changes the past by <see cref="AsOf.Hindsight"/> and not by <see cref="AsOf.At"/>.
/// </para>
/// <para>Linear in events. Both doors use one kernel and give the same. Immutable and thread-safe.</para>
/// </remarks>
public sealed class LoyaltyLadder
{
    private LoyaltyLadder(LadderDefinition definition, DateTimeZone zone)
    {
        Definition = definition;
        Zone = zone;
        Segments = LadderSegments.All(definition);
    }

    /// <summary>Gets the ladder in which nothing was adjusted, with days of UTC.</summary>
    public static LoyaltyLadder Default { get; } = Of(LadderDefinition.Default, DateTimeZone.Utc);

    /// <summary>Gets what rungs, traits and stages mean.</summary>
    public LadderDefinition Definition { get; }

    /// <summary>Gets the zone that says what a day is.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Gets a segment for each rung, trait and stage, with its meaning in words: "rung:true-fan", "trait:bargain-hunter", "stage:dormant".</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Makes a ladder.</summary>
    /// <param name="definition">What rungs, traits and stages mean.</param>
    /// <param name="zone">The zone that says what a day is; null for UTC.</param>
    /// <returns>The ladder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="definition"/> is null.</exception>
    /// <exception cref="ArgumentException">Numbers of the definition are wrong, or contradict one another; all are named.</exception>
    public static LoyaltyLadder Of(LadderDefinition definition, DateTimeZone? zone = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IReadOnlyList<string> faults = LadderDefinitionRules.Faults(definition);
        return faults.Count == 0 ? new(definition, zone ?? DateTimeZone.Utc) : throw new ArgumentException(LadderDefinitionRules.Words(faults), nameof(definition));
    }

    /// <summary>Says where one customer stands, from a point of view.</summary>
    /// <param name="customer">The customer, with what happened.</param>
    /// <param name="asOf">The point of view. What happened later on the day of <see cref="AsOf.TrueAt"/> is left out.</param>
    /// <param name="records">What the base records at all.</param>
    /// <param name="brought">The customers this one may have brought, with what happened to them: those whose facts or purchases name this one. Others are left out.</param>
    /// <returns>The standing, with reasons.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    /// <exception cref="ArgumentException">A customer comes twice, or an interaction is not of its customer.</exception>
    /// <exception cref="CurrencyMismatchException">Amounts are in two currencies, those of the definition included.</exception>
    public LadderStanding Evaluate(LadderCustomer customer, AsOf asOf, LadderRecords records, IEnumerable<LadderCustomer>? brought = null)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return Evaluate(customer, asOf, DayNumber.ToDate(DayOf(asOf.TrueAt)), records, brought);
    }

    /// <summary>Says where one customer stands at the end of a day, by all that is known now.</summary>
    /// <param name="customer">The customer, with what happened.</param>
    /// <param name="day">The day.</param>
    /// <param name="records">What the base records at all.</param>
    /// <param name="brought">The customers this one may have brought, with what happened to them. Others are left out.</param>
    /// <returns>The standing, with reasons.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    /// <exception cref="ArgumentException">A customer comes twice, or an interaction is not of its customer.</exception>
    /// <exception cref="CurrencyMismatchException">Amounts are in two currencies, those of the definition included.</exception>
    public LadderStanding Evaluate(LadderCustomer customer, LocalDate day, LadderRecords records, IEnumerable<LadderCustomer>? brought = null)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return Evaluate(customer, AsOf.Hindsight(EndOf(day)), day.WithCalendar(CalendarSystem.Iso), records, brought);
    }

    /// <summary>Says where every customer of a base stands at the end of a day.</summary>
    /// <param name="columns">The base. Events after the day are left out.</param>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The standings, in the order of the columns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="columns"/> is null.</exception>
    /// <exception cref="ArgumentException">The columns do not fit together.</exception>
    /// <exception cref="RowFaultsException">A value is wrong; the first 20 are named, with their total. Nothing is computed.</exception>
    /// <exception cref="CurrencyMismatchException">The definition names an amount in another currency than that of the columns.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public LadderStandings EvaluateAll(LadderColumns columns, LocalDate day, CancellationToken cancellationToken = default)
    {
        LadderColumnRules.Check(columns, nameof(columns));
        day = day.WithCalendar(CalendarSystem.Iso);
        return new(Run(columns, day, null, cancellationToken), day);
    }

    /// <summary>Gives the last moment of a day, in the zone of the ladder.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The moment.</returns>
    public Instant EndOf(LocalDate day) => day == LocalDate.MaxIsoValue ? Instant.MaxValue : StartOf(day.PlusDays(1), Zone) - Duration.Epsilon;

    /// <summary>The first moment of a day; where a zone skipped the whole day (Samoa did), that of the next.</summary>
    internal static Instant StartOf(LocalDate day, DateTimeZone zone) => day.AtMidnight().InZoneLeniently(zone).ToInstant();

    /// <summary>The day of a moment, counted from 1970-01-01; no further than days of the calendar go.</summary>
    internal int DayOf(Instant at) => Math.Clamp(DayNumber.Of(at, Zone), DayNumber.Of(LocalDate.MinIsoValue), DayNumber.Of(LocalDate.MaxIsoValue));

    private LadderStanding Evaluate(LadderCustomer customer, AsOf asOf, LocalDate day, LadderRecords records, IEnumerable<LadderCustomer>? brought)
    {
        var builder = new LadderColumnsBuilder(this, asOf);
        builder.Add(customer);
        foreach (LadderCustomer other in brought ?? [])
        {
            builder.Add(other);
        }

        LadderColumns columns = builder.Build() with { Records = records };
        LadderLife? life = null;
        LadderTable table = Run(columns, day, walk => life ??= LadderLife.Of(walk), default);
        return new LadderWords(Definition, columns.Currency, records).Describe(table.RowOf(0), life!, day, Zone);
    }

    private LadderTable Run(LadderColumns columns, LocalDate lastDay, Action<LadderWalk>? afterEach, CancellationToken cancellationToken)
    {
        if (Definition.InfluencerMoney is { } least && columns.Currency != Currency.None && least.Currency != columns.Currency)
        {
            throw new CurrencyMismatchException(least.Currency, columns.Currency);
        }

        int day = DayNumber.Of(lastDay);
        var referrals = new LadderReferrals(columns, day);
        var table = new LadderTable(columns.Ids, !columns.Amounts.IsEmpty || columns.Days.IsEmpty);
        var walk = new LadderWalk(Definition);
        ReadOnlySpan<int> starts = columns.Starts.Span;
        for (int row = 0; row < table.Count; row++)
        {
            if (row % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var events = new LadderEvents(columns, starts[row], starts[row + 1]);
            walk.Run(events, day, referrals.FirstDay(row), referrals.Records);
            referrals.Follow(row, walk.Occasions, Definition.InfluencerFollowDays);
            table.Set(row, walk);
            table.SetDiscounts(row, walk.Discounts(events, day - Definition.BargainWindowDays), Definition);
            afterEach?.Invoke(walk);
        }

        // What came of a referral is known when everybody has been gone through.
        for (int row = 0; row < table.Count; row++)
        {
            table.SetReferrals(row, referrals.Sum(row, day - Definition.InfluencerWindowDays), Definition, referrals.Records.Referrals);
        }

        return table;
    }
}
