using System.Globalization;
using System.Text;

namespace Crm.Core.Segments;

/// <summary>A customer base scored by recency, frequency and money.</summary>
/// <remarks>The order of the customers, and how they share rows, changes no figure. Immutable and thread-safe.</remarks>
public sealed class RfmTable
{
    private readonly RfmRowIndex? _index;
    private readonly byte[] _recency;
    private readonly byte[] _frequency;
    private readonly byte[] _money;

    internal RfmTable(RfmScheme scheme, Currency currency, RfmRowIndex? index, byte[] recency, byte[] frequency, byte[] money, RfmTally tally)
    {
        Scheme = scheme;
        Currency = currency;
        _index = index;
        _recency = recency;
        _frequency = frequency;
        _money = money;
        Tally = tally;
        Shape = RfmShape.Of(scheme);
        Ids = index?.Ids ?? [];
        Cells = Array.AsReadOnly(
            [.. Enumerable.Range(0, Shape.Cells).Reverse().Where(cell => tally.CustomersAt(cell) > 0).Select(cell => new RfmCell(Shape.ScoreOf(cell), tally.At(cell)))]);
        Grid = new(Shape, tally);
    }

    /// <summary>
    /// Gets the scheme by which the customers were scored, with the points worked out from them where it had none: scored by it again they
    /// score the same, and others as they would have among them. It lacks points only where there was nobody.
    /// </summary>
    public RfmScheme Scheme { get; }

    /// <summary>Gets the currency of the money.</summary>
    public Currency Currency { get; }

    /// <summary>Gets the customers, row by row; empty where the table was made without ids.</summary>
    public IReadOnlyList<CustomerId> Ids { get; }

    /// <summary>Gets how many rows there are.</summary>
    public int Count => _recency.Length;

    /// <summary>Gets the score of recency of every row.</summary>
    public ReadOnlySpan<byte> Recency => _recency;

    /// <summary>Gets the score of frequency of every row.</summary>
    public ReadOnlySpan<byte> Frequency => _frequency;

    /// <summary>Gets the score of money of every row.</summary>
    public ReadOnlySpan<byte> Money => _money;

    /// <summary>Gets the cells with customers, from the best recency down, then frequency, then money.</summary>
    public IReadOnlyList<RfmCell> Cells { get; }

    /// <summary>Gets recency by frequency, for a heat map.</summary>
    public RfmGrid Grid { get; }

    /// <summary>Gets what all customers come to.</summary>
    public RfmTotals All => Tally.All;

    internal RfmShape Shape { get; }

    internal RfmTally Tally { get; }

    /// <summary>Gets the scores of a row.</summary>
    /// <param name="row">The row, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public RfmScore this[int row]
    {
        get
        {
            Guard.Row(row, Count);
            return new(_recency[row], _frequency[row], _money[row]);
        }
    }

    /// <summary>Gets the scores of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">The customer is not in the table, or it was made without ids.</exception>
    public RfmScore this[CustomerId customer] => TryGet(customer, out RfmScore score)
        ? score
        : throw new KeyNotFoundException(_index is null
            ? "This RFM table was made without ids. Give the ids with the columns, or ask by row."
            : $"Customer {customer} is not in this RFM table.");

    /// <summary>Gives the scores of a customer, if the table has them.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="score">The scores, or the default value.</param>
    /// <returns>Whether the customer is in the table.</returns>
    public bool TryGet(CustomerId customer, out RfmScore score)
    {
        int row = RowOf(customer);
        score = row < 0 ? default : this[row];
        return row >= 0;
    }

    /// <summary>Gives what the customers of a cell come to.</summary>
    /// <param name="score">The scores of the cell.</param>
    /// <returns>The totals; of nobody where the cell is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scheme has no such scores.</exception>
    public RfmTotals TotalsOf(RfmScore score) => Shape.Has(score)
        ? Tally.At(Shape.CellOf(score.Recency, score.Frequency, score.Money))
        : throw new ArgumentOutOfRangeException(nameof(score), string.Create(
            CultureInfo.InvariantCulture, $"Scores go from 1-1-1 to {Shape.Recency}-{Shape.Frequency}-{Shape.Money}; it was {score}."));

    /// <summary>Gives the cells as a table: cell, customers, share, money, share, mean recency.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("cell      customers   of all              money   of all   days since");
        foreach (RfmCell cell in Cells)
        {
            RfmWords.Append(text, cell.Score.ToString(), 8, cell.Totals);
        }

        return text.ToString();
    }

    internal int RowOf(CustomerId customer) => _index?.Find(customer) ?? -1;
}
