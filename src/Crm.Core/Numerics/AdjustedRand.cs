namespace Crm.Core.Numerics;

/// <summary>How far two partitions of the same rows agree, corrected for chance: 1 for the same, about 0 for unrelated ones.</summary>
/// <remarks>Hubert &amp; Arabie (1985), "Comparing partitions": pairs that are together in both, less what chance gives, over the most there could be.</remarks>
internal static class AdjustedRand
{
    /// <summary>The adjusted Rand index. Two partitions that each keep all together, or each row apart, agree wholly: 1.</summary>
    internal static double Of(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var table = new Dictionary<(byte, byte), long>();
        var ones = new Dictionary<byte, long>();
        var others = new Dictionary<byte, long>();
        for (int row = 0; row < one.Length; row++)
        {
            table[(one[row], other[row])] = table.GetValueOrDefault((one[row], other[row])) + 1;
            ones[one[row]] = ones.GetValueOrDefault(one[row]) + 1;
            others[other[row]] = others.GetValueOrDefault(other[row]) + 1;
        }

        double together = table.Values.Sum(Pairs);
        double byOne = ones.Values.Sum(Pairs);
        double byOther = others.Values.Sum(Pairs);
        double all = Pairs(one.Length);
        double expected = all == 0 ? 0 : byOne * byOther / all;
        double most = 0.5 * (byOne + byOther);
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double Pairs(long count) => 0.5 * count * (count - 1.0);
}
