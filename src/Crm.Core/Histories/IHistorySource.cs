using NodaTime;

namespace Crm.Core.Histories;

/// <summary>Makes histories where the purchases are: in the engine of a database, say, so that only one row a customer crosses the wire.</summary>
/// <remarks>
/// <para>
/// What it gives is what a <see cref="PurchaseHistoryBuilder"/> makes of the same purchases and returns: days of the zone asked for, an occasion a day with a purchase,
/// times divided by the unit once, sums exact to the last digit of the currency. A source that cannot do what it is asked, count days in that
/// zone, say, or net returns, throws <see cref="NotSupportedException"/> and says what it can.
/// </para>
/// <para>Members may be called by several threads at once.</para>
/// </remarks>
public interface IHistorySource
{
    /// <summary>Makes the histories of a window.</summary>
    /// <param name="window">The window, and the test period if one is held out.</param>
    /// <param name="unit">The unit of time: day, week, month or year.</param>
    /// <param name="zone">The time zone that says on which day a moment lies.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// One history for each customer with an occasion in the window, in any order, with <see cref="PurchaseHistories.TotalSpend"/>; with that window, unit and zone and the
    /// currency of the amounts in its frame. Possibly none.
    /// </returns>
    /// <exception cref="CurrencyMismatchException">The amounts are not all in one currency.</exception>
    /// <exception cref="NotSupportedException">The source cannot make these histories; it says which it can.</exception>
    ValueTask<PurchaseHistories> ReadAsync(Window window, TimeUnit unit, DateTimeZone zone, CancellationToken cancellationToken);
}
