using System.Numerics;

namespace Crm.Core.Benefits;

/// <summary>Where a ranking is written, in the caller's own memory: row by row, the best offer first.</summary>
/// <typeparam name="T">double or float.</typeparam>
public readonly ref struct RankOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the offers, counted from 0, as many a row as the options list; -1 where there is none. Empty asks for no lists.</summary>
    public Span<int> Offers { get; init; }

    /// <summary>Gets the benefits of those offers; NaN where there is none. Empty asks for no benefits.</summary>
    public Span<T> Benefits { get; init; }
}
