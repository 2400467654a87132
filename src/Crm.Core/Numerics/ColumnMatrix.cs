namespace Crm.Core.Numerics;

/// <summary>Rows by columns, column after column, each padded with zeros so that a kernel may read whole steps of it.</summary>
/// <remarks>Immutable once it is filled: whoever makes it fills it and hands it on.</remarks>
internal sealed class ColumnMatrix
{
    /// <summary>The rows a kernel takes in one step.</summary>
    internal const int Step = 16;

    internal ColumnMatrix(int rows, int width)
    {
        Rows = rows;
        Width = width;
        Stride = Padded(rows);
        Values = new double[(long)Stride * width];
    }

    internal int Rows { get; }

    internal int Width { get; }

    /// <summary>Gets how far one column stands from the next.</summary>
    internal int Stride { get; }

    internal double[] Values { get; }

    internal double this[int row, int column] => Values[((long)column * Stride) + row];

    internal Span<double> Column(int column) => Values.AsSpan(checked(column * Stride), Rows);

    /// <summary>So many rows, rounded up to whole steps.</summary>
    internal static int Padded(int rows) => (rows + Step - 1) / Step * Step;

    /// <summary>The matrix of some of the rows.</summary>
    internal ColumnMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new ColumnMatrix(rows.Length, Width);
        for (int column = 0; column < Width; column++)
        {
            ReadOnlySpan<double> from = Column(column);
            Span<double> to = taken.Column(column);
            for (int row = 0; row < rows.Length; row++)
            {
                to[row] = from[rows[row]];
            }
        }

        return taken;
    }
}
