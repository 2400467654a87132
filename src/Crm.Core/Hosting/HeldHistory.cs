using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What the state of the histories of a run holds of one customer, as it is handed to that person.</summary>
internal sealed record HeldHistory
{
    public required string Run { get; init; }

    public required CustomerId Customer { get; init; }

    /// <summary>Gets the number of days with a purchase that was kept; 0 where all was taken back or lies ahead.</summary>
    public required int Occasions { get; init; }

    public LocalDate? FirstDay { get; init; }

    public LocalDate? LatestDay { get; init; }

    public decimal FirstAmount { get; init; }

    public decimal LaterAmounts { get; init; }

    public required IReadOnlyList<HeldDay> LaterDays { get; init; }

    public decimal UnmatchedReturns { get; init; }

    internal static HeldHistory Of(RunId run, HistoryState state, CustomerId customer)
    {
        StateRow row = state.Rows[state.Find(customer)];
        bool bought = row.Occasions > 0;
        return new()
        {
            Run = run.ToString(),
            Customer = customer,
            Occasions = Math.Max(row.Occasions, 0),
            FirstDay = bought ? DayNumber.ToDate(row.FirstDay) : null,
            LatestDay = bought ? DayNumber.ToDate(row.LatestDay) : null,
            FirstAmount = row.FirstAmount.ToDecimal(),
            LaterAmounts = row.LaterAmount.ToDecimal(),
            LaterDays = [.. state.PendingOf(customer).ToArray().Select(day => new HeldDay(DayNumber.ToDate(day.Day), day.Purchases, day.Returns, day.Amount.ToDecimal()))],
            UnmatchedReturns = state.Unmatched.Where(of => of.Customer == customer).Sum(of => of.Amount.ToDecimal()),
        };
    }
}
