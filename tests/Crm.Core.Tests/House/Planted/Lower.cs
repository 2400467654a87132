namespace Crm.Core.Tests.House.Planted.Lower;

/// <summary>What the planted types of the other folder name, against the rules.</summary>
internal class Thing
{
    internal static Thing One { get; } = new();

    internal static int Count() => 0;
}

internal interface IThing;

[AttributeUsage(AttributeTargets.All)]
internal sealed class ThingAttribute : Attribute;

internal sealed class ThingException : Exception;
