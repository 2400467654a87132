namespace Crm.Core.LifetimeValue;

/// <summary>The customers of one number of repeat purchases: how many there are, and how many a model expects.</summary>
/// <param name="Purchases">The number of repeat purchases.</param>
/// <param name="OrMore">Whether customers of more are counted here too: true for the last one only.</param>
/// <param name="Actual">How many customers there are.</param>
/// <param name="Expected">How many a model expects among as many new customers, each observed for as long.</param>
public readonly record struct FrequencyBin(int Purchases, bool OrMore, long Actual, double Expected);
