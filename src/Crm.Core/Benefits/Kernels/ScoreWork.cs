using System.Numerics;
using System.Runtime.CompilerServices;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Scores blocks of rows, and finds which are at fault where a block is not good.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
internal unsafe struct ScoreWork<T> : IRowWork<ScoreWork<T>.Worker>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Columns that are not read as they are pass through the first-level cache, this many rows at a time.
    private const int PreparedRows = 512;

    private readonly ScoreBlock<T> _all;
    private readonly int* _numbers;
    private readonly WeightTable<T> _weights;
    private readonly ColumnScale<T>[] _scales;
    private readonly ScoreKernel<T> _kernel;
    private readonly bool _isPrepared;
    private RowFaultList? _faults;

    internal ScoreWork(in ScoreBlock<T> all, int* numbers, WeightTable<T> weights, ColumnScale<T>[] scales, ScoreKernel<T> kernel)
    {
        _all = all;
        _numbers = numbers;
        _weights = weights;
        _scales = scales;
        _kernel = kernel;
        _isPrepared = numbers != null || !(IsPlain(0) && IsPlain(1) && IsPlain(2) && IsPlain(3) && IsPlain(4));
    }

    public static bool MergesInOrder => false;

    internal readonly RowFaults Faults => RowFaults.Of(_faults);

    /// <summary>How many rows a thread takes at once: alone as many as leave the cancellation token in reach, among others enough to be worth taking.</summary>
    internal static int RowsOfBlock(int threads) => threads > 1 ? 8 * RowBlocks.Rows : RowBlocks.Rows;

    public readonly Worker Begin() => default;

    public readonly void Run(ref Worker worker, int from, int to)
    {
        worker.Faults = null;
        ScoreBlock<T> block = Rows(from, to);
        bool isGood = _isPrepared ? Prepared(block, from) : Score(block);
        if (_all.PastCache)
        {
            StorePastCache.Finish();
        }

        if (!isGood)
        {
            worker.Faults = FindFaults(from, to);
        }
    }

    public void Merge(ref Worker worker, int from, int to)
    {
        if (worker.Faults is { } faults)
        {
            (_faults ??= new()).Add(faults);
        }
    }

    public readonly void End(ref Worker worker)
    {
    }

    private readonly ScoreBlock<T> Rows(int from, int to) => _all with
    {
        Utility = At(0, from),
        Brand = At(1, from),
        Relationship = At(2, from),
        Cost = At(3, from),
        Time = At(4, from),
        Sets = _all.Sets == null ? null : _all.Sets + from,
        Scores = _all.Scores + from,
        Rows = to - from,
    };

    private readonly T* Column(int factor) => factor switch
    {
        0 => _all.Utility,
        1 => _all.Brand,
        2 => _all.Relationship,
        3 => _all.Cost,
        _ => _all.Time,
    };

    private readonly T* At(int factor, int row) => Column(factor) == null ? null : Column(factor) + row;

    private readonly bool IsPlain(int factor) => Column(factor) != null && _scales[factor].IsPlain;

    // Rows sorted by segment are common, and one set of weights needs no looking up.
    private readonly bool Score(in ScoreBlock<T> block)
    {
        if (block.Sets == null || new ReadOnlySpan<byte>(block.Sets, block.Rows).ContainsAnyExcept(block.Sets[0]))
        {
            return _kernel(block, _weights);
        }

        return _kernel(block with { Sets = null, Set = block.Sets[0] }, _weights);
    }

    [SkipLocalsInit]
    private readonly bool Prepared(in ScoreBlock<T> block, int firstRow)
    {
        T* scratch = stackalloc T[PreparedRows * 5];
        byte* sets = stackalloc byte[PreparedRows];
        bool isGood = true;
        for (int from = 0; from < block.Rows; from += PreparedRows)
        {
            int rows = Math.Min(PreparedRows, block.Rows - from);
            int row = firstRow + from;
            ScoreBlock<T> part = block with
            {
                Utility = Scaled(0, row, scratch, rows),
                Brand = Scaled(1, row, scratch, rows),
                Relationship = Scaled(2, row, scratch, rows),
                Cost = Scaled(3, row, scratch, rows),
                Time = Scaled(4, row, scratch, rows),
                Sets = _all.Sets == null ? null : _all.Sets + row,
                Scores = block.Scores + from,
                Rows = rows,
            };
            isGood &= _numbers == null ? Score(part) : ScoreByNumber(part, _numbers + row, sets);
        }

        return isGood;
    }

    private readonly T* Scaled(int factor, int row, T* scratch, int rows)
    {
        if (IsPlain(factor))
        {
            return Column(factor) + row;
        }

        T* scaled = scratch + (factor * PreparedRows);
        _scales[factor].Scale(At(factor, row), scaled, rows);
        return scaled;
    }

    // Numbers become bytes where bytes can tell the sets apart, with one left for all that is none.
    private readonly bool ScoreByNumber(in ScoreBlock<T> block, int* numbers, byte* sets)
    {
        if (_weights.Count > byte.MaxValue)
        {
            return ScalarKernel.Score(block, _weights, numbers);
        }

        for (int row = 0; row < block.Rows; row++)
        {
            sets[row] = (byte)Math.Min(unchecked((uint)numbers[row]), byte.MaxValue);
        }

        return Score(block with { Sets = sets });
    }

    private readonly RowFaultList FindFaults(int from, int to)
    {
        var faults = new RowFaultList();
        for (int row = from; row < to; row++)
        {
            if (NameFaults(row, faults))
            {
                _all.Scores[row] = T.NaN;
            }
        }

        return faults;
    }

    private readonly bool NameFaults(int row, RowFaultList faults)
    {
        int set = _numbers != null ? _numbers[row] : _all.Sets != null ? _all.Sets[row] : _all.Set;
        bool isSet = set >= 0 && set < _weights.Count;
        bool areFinite = true;
        if (!isSet)
        {
            faults.Add(row, "segment", $"{set}", FormattableString.Invariant($"an index from 0 to {_weights.Count - 1}"));
        }

        foreach (BenefitFactor factor in FactorNames.All)
        {
            T* column = Column((int)factor);
            bool isAccepted = column == null || T.IsFinite(column[row]) || (T.IsNaN(column[row]) && _scales[(int)factor].HasStandIn);
            areFinite &= isAccepted;
            if (!isAccepted)
            {
                faults.Add(row, FactorNames.Of(factor), $"{column[row]}", "a finite number");
            }
        }

        if (isSet && areFinite && !T.IsFinite(_all.Scores[row]))
        {
            faults.Add(row, "score", $"{_all.Scores[row]}", "factors and weights whose products and sums are in the range of numbers");
            return true;
        }

        return !isSet || !areFinite;
    }

    /// <summary>What one thread keeps: the faults of its block, if there are any.</summary>
    internal struct Worker
    {
        internal RowFaultList? Faults;
    }
}
