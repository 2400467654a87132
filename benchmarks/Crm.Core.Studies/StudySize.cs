namespace Crm.Core.Studies;

/// <summary>How many customer bases of how many customers each.</summary>
/// <param name="Bases">Bases, 1 or more.</param>
/// <param name="Customers">Customers of each.</param>
internal sealed record StudySize(int Bases, int Customers);
