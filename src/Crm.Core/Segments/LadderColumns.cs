using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What the ladder needs to know of a whole base, in columns: one row a customer, and the events of all of them, customer after customer.</summary>
/// <remarks>
/// The events of a customer may stand in any order; of several memberships, likings, model values or stated stages of one day the last row counts. A column that
/// is empty says nothing of any event. <see cref="LadderColumnsBuilder"/> fills them from customers and interactions. Arrays are read, never kept or changed;
/// they are checked by the ladder that uses them.
/// </remarks>
public sealed record LadderColumns
{
    /// <summary>In <see cref="By"/>: nobody is known to have brought them.</summary>
    public const int Nobody = -1;

    /// <summary>In <see cref="By"/>: somebody brought them who has no row here.</summary>
    public const int SomebodyElse = -2;

    /// <summary>Gets the customers, none twice.</summary>
    public required IReadOnlyList<CustomerId> Ids { get; init; }

    /// <summary>Gets where the events of each customer begin; one entry more than there are customers, the last being the number of events.</summary>
    public required ReadOnlyMemory<int> Starts { get; init; }

    /// <summary>Gets the day of each event, of the ISO calendar, in the zone of the ladder.</summary>
    public required ReadOnlyMemory<LocalDate> Days { get; init; }

    /// <summary>Gets what each event is; empty where all are purchases.</summary>
    public ReadOnlyMemory<LadderEventKind> Kinds { get; init; }

    /// <summary>Gets the amount of each purchase or return, 0 or more, 0 for other events; empty where no amount is known, and then there are no returns.</summary>
    public ReadOnlyMemory<decimal> Amounts { get; init; }

    /// <summary>Gets the share of the full price each purchase was reduced by, 0 to 1; NaN where unknown, and empty where none is known.</summary>
    public ReadOnlyMemory<double> DiscountShares { get; init; }

    /// <summary>
    /// Gets the number a purchase is named by and a return names it by, among the events of one customer; 0 for none. Of purchases with one number the one of the first day counts, and on that
    /// day the first row: it is one purchase, told twice. Empty where none has one.
    /// </summary>
    public ReadOnlyMemory<int> Purchases { get; init; }

    /// <summary>Gets the row of the customer who brought this one, for purchases and referrals; <see cref="Nobody"/>, <see cref="SomebodyElse"/>. Empty where nobody is known.</summary>
    public ReadOnlyMemory<int> By { get; init; }

    /// <summary>Gets the values of the events that have one, as <see cref="LadderEventKind"/> says; empty where none has.</summary>
    public ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Gets the currency of the amounts.</summary>
    public Currency Currency { get; init; }

    /// <summary>Gets what the base records at all; null, the default, to tell by whether there is one of it anywhere in the columns.</summary>
    public LadderRecords? Records { get; init; }

    /// <summary>Gives the number of customers and events.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Ids?.Count ?? 0} customers, {Days.Length} events");
}
