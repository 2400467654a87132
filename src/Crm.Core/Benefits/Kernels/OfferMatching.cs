using System.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Deferred acceptance: each offer holds on to the customers it benefits most, and those it lets go list their next best.</summary>
/// <remarks>
/// What is worst of a full offer only ever rises, so that a row has to look at what lies above it only. Whatever the order in which rows
/// come, the outcome is the same: the stable one that is best for every customer.
/// </remarks>
/// <typeparam name="T">double or float.</typeparam>
internal sealed class OfferMatching<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Short blocks, so that the next ones know which offers are gone.</summary>
    internal const int BlockRows = 1_024;

    /// <summary>What marks a place on a list whose offer went to another.</summary>
    internal const int Lost = -2;

    private readonly int[] _limits;
    private readonly PriorityQueue<int, (T Benefit, int Row)>?[] _holders; // the worst first
    private readonly T[] _floors;
    private readonly int[] _floorRows;
    private readonly int _top;
    private readonly bool[] _isWaiting;
    private readonly List<int> _waiting = [];

    internal OfferMatching(IReadOnlyList<int> limits, int stride, int top, int rows)
    {
        _limits = [.. limits];
        _top = top;
        _isWaiting = new bool[rows];
        _holders = new PriorityQueue<int, (T, int)>?[limits.Count];
        _floors = new T[stride];
        _floorRows = new int[stride];
        _floors.AsSpan().Fill(T.NaN); // above and below nothing
        for (int offer = 0; offer < limits.Count; offer++)
        {
            if (limits[offer] == 0)
            {
                _floors[offer] = T.PositiveInfinity;
            }
        }
    }

    /// <summary>Copies the floors as they are now.</summary>
    internal void CopyFloors(Span<T> floors, Span<int> rows)
    {
        lock (_floors)
        {
            _floors.CopyTo(floors);
            _floorRows.CopyTo(rows);
        }
    }

    /// <summary>The rows that lost an offer, in their order; none when all is settled.</summary>
    internal int[] NextRound()
    {
        int[] rows = [.. _waiting];
        _waiting.Clear();
        Array.Sort(rows);
        foreach (int row in rows)
        {
            _isWaiting[row] = false;
        }

        return rows;
    }

    /// <summary>Replaces the list of a row, and asks for the offers on it that the row does not hold yet.</summary>
    internal unsafe void Propose(int row, ReadOnlySpan<int> offers, ReadOnlySpan<T> benefits, bool first, int* allOffers, T* allBenefits)
    {
        var held = new Span<int>(allOffers + ((long)row * _top), _top);
        Span<int> before = stackalloc int[first ? 0 : _top];
        held[..before.Length].CopyTo(before);
        offers.CopyTo(held);
        benefits.CopyTo(new(allBenefits + ((long)row * _top), _top));
        for (int i = 0; i < _top && offers[i] >= 0; i++)
        {
            if (!before.Contains(offers[i]))
            {
                Propose(row, offers[i], benefits[i], allOffers);
            }
        }
    }

    private unsafe void Propose(int row, int offer, T benefit, int* allOffers)
    {
        int limit = _limits[offer];
        if (limit == int.MaxValue)
        {
            return;
        }

        // Of equal benefits the later row is the worse.
        int loser = row;
        if (limit > 0)
        {
            PriorityQueue<int, (T, int)> holders = _holders[offer] ??= new(WorstFirst.Instance);
            if (holders.Count < limit)
            {
                holders.Enqueue(row, (benefit, row));
                loser = -1;
            }
            else
            {
                loser = holders.EnqueueDequeue(row, (benefit, row));
            }

            if (holders.Count == limit && holders.TryPeek(out int worst, out (T Benefit, int Row) priority))
            {
                lock (_floors)
                {
                    _floors[offer] = priority.Benefit;
                    _floorRows[offer] = worst;
                }
            }
        }

        if (loser >= 0)
        {
            Lose(loser, offer, new(allOffers + ((long)loser * _top), _top));
        }
    }

    private void Lose(int row, int offer, Span<int> held)
    {
        held[held.IndexOf(offer)] = Lost;
        if (!_isWaiting[row])
        {
            _isWaiting[row] = true;
            _waiting.Add(row);
        }
    }

    private sealed class WorstFirst : IComparer<(T Benefit, int Row)>
    {
        internal static WorstFirst Instance { get; } = new();

        public int Compare((T Benefit, int Row) x, (T Benefit, int Row) y)
        {
            int byBenefit = x.Benefit.CompareTo(y.Benefit);
            return byBenefit != 0 ? byBenefit : y.Row.CompareTo(x.Row);
        }
    }
}
