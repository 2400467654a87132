namespace Crm.Core.Histories;

/// <summary>The returns of a customer that found nothing, or not enough, to net against.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Count">How many.</param>
/// <param name="Amount">The amount that found nothing.</param>
internal readonly record struct UnmatchedReturns(CustomerId Customer, long Count, ExactAmount Amount);
