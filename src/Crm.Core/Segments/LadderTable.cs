using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>The columns of standings while they are filled.</summary>
internal sealed class LadderTable(IReadOnlyList<CustomerId> ids, bool hasAmounts)
{
    private readonly int[] _rungSince = new int[ids.Count];
    private readonly int[] _stageSince = new int[ids.Count];
    private readonly bool[] _isStated = new bool[ids.Count];
    private readonly int[] _discounted = new int[ids.Count];
    private readonly int[] _full = new int[ids.Count];
    private readonly int[] _unknown = new int[ids.Count];
    private readonly int[] _referrals = new int[ids.Count];
    private readonly int[] _buyers = new int[ids.Count];
    private readonly int[] _purchaseDays = new int[ids.Count];
    private readonly decimal[] _money = hasAmounts ? new decimal[ids.Count] : [];

    internal IReadOnlyList<CustomerId> Ids { get; } = ValueList<CustomerId>.Of(ids, nameof(ids));

    internal int Count => Ids.Count;

    internal byte[] Rungs { get; } = new byte[ids.Count];

    internal byte[] Stages { get; } = new byte[ids.Count];

    internal TraitAnswer[] TrueFans { get; } = new TraitAnswer[ids.Count];

    internal TraitAnswer[] Influencers { get; } = new TraitAnswer[ids.Count];

    internal TraitAnswer[] BargainHunters { get; } = new TraitAnswer[ids.Count];

    internal MoveLists RungMoves { get; } = new(ids.Count);

    internal MoveLists StageMoves { get; } = new(ids.Count);

    /// <summary>Takes over a customer the walk has come to the end of.</summary>
    internal void Set(int row, LadderWalk walk)
    {
        RungMoves.Add(walk.RungMoves);
        StageMoves.Add(walk.StageMoves);
        (Rungs[row], Stages[row], TrueFans[row]) = (walk.Rung, walk.Stage, walk.Figures.TrueFan);
        _rungSince[row] = walk.RungMoves.Count > 0 ? walk.RungMoves[^1].Day : 0;
        if (walk.StageMoves.Count > 0)
        {
            // Since when the stage is so, whoever said it.
            int first = walk.StageMoves.Count - 1;
            while (first > 0 && walk.StageMoves[first - 1].Code == walk.Stage)
            {
                first--;
            }

            (_stageSince[row], _isStated[row]) = (walk.StageMoves[first].Day, walk.StageMoves[^1].IsStated);
        }
    }

    internal void SetDiscounts(int row, (int Discounted, int Full, int Unknown) found, LadderDefinition definition)
    {
        (_discounted[row], _full[row], _unknown[row]) = found;
        int known = found.Discounted + found.Full;
        BargainHunters[row] = known < definition.BargainLeastPurchaseDays ? TraitAnswer.Unknown
            : found.Discounted >= definition.BargainShare * known ? TraitAnswer.Yes : TraitAnswer.No;
    }

    internal void SetReferrals(int row, (int Referrals, int Buyers, int PurchaseDays, decimal Money) found, LadderDefinition definition, bool isRecorded)
    {
        (_referrals[row], _buyers[row], _purchaseDays[row]) = (found.Referrals, found.Buyers, found.PurchaseDays);
        if (hasAmounts)
        {
            _money[row] = found.Money;
        }

        bool isEnough = found.Referrals >= definition.InfluencerReferrals && found.PurchaseDays >= definition.InfluencerPurchaseDays;
        Influencers[row] = !isEnough ? isRecorded ? TraitAnswer.No : TraitAnswer.Unknown
            : definition.InfluencerMoney is not { } least ? TraitAnswer.Yes
            : !hasAmounts ? TraitAnswer.Unknown
            : found.Money >= least.Amount ? TraitAnswer.Yes
            : isRecorded ? TraitAnswer.No : TraitAnswer.Unknown;
    }

    internal LadderRow RowOf(int row) => new()
    {
        Customer = Ids[row],
        Rung = LoyaltyRung.OfCode(Rungs[row]),
        RungSince = RungMoves.CountOf(row) > 0 ? DayNumber.ToDate(_rungSince[row]) : null,
        TrueFan = TrueFans[row],
        Stage = Stages[row] == LadderWalk.NoStage ? null : LifecycleStage.All[Stages[row]],
        StageSince = Stages[row] == LadderWalk.NoStage ? (LocalDate?)null : DayNumber.ToDate(_stageSince[row]),
        IsStageStated = _isStated[row],
        Influencer = Influencers[row],
        Referrals = _referrals[row],
        ReferredBuyers = _buyers[row],
        ReferredPurchaseDays = _purchaseDays[row],
        ReferredMoney = hasAmounts ? _money[row] : null,
        BargainHunter = BargainHunters[row],
        DiscountedDays = _discounted[row],
        FullPriceDays = _full[row],
        UnknownDiscountDays = _unknown[row],
    };

    /// <summary>The moves of one customer after another: 8 bytes each.</summary>
    internal sealed class MoveLists(int customers)
    {
        private readonly List<int> _ends = new(customers);
        private readonly List<(int Day, byte Code, bool IsStated)> _moves = [];

        internal void Add(List<LadderMove> moves)
        {
            foreach (LadderMove move in moves)
            {
                _moves.Add((move.Day, move.Code, move.IsStated));
            }

            _ends.Add(_moves.Count);
        }

        internal int CountOf(int row) => _ends[row] - StartOf(row);

        internal IEnumerable<(int Day, byte Code, bool IsStated)> Of(int row) => _moves.GetRange(StartOf(row), CountOf(row));

        private int StartOf(int row) => row == 0 ? 0 : _ends[row - 1];
    }
}
