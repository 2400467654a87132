using System.Globalization;

namespace Crm.Core.Cli.Files;

/// <summary>Reads an amount: a decimal with a point, in the invariant culture.</summary>
internal static class AmountField
{
    /// <summary>The most that an amount may be. Past it no sum over customers stays where cents are exact; it is a typing error or another column.</summary>
    internal const decimal Most = 1e15m;

    private const NumberStyles Amounts = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // So many digits fit a long, whatever they are.
    private const int MostShortBytes = 18;

    internal static bool TryRead(ReadOnlySpan<byte> field, out decimal amount) =>
        TryShort(field, (byte)'.', out amount) || decimal.TryParse(field, Amounts, CultureInfo.InvariantCulture, out amount);

    /// <summary>Reads 12.34 or -12.34, with a digit on both sides of the point: nearly every amount of nearly every file.</summary>
    /// <returns>Whether it is one; what is none may still be an amount. It gives what the parser of the runtime gives.</returns>
    internal static bool TryShort(ReadOnlySpan<byte> field, byte decimalPoint, out decimal amount)
    {
        amount = 0;
        bool negative = field.Length > 0 && field[0] == '-';
        ReadOnlySpan<byte> rest = negative ? field[1..] : field;
        int point = rest.IndexOf(decimalPoint);
        if (rest.Length is 0 or > MostShortBytes || point == 0 || point == rest.Length - 1)
        {
            return false;
        }

        long digits = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            int digit = rest[i] - '0';
            if (digit is >= 0 and <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (i != point)
            {
                return false;
            }
        }

        byte decimals = (byte)(point < 0 ? 0 : rest.Length - 1 - point);
        amount = new decimal(unchecked((int)digits), (int)(digits >> 32), 0, negative, decimals);
        return true;
    }
}
