using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>From which point of view a profile is asked for, which part of the timeline it shows, and which protected attributes.</summary>
/// <remarks>The filters concern the timeline only: all else in a profile comes of everything. Immutable and thread-safe.</remarks>
public sealed record ProfileRequest
{
    private readonly int _limit = 50;
    private readonly IReadOnlyList<InteractionKind> _kinds = ValueList<InteractionKind>.None;
    private readonly IReadOnlyList<AttributeId> _specialCategories = ValueList<AttributeId>.None;
    private readonly DateTimeZone _zone = DateTimeZone.Utc;

    /// <summary>
    /// Gets the point of view; null for now. Customers, interactions and moves between segments are known of any past date; scores only as far
    /// back as runs are kept (<see cref="RefreshOptions.KeepRuns"/>). Of a date before that the profile has none and says so
    /// (<see cref="CustomerProfile.ScoreAbsence"/>).
    /// </summary>
    public AsOf? AsOf { get; init; }

    /// <summary>Gets the zone whose days promised and expected dates are; UTC by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public DateTimeZone Zone
    {
        get => _zone;
        init => _zone = value ?? throw new ArgumentNullException(nameof(Zone));
    }

    /// <summary>Gets the special-category attributes that are to be shown, named one by one; none by default.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<AttributeId> SpecialCategories
    {
        get => _specialCategories;
        init => _specialCategories = ValueList<AttributeId>.Of(value, nameof(SpecialCategories));
    }

    /// <summary>Gets the first moment of the timeline that is shown; null for no limit.</summary>
    public Instant? From { get; init; }

    /// <summary>Gets the first moment of the timeline that is shown no more; null for no limit.</summary>
    public Instant? Before { get; init; }

    /// <summary>Gets the kinds of interactions that are shown; empty for all.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<InteractionKind> Kinds
    {
        get => _kinds;
        init => _kinds = ValueList<InteractionKind>.Of(value, nameof(Kinds));
    }

    /// <summary>Gets the channel that is shown; <see cref="Channel.None"/> for all.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets the thread that is shown; <see cref="ThreadId.None"/> for all.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>Gets the end of the page before, after which the page begins; null for the first.</summary>
    public PageEnd? After { get; init; }

    /// <summary>Gets how many interactions a page holds at most; from 1 to 1,000, 50 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 1,000.</exception>
    public int Limit
    {
        get => _limit;
        init => _limit = (int)Guard.InRange((double)value, 1, InteractionQuery.MostOnAPage, "Ask for the next page instead.", nameof(Limit));
    }

    /// <summary>The query that gives the page of the timeline.</summary>
    internal InteractionQuery TimelineOf(CustomerId customer, AsOf asOf) => new()
    {
        Customer = customer,
        AsOf = asOf,
        From = From,
        Before = Before,
        Kinds = Kinds,
        Channel = Channel,
        Thread = Thread,
        After = After,
        Limit = Limit,
    };
}
