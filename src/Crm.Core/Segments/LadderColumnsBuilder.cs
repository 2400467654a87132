using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Makes the columns of a ladder from customers and what happened to them, one customer after another, as a stream brings them.</summary>
/// <remarks>
/// What was not known at <see cref="AsOf"/> counts for nothing, and what happened after it only for whether the base records such things at all. An
/// event takes 41 bytes in the columns, 45 where anybody was brought. Not thread-safe.
/// </remarks>
public sealed class LadderColumnsBuilder
{
    private readonly LoyaltyLadder _ladder;
    private readonly List<CustomerId> _ids = [];
    private readonly List<int> _starts = [0];
    private readonly List<LocalDate> _days = [];
    private readonly List<LadderEventKind> _kinds = [];
    private readonly List<decimal> _amounts = [];
    private readonly List<double> _shares = [];
    private readonly List<int> _purchases = [];
    private readonly List<double> _values = [];
    private readonly List<(int Event, CustomerId By)> _by = [];
    private readonly Dictionary<PurchaseId, int> _named = [];
    private readonly HashSet<CustomerId> _known = [];
    private Currency? _currency;
    private bool _recordsReferrals;
    private bool _recordsMemberships;

    /// <summary>Initializes a new instance of the <see cref="LadderColumnsBuilder"/> class.</summary>
    /// <param name="ladder">The ladder the columns are for: its zone says what a day is, its source which facts are its own.</param>
    /// <param name="asOf">The point of view.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ladder"/> is null.</exception>
    public LadderColumnsBuilder(LoyaltyLadder ladder, AsOf asOf)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        _ladder = ladder;
        AsOf = asOf;
    }

    /// <summary>Gets the point of view.</summary>
    public AsOf AsOf { get; }

    /// <summary>Adds a customer.</summary>
    /// <param name="customer">The customer, not added before.</param>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    /// <exception cref="ArgumentException">The customer was added before, or an interaction is not theirs.</exception>
    /// <exception cref="CurrencyMismatchException">Amounts are in two currencies.</exception>
    public void Add(LadderCustomer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        CustomerId id = customer.Customer.Id;
        List<Interaction> interactions = LadderInteractions.Effective(customer.Interactions, id, AsOf.KnownAt, nameof(customer));
        CheckCurrencies(interactions);
        if (!_known.Add(id))
        {
            throw new ArgumentException($"Customer {id} was added before. Give everything of a customer at once.", nameof(customer));
        }

        _named.Clear();
        foreach (Interaction interaction in interactions)
        {
            Add(interaction);
        }

        AddFacts([.. customer.Customer.Facts.Where(fact => fact.Dates.IsKnown(AsOf))]);
        foreach (AliveScore score in customer.AliveScores)
        {
            if (DayNumber.Of(score.Day) <= Math.Min(_ladder.DayOf(AsOf.TrueAt), _ladder.DayOf(AsOf.KnownAt)))
            {
                Append(DayNumber.Of(score.Day), LadderEventKind.Alive, value: score.Probability);
            }
        }

        _ids.Add(id);
        _starts.Add(_days.Count);
    }

    /// <summary>Gives the columns of all customers added so far.</summary>
    /// <returns>The columns.</returns>
    public LadderColumns Build()
    {
        var rows = new Dictionary<CustomerId, int>(_ids.Count);
        for (int row = 0; row < _ids.Count; row++)
        {
            rows[_ids[row]] = row;
        }

        int[] by = [];
        if (_by.Count > 0)
        {
            by = new int[_days.Count];
            Array.Fill(by, LadderColumns.Nobody);
            foreach (var (place, referrer) in _by)
            {
                by[place] = rows.TryGetValue(referrer, out int row) ? row : LadderColumns.SomebodyElse;
            }
        }

        return new()
        {
            Ids = ValueList<CustomerId>.Of(_ids, nameof(_ids)),
            Starts = _starts.ToArray(),
            Days = _days.ToArray(),
            Kinds = _kinds.ToArray(),
            Amounts = _amounts.ToArray(),
            DiscountShares = _shares.ToArray(),
            Purchases = _purchases.ToArray(),
            By = by,
            Values = _values.ToArray(),
            Currency = _currency ?? Currency.None,
            Records = new(_recordsReferrals, _recordsMemberships),
        };
    }

    // Checked before anything of the customer is taken.
    private void CheckCurrencies(List<Interaction> interactions)
    {
        Currency? currency = _currency;
        foreach (Interaction interaction in interactions)
        {
            foreach (Money? money in (ReadOnlySpan<Money?>)(interaction.Detail switch
            {
                PurchaseDetail purchase => [purchase.Amount, purchase.Discount],
                ReturnDetail given => [given.Amount],
                _ => [],
            }))
            {
                currency ??= money?.Currency;
                if (money is { } amount && amount.Currency != currency)
                {
                    throw new CurrencyMismatchException(currency!.Value, amount.Currency);
                }
            }
        }

        _currency = currency;
    }

    private void Add(Interaction interaction)
    {
        bool hasHappened = interaction.At <= AsOf.TrueAt;
        int day = _ladder.DayOf(interaction.At);
        switch (interaction.Detail)
        {
            case PurchaseDetail purchase:
                bool isReferred = purchase.ReferredBy != CustomerId.None;
                _recordsReferrals |= isReferred;
                if (hasHappened)
                {
                    if (isReferred)
                    {
                        _by.Add((_days.Count, purchase.ReferredBy));
                    }

                    Append(day, LadderEventKind.Purchase, purchase.Amount.Amount, ShareOf(purchase), NumberOf(purchase.Purchase));
                }

                break;
            case ReturnDetail given when hasHappened:
                Append(day, LadderEventKind.Return, given.Amount.Amount, number: NumberOf(given.Purchase));
                break;
            case not ReturnDetail when hasHappened:
                Append(day, LadderInteractions.ShowsInterest(interaction) ? LadderEventKind.Interest : LadderEventKind.Known);
                break;
        }

        if (hasHappened && interaction.Sentiment is { } sentiment)
        {
            Append(day, LadderEventKind.Sentiment, value: sentiment);
        }

        if (hasHappened && interaction.Detail is ServiceCaseDetail { Satisfaction: { } satisfaction })
        {
            Append(day, LadderEventKind.Satisfaction, value: satisfaction);
        }
    }

    private void AddFacts(List<CustomerFact> facts)
    {
        _recordsReferrals |= facts.Exists(fact => fact is Referral);
        _recordsMemberships |= facts.Exists(fact => fact is Membership);
        List<CustomerFact> others = facts.FindAll(fact => fact is not StageReached stage || stage.Dates.Source != _ladder.Definition.Source);
        if (others.Count > 0)
        {
            Instant heard = others.Min(fact => fact.Dates.RecordedAt);
            if (heard <= AsOf.TrueAt)
            {
                Append(_ladder.DayOf(heard), LadderEventKind.Known);
            }
        }

        foreach (Referral referral in others.OfType<Referral>().Where(referral => referral.Dates.EffectiveFrom <= AsOf.TrueAt))
        {
            _by.Add((_days.Count, referral.By));
            Append(_ladder.DayOf(referral.Dates.EffectiveFrom), LadderEventKind.Referral, value: referral.Dates.ValidFrom is null ? 1 : 0);
        }

        foreach (var (day, fact) in Line(others.OfType<Membership>(), BeginningOf))
        {
            Append(day, LadderEventKind.Membership, value: fact is null ? 0 : 1);
        }

        // Who dislikes a shoe may like the company.
        var likings = others.OfType<Attitude>().Where(attitude => attitude is { Kind: AttitudeKind.Liking, Strength: not null } && attitude.Product == ProductId.None);
        foreach (var (day, fact) in Line(likings, BeginningOf))
        {
            Append(day, LadderEventKind.Liking, value: fact?.Strength ?? double.NaN);
        }

        foreach (var (day, fact) in Line(others.OfType<StageReached>(), fact => fact.Dates.EffectiveFrom))
        {
            Append(day, LadderEventKind.StatedStage, value: fact?.Stage.Value ?? double.NaN);
        }
    }

    // What nobody dated was always true, as far as anyone knows.
    private static Instant BeginningOf(CustomerFact fact) => fact.Dates.ValidFrom ?? Instant.MinValue;

    private List<(int Day, T? Fact)> Line<T>(IEnumerable<T> facts, Func<T, Instant> fromOf)
        where T : CustomerFact => LadderFactLine.LatestOf(
            facts.Where(fact => fromOf(fact) <= AsOf.TrueAt),
            fact => _ladder.DayOf(fromOf(fact)),
            fact => fact.Dates.ValidUntil is { } until && until <= AsOf.TrueAt ? _ladder.DayOf(until) : null);

    private static double ShareOf(PurchaseDetail purchase) => purchase.Discount is not { } discount ? double.NaN
        : discount.Amount == 0 ? 0 : (double)discount.Amount / ((double)discount.Amount + (double)purchase.Amount.Amount);

    private int NumberOf(PurchaseId purchase)
    {
        if (purchase == PurchaseId.None)
        {
            return 0;
        }

        if (!_named.TryGetValue(purchase, out int number))
        {
            number = _named.Count + 1;
            _named.Add(purchase, number);
        }

        return number;
    }

    private void Append(int day, LadderEventKind kind, decimal amount = 0, double share = double.NaN, int number = 0, double value = double.NaN)
    {
        _days.Add(DayNumber.ToDate(day));
        _kinds.Add(kind);
        _amounts.Add(amount);
        _shares.Add(share);
        _purchases.Add(number);
        _values.Add(value);
    }
}
