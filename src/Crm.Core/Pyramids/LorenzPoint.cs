namespace Crm.Core.Pyramids;

/// <summary>A point of a Lorenz curve: the share of all value that the least valuable customers hold together.</summary>
/// <param name="ShareOfCustomers">The share of the customers, from the least valuable up; from 0 to 1.</param>
/// <param name="ShareOfValue">What they hold of all value; below 0 where they are worth less than nothing together.</param>
public readonly record struct LorenzPoint(double ShareOfCustomers, double ShareOfValue);
