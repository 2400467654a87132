namespace Crm.Core.Cli.Output;

/// <summary>The customers of one score of recency and one of frequency.</summary>
internal sealed record RfmSquare(int Recency, int Frequency, long Customers, double Spent, double? MeanDaysSinceLast);
