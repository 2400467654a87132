using System.Globalization;

namespace Crm.Core.Cli.Output;

/// <summary>A movement in words: how many went where, whether it is more than chance, and whether the model saw it coming.</summary>
internal static class MovementWords
{
    private const double Rare = 0.05;

    internal static string Of(MovementSection movement, Func<long, string> count) =>
        $"{count(movement.Up)} moved up, {count(movement.Down)} down, {count(movement.Stayed)} stayed, {count(movement.Came)} {Plural.Of(movement.Came, "is", "are")} new{(movement.Left > 0 ? $", {count(movement.Left)} {Plural.Of(movement.Left, "is", "are")} gone" : "")}."
        + Direction(movement) + Expected(movement, count);

    private static string Direction(MovementSection movement) => !movement.HadInactive && movement.Down > 0
        ? " All of them had bought in the days before, so that whoever buys nothing can only go down: which way more went says nothing of chance."
        : movement.DirectionProbability is not { } probability || movement.Up + movement.Down == 0 ? ""
        : probability >= Rare ? " That is no more one way than the other, beyond chance."
        : $" More went {(movement.Up > movement.Down ? "up" : "down")}, beyond chance (p {Small(probability)}).";

    private static string Expected(MovementSection movement, Func<long, string> count)
    {
        if (movement.Expected is not { } expected)
        {
            return "";
        }

        string of = $" {expected.Model}, which knew the purchases through {movement.Before}, expected {Range(expected.Up, count)} to go up and {Range(expected.Down, count)} down;";
        string up = Side(expected.Up, "up");
        string down = Side(expected.Down, "down");
        return of + (up.Length + down.Length == 0 ? " so it was." : up.Length == 0 || down.Length == 0 ? $" {up}{down} than that." : $" {up} and {down} than that.");
    }

    private static string Range(ExpectedLine line, Func<long, string> count) => $"{count((long)line.Low)} to {count((long)line.High)}";

    private static string Side(ExpectedLine line, string way) => line.Within ? "" : $"{(line.Actual > line.High ? "more" : "fewer")} went {way}";

    private static string Small(double probability) => probability < 0.0001 ? "below 0.0001" : probability.ToString("0.0000", CultureInfo.InvariantCulture);
}
