namespace Crm.Core.Numerics;

/// <summary>Merges two sorted runs of keys, with what belongs to them: any stretch of the outcome by itself, so that threads can share it.</summary>
internal readonly ref struct MergedRuns
{
    private readonly ReadOnlySpan<ulong> _left;
    private readonly ReadOnlySpan<ulong> _right;
    private readonly ReadOnlySpan<int> _leftItems;
    private readonly ReadOnlySpan<int> _rightItems;

    /// <summary>Initializes a new instance of the <see cref="MergedRuns"/> struct.</summary>
    /// <param name="keys">The keys of the one run, then those of the other, each in order.</param>
    /// <param name="items">An item for each key.</param>
    /// <param name="middle">Where the other run begins.</param>
    internal MergedRuns(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> items, int middle)
    {
        _left = keys[..middle];
        _right = keys[middle..];
        _leftItems = items[..middle];
        _rightItems = items[middle..];
    }

    /// <summary>Writes a stretch of the outcome. Of equal keys those of the first run come first.</summary>
    /// <param name="from">Where in the outcome it begins.</param>
    /// <param name="keys">Where its keys go; as many as there are.</param>
    /// <param name="items">Where their items go.</param>
    internal void Write(int from, Span<ulong> keys, Span<int> items)
    {
        int left = LeftBefore(from);
        int right = from - left;
        for (int i = 0; i < keys.Length; i++)
        {
            if (right == _right.Length || (left < _left.Length && _left[left] <= _right[right]))
            {
                (keys[i], items[i]) = (_left[left], _leftItems[left]);
                left++;
            }
            else
            {
                (keys[i], items[i]) = (_right[right], _rightItems[right]);
                right++;
            }
        }
    }

    // How many of the first so many of the outcome are of the first run: found by halving.
    private int LeftBefore(int place)
    {
        int least = Math.Max(0, place - _right.Length);
        int most = Math.Min(place, _left.Length);
        while (least < most)
        {
            int tried = (least + most) / 2;
            if (_left[tried] <= _right[place - 1 - tried])
            {
                least = tried + 1;
            }
            else
            {
                most = tried;
            }
        }

        return least;
    }
}
