using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Crm.Core;

/// <summary>Argument checks of the public doors: each is written so that NaN fails, and says what came and what to do.</summary>
internal static class Guard
{
    internal static double NotNegative(
        double value, string remedy = "", [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            Throw(value, "a finite number, 0 or more", remedy, name);
        }

        return value;
    }

    internal static double InRange(
        double value, double min, double max, string remedy = "", [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= min && value <= max))
        {
            Throw(value, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"), remedy, name);
        }

        return value;
    }

    internal static int NotNegative(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < 0)
        {
            Throw(value, "a whole number, 0 or more", "", name);
        }

        return value;
    }

    internal static decimal NotNegative(decimal value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < 0)
        {
            Throw(value, "0 or more", "", name);
        }

        return value;
    }

    internal static double Positive(
        double value, string remedy, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            Throw(value, "a finite number above 0", remedy, name);
        }

        return value;
    }

    internal static decimal Positive(decimal value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value <= 0)
        {
            Throw(value, "above 0", "", name);
        }

        return value;
    }

    internal static decimal InRange(
        decimal value, decimal min, decimal max, string remedy = "", [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < min || value > max)
        {
            Throw(value, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"), remedy, name);
        }

        return value;
    }

    internal static int Row(int row, int count, [CallerArgumentExpression(nameof(row))] string name = "")
    {
        if (row < 0 || row >= count)
        {
            Throw(row, string.Create(CultureInfo.InvariantCulture, $"one of the {count} rows, counted from 0"), "", name);
        }

        return row;
    }

    internal static void SameLength(int expected, int found, string expectedName, [CallerArgumentExpression(nameof(found))] string name = "")
    {
        if (expected != found)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Needs one entry for each of the {expected} {expectedName}; it has {found}."), name);
        }
    }

    [DoesNotReturn]
    private static void Throw<T>(T value, string accepted, string remedy, string name) => throw new ArgumentOutOfRangeException(
        name, string.Create(CultureInfo.InvariantCulture, $"Must be {accepted}; it was {value}.{(remedy.Length > 0 ? " " + remedy : "")}"));
}
