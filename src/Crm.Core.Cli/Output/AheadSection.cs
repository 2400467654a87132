using Crm.Core.Cli.Pyramiding;
using Crm.Core.LifetimeValue;
using Crm.Core.Portfolio;

namespace Crm.Core.Cli.Output;

/// <summary>What the model expects of the days to come, as many as those that count: who will move, by what it takes to stand in a tier today.</summary>
internal sealed record AheadSection
{
    public required string Model { get; init; }

    public required int Days { get; init; }

    public required double Level { get; init; }

    public required AheadMove Up { get; init; }

    public required AheadMove Down { get; init; }

    public required AheadMove Stay { get; init; }

    public required IReadOnlyList<AheadMove> Moves { get; init; }

    internal static AheadSection? Of(Pyramided made, double level)
    {
        if (made is not { Ahead: { Expected: { } expected, Model: { } model }, Days: { } days })
        {
            return null;
        }

        AheadMove Move(string from, string to, ExpectedCount count)
        {
            IntervalBounds interval = count.OutcomeInterval(level);
            return new(from, to, count.Expected, interval.Low, interval.High);
        }

        return new()
        {
            Model = model,
            Days = days,
            Level = level,
            Up = Move("any", "higher", expected.Upgraders),
            Down = Move("any", "lower", expected.Downgraders),
            Stay = Move("any", "same", expected.Stayers),
            Moves = [.. expected.Tiers.SelectMany(from => expected.Tiers.Select(to => Move(from.Name, to.Name, expected[from, to])))],
        };
    }
}
