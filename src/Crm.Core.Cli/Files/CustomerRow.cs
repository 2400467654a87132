namespace Crm.Core.Cli.Files;

/// <summary>A customer, the set of weights that decides, and the customer's own relationship where the file gives one other than 0.</summary>
internal readonly record struct CustomerRow(CustomerId Id, int Set, double Relationship);
