using System.Buffers;

namespace Crm.Core.Cli.Files;

/// <summary>What the rows of a plain file look like.</summary>
/// <param name="Separator">What stands between two fields.</param>
/// <param name="ColumnCount">How many fields a row has.</param>
/// <param name="Columns">Where the columns of transactions stand.</param>
/// <param name="DecimalPoint">What stands before the decimals of an amount: a point or a comma.</param>
/// <param name="Days">The days that a date may be.</param>
internal sealed record PlainLayout(byte Separator, int ColumnCount, TransactionColumns Columns, byte DecimalPoint, DayRange Days)
{
    private const int FirstVisible = ' ';
    private const int Delete = 127;

    /// <summary>Gets the bytes that no plain file has: quotes, and what cannot be seen but for the separator and the ends of lines.</summary>
    internal SearchValues<byte> Strange { get; } = SearchValues.Create(
        [(byte)'"', Delete, .. Enumerable.Range(0, FirstVisible).Select(b => (byte)b).Where(b => b != Separator && b is not ((byte)'\n' or (byte)'\r'))]);
}
