namespace Crm.Core.Cli.Output;

/// <summary>How many a model expected to go from one tier to another, and how many did.</summary>
internal sealed record ExpectedMove(string From, string To, ExpectedLine Customers);
