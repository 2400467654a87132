namespace Crm.Core.Tests.House;

/// <summary>A type that is named by a member of another.</summary>
internal readonly record struct Reference(Type From, string Member, Type To);
