namespace Crm.Core.Histories;

/// <summary>Memory for purchases, asked of the runtime in large pieces and handed out in small ones. For several threads at once.</summary>
/// <remarks>
/// Pieces of most of a megabyte stand where the runtime hardly ever moves them, and are so few that asking for them is not what makes it look for garbage.
/// </remarks>
internal sealed class PurchaseRoom
{
    private const int LeastPiece = 1_024;
    private const int LargestPiece = 65_536;
    private const int Growth = 16;

    private readonly Lock _lock = new();
    private ArraySegment<PurchaseRow> _left = ArraySegment<PurchaseRow>.Empty;
    private long _handedOut;

    /// <summary>Hands out room of unknown content: for one purchase at least, for as many as are asked for at most.</summary>
    internal ArraySegment<PurchaseRow> Take(int most)
    {
        lock (_lock)
        {
            if (_left.Count == 0)
            {
                _left = GC.AllocateUninitializedArray<PurchaseRow>((int)Math.Clamp(_handedOut / Growth, LeastPiece, LargestPiece));
            }

            int rows = Math.Min(most, _left.Count);
            ArraySegment<PurchaseRow> taken = _left[..rows];
            _left = _left[rows..];
            _handedOut += rows;
            return taken;
        }
    }
}
