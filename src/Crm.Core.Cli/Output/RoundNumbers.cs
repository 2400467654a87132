namespace Crm.Core.Cli.Output;

/// <summary>Numbers that a reader takes for round: 1, 2 or 5 times a power of ten.</summary>
internal static class RoundNumbers
{
    /// <summary>The least round number that is not below this one, which is above 0; a hair's breadth of rounding does not count.</summary>
    internal static double AtLeast(double number)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        double digit = number / power;
        return power * (digit <= 1.000001 ? 1 : digit <= 2.000001 ? 2 : digit <= 5.000001 ? 5 : 10);
    }
}
