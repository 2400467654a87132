using System.Globalization;
using Crm.Core.Histories;
using CsvHelper;

namespace Crm.Core.Cli.Files;

/// <summary>Writes the lines of a summary: blocks of rows are made side by side and written in their order.</summary>
internal sealed class SummaryLines(PurchaseHistories histories)
{
    private const int BlockRows = 4096;
    private const int BlocksAhead = 4;

    // Room is made for so many rows at a time. Their ids lie all over the memory, and asked for their lengths one after the other they
    // come side by side.
    private const int RowsAtOnce = 16;

    // The longest double has 24 characters, and quotes take twice the id and two more.
    private const int MostOfNumbers = 256;

    private readonly bool _withSpend = histories.MeanSpend.Length > 0;
    private readonly bool _withHoldout = histories.HoldoutFrequency.Length > 0;

    /// <summary>Gets the names of the columns.</summary>
    internal string[] Header =>
    [
        "customer_id", "frequency", "recency", "age",
        .. _withSpend ? ["mean_spend"] : Array.Empty<string>(),
        .. _withHoldout ? ["holdout_frequency"] : Array.Empty<string>(),
        .. _withHoldout && _withSpend ? ["holdout_mean_spend"] : Array.Empty<string>(),
    ];

    internal void Write(TextWriter writer)
    {
        var filling = new Queue<Task<Block>>();
        var free = new Stack<Block>();
        for (int next = 0; next < histories.Count || filling.Count > 0;)
        {
            while (next < histories.Count && filling.Count < BlocksAhead * Environment.ProcessorCount)
            {
                (int from, Block block) = (next, free.TryPop(out Block? used) ? used : new());
                next = Math.Min(from + BlockRows, histories.Count);
                int to = next;
                filling.Enqueue(Task.Run(() => Filled(block, from, to)));
            }

            Block filled = filling.Dequeue().GetAwaiter().GetResult();
            writer.Write(filled.Text);
            free.Push(filled);
        }
    }

    private Block Filled(Block block, int from, int to)
    {
        block.Clear();
        for (int row = from; row < to; row++)
        {
            if ((row - from) % RowsAtOnce == 0)
            {
                block.MakeRoom(MostCharacters(row, Math.Min(row + RowsAtOnce, to)));
            }

            block.Add(histories.Ids[row].ToString());
            block.Add(histories.Frequency[row]);
            block.AddOften(histories.Recency[row]);
            block.AddOften(histories.Age[row]);
            if (_withSpend)
            {
                block.Add(histories.MeanSpend[row]);
            }

            if (_withHoldout)
            {
                block.Add(histories.HoldoutFrequency[row]);
            }

            if (_withHoldout && _withSpend)
            {
                block.Add(histories.HoldoutMeanSpend[row]);
            }

            block.EndRow();
        }

        return block;
    }

    private int MostCharacters(int from, int to)
    {
        int ids = 0;
        for (int row = from; row < to; row++)
        {
            ids += histories.Ids[row].ToString().Length;
        }

        return (2 * ids) + ((to - from) * MostOfNumbers);
    }

    /// <summary>The text of some rows.</summary>
    private sealed class Block
    {
        private readonly NumberTexts _often = new();
        private char[] _text = new char[BlockRows * 32];
        private int _used;

        internal ReadOnlySpan<char> Text => _text.AsSpan(0, _used);

        internal void Clear() => _used = 0;

        internal void MakeRoom(int characters)
        {
            if (_used + characters > _text.Length)
            {
                Array.Resize(ref _text, (2 * _text.Length) + characters);
            }
        }

        internal void Add(string id)
        {
            string field = IsPlain(id) ? id : Quoted(id);
            field.CopyTo(_text.AsSpan(_used));
            _used += field.Length;
            _text[_used++] = ',';
        }

        internal void Add<T>(T number)
            where T : ISpanFormattable
        {
            // R is the shortest text that reads back as the same bits; of whole numbers it is the number.
            number.TryFormat(_text.AsSpan(_used), out int written, number is double ? "R" : "", CultureInfo.InvariantCulture);
            _used += written;
            _text[_used++] = ',';
        }

        // Days in a unit: few different numbers for however many customers.
        internal void AddOften(double number)
        {
            _used += _often.Write(number, _text.AsSpan(_used));
            _text[_used++] = ',';
        }

        internal void EndRow() => _text[_used - 1] = '\n';

        private static bool IsPlain(string id) => id.AsSpan().IndexOfAnyExcept(_plain) < 0;

        private static readonly System.Buffers.SearchValues<char> _plain =
            System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.-");

        // What may need quotes is left to those who know when.
        private static string Quoted(string id)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            using (var csv = CsvWriter.Create(text, new() { NewLine = "\n" }, leaveOpen: true))
            {
                csv.WriteField(id);
                csv.EndRecord();
            }

            return text.ToString()[..^1];
        }
    }
}
