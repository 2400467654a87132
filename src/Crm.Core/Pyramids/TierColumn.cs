namespace Crm.Core.Pyramids;

/// <summary>Values cut into tiers, row by row and without names: what <see cref="Pyramid"/> says of tiers, for bases of many millions.</summary>
/// <remarks>The order of the values changes no figure. Immutable and thread-safe.</remarks>
public sealed class TierColumn
{
    private readonly byte[] _tierOfRow;

    internal TierColumn(PyramidScheme scheme, BaseCut cut)
    {
        Scheme = scheme;
        _tierOfRow = cut.TierOfRow;
        Tiers = Array.AsReadOnly(cut.Tiers.ToArray());
    }

    /// <summary>Gets the scheme.</summary>
    public PyramidScheme Scheme { get; }

    /// <summary>Gets the tiers from the most valuable down.</summary>
    public IReadOnlyList<TierSummary> Tiers { get; }

    /// <summary>Gets the place in <see cref="Tiers"/> of every row's tier.</summary>
    public ReadOnlySpan<byte> TierOfRow => _tierOfRow;
}
