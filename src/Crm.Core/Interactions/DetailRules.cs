using System.Runtime.CompilerServices;

namespace Crm.Core.Interactions;

/// <summary>What several details check.</summary>
internal static class DetailRules
{
    internal static Money NotNegative(Money value, [CallerMemberName] string name = "") => value.Amount >= 0
        ? value : throw new ArgumentOutOfRangeException(name, $"{name} is an amount of 0 or more; this one is negative.");

    internal static Money? NotNegative(Money? value, [CallerMemberName] string name = "") => value is { } money ? NotNegative(money, name) : null;
}
