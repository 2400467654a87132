namespace Crm.Core.Portfolio;

/// <summary>A customer with a forecast: where they stand in the pyramid, in the histories, and in which tier.</summary>
internal readonly record struct ForecastRow(int PyramidRow, int History, int Tier);
