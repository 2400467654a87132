using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Where the cuts of a live pyramid are, and where they were before the last change.</summary>
/// <remarks>
/// For each tier but the last it keeps the entry at the rank of its cut: the customer just below it, whose value is the floor. A change
/// shifts that rank by a step or two, so the next entry is found beside the one before. Thresholds never move. Values are keys, which sort downwards.
/// </remarks>
internal sealed class LiveCuts
{
    /// <summary>The key of minus infinity, after every value's.</summary>
    private static readonly ulong _below = DescendingKey.Of(double.NegativeInfinity);

    private readonly bool _areFixed; // by thresholds
    private readonly decimal[] _shares; // of the tiers down to and including each but the last
    private readonly long[] _cuts;
    private readonly ulong[] _floors;
    private readonly ulong[] _floorsBefore;
    private readonly int[] _rows; // of the entry that has the floor
    private long _customers;

    internal LiveCuts(PyramidScheme scheme, RankedRows ranked, long customers)
    {
        _customers = customers;
        _areFixed = scheme.Cut == PyramidCut.Threshold;
        _shares = new decimal[scheme.Tiers.Count - 1];
        _cuts = new long[Count];
        _floors = new ulong[Count];
        _floorsBefore = new ulong[Count];
        _rows = new int[Count];
        decimal share = 0;
        for (int tier = 0; tier < Count; tier++)
        {
            TierDefinition definition = scheme.Tiers[tier];
            share += definition.Share ?? 0;
            _shares[tier] = share;
            _cuts[tier] = PyramidScheme.CutOf(share, customers);
            (_floors[tier], _rows[tier]) = definition.Least is { } least
                ? (DescendingKey.Of(Math.BitDecrement(least)), 0)
                : _cuts[tier] < customers ? ranked.AtRank(_cuts[tier]) : (_below, 0);
        }
    }

    /// <summary>Gets how many tiers have a cut below them that can move: all but the last.</summary>
    internal int Count => _shares.Length;

    /// <summary>The key of the floor of a tier.</summary>
    internal ulong FloorKey(int tier) => tier < Count ? _floors[tier] : _below;

    /// <summary>The tier of a value.</summary>
    internal int TierOf(ulong key) => TierOf(key, _floors);

    /// <summary>The tier of a value before the last change.</summary>
    internal int TierBefore(ulong key) => TierOf(key, _floorsBefore);

    /// <summary>The keys that a cut has passed in the last change, from the first to the end, which is not one of them.</summary>
    internal (ulong First, ulong End) Passed(int cut) =>
        (Math.Min(_floors[cut], _floorsBefore[cut]), Math.Max(_floors[cut], _floorsBefore[cut]));

    /// <summary>Whether a cut above one has passed a key too in the last change.</summary>
    internal bool IsPassedAbove(int cut, ulong key)
    {
        for (int above = 0; above < cut; above++)
        {
            if (key < _floors[above] != key < _floorsBefore[above])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Follows a change of the entries that has been made: a row left a key, went to another, or both.</summary>
    internal void Move(RankedRows ranked, int row, ulong? from, ulong? to)
    {
        long customers = _customers + (to is null ? 0 : 1) - (from is null ? 0 : 1);
        _floors.CopyTo(_floorsBefore, 0);
        for (int tier = 0; tier < _floors.Length && !_areFixed; tier++)
        {
            long cut = customers == _customers ? _cuts[tier] : PyramidScheme.CutOf(_shares[tier], customers);
            if (cut >= customers)
            {
                (_floors[tier], _rows[tier]) = (_below, 0);
            }
            else if (_cuts[tier] >= _customers)
            {
                // The cut was below everybody and now there is room for one: the last.
                (_floors[tier], _rows[tier]) = ranked.AtRank(cut);
            }
            else
            {
                Follow(ranked, tier, cut, IsBefore(tier, from, row), IsBefore(tier, to, row), from == _floors[tier] && row == _rows[tier]);
            }

            _cuts[tier] = cut;
        }

        _customers = customers;
    }

    private static int TierOf(ulong key, ulong[] floors)
    {
        int tier = 0;
        while (tier < floors.Length && key >= floors[tier])
        {
            tier++;
        }

        return tier;
    }

    // From the entry that was at the rank of the cut, whose own rank may have changed, to the one that is there now.
    private void Follow(RankedRows ranked, int tier, long cut, bool leftAbove, bool cameAbove, bool isGone)
    {
        long rank = _cuts[tier] - (leftAbove ? 1 : 0) + (cameAbove ? 1 : 0);
        if (rank == cut && !isGone)
        {
            return;
        }

        // Where the entry is gone, its rank belongs to the next one.
        var (key, at) = isGone && rank <= cut ? ranked.FirstFrom(_floors[tier], _rows[tier]) : (_floors[tier], _rows[tier]);
        for (; rank < cut; rank++)
        {
            (key, at) = ranked.FirstFrom(key, at + 1);
        }

        for (; rank > cut; rank--)
        {
            (key, at) = ranked.LastBefore(key, at);
        }

        (_floors[tier], _rows[tier]) = (key, at);
    }

    private bool IsBefore(int tier, ulong? key, int row) =>
        key is { } known && (known < _floors[tier] || (known == _floors[tier] && row < _rows[tier]));
}
