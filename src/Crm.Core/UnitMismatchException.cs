namespace Crm.Core;

/// <summary>Time in two units met where one was needed and no conversion exists. The message names both.</summary>
public sealed class UnitMismatchException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="UnitMismatchException"/> class.</summary>
    /// <param name="expected">The unit that was there first.</param>
    /// <param name="found">The unit that came.</param>
    public UnitMismatchException(TimeUnit expected, TimeUnit found)
        : base($"Time counted in the unit '{expected}' was needed and the unit '{found}' came. {Remedy(expected, found)}")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the unit that was needed.</summary>
    public TimeUnit Expected { get; }

    /// <summary>Gets the unit that came.</summary>
    public TimeUnit Found { get; }

    private static string Remedy(TimeUnit expected, TimeUnit found) => expected.IsNamed && found.IsNamed
        ? "Use histories and models that were built with the same unit."
        : "Name the unit of the data (day, week, month or year): a unit without a name converts to no other.";
}
