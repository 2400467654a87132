using NodaTime;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>What careless storage does to values.</summary>
internal static class Damage
{
    private static readonly Instant _firstDate = Instant.FromUtc(1753, 1, 1, 0, 0);

    /// <summary>As a column of ticks of 100 nanoseconds keeps it.</summary>
    internal static Instant Coarse(Instant moment) => moment == Instant.MinValue ? moment : Instant.FromUnixTimeTicks(moment.ToUnixTimeTicks());

    /// <summary>As a column whose dates begin in 1753 keeps it.</summary>
    internal static Instant Clamped(Instant moment) => Instant.Max(moment, _firstDate);

    internal static string Short(string text) => text.Length > 4_000 ? text[..4_000] : text;

    internal static string? NullIfEmpty(string? text) => text is "" ? null : text;

    internal static bool IsLike(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    internal static ErasureStatement Statement(string store, long removed = 1, long redacted = 1) => new() { Store = store, Removed = removed, Redacted = redacted };
}
