using System.Diagnostics;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Gives the 360-degree view of a customer: one query over every touchpoint, now or as of any past date.</summary>
/// <remarks>
/// <para>
/// It reads the customer once and the timeline once, in pages of 1,000, whatever store they lie in. What is recorded while it
/// reads is left out, since a profile of now has a moment too.
/// </para>
/// <para>As thread-safe as the stores it is given.</para>
/// </remarks>
public sealed class CustomerProfiles
{
    private readonly ICustomerStore _customers;
    private readonly IInteractionStore _interactions;
    private readonly IClock _clock;
    private readonly ISegmentStore? _segments;
    private readonly IScoreSource? _scores;
    private readonly AttributeSchema? _attributes;
    private readonly ICustomerReferences? _references;

    /// <summary>Initializes a new instance of the <see cref="CustomerProfiles"/> class.</summary>
    /// <param name="customers">Where customers are kept.</param>
    /// <param name="interactions">Where interactions are kept.</param>
    /// <param name="clock">Tells what "now" is.</param>
    /// <param name="segments">Where segments are kept; null where there are none.</param>
    /// <param name="scores">Where scores are found; null where there are none yet.</param>
    /// <param name="attributes">Which attributes there are, and which of them are of a special category; null where nobody has declared any: then all are shown.</param>
    /// <param name="references">Finds who names a customer; null where the store cannot.</param>
    /// <exception cref="ArgumentNullException">A store or the clock is null.</exception>
    public CustomerProfiles(
        ICustomerStore customers,
        IInteractionStore interactions,
        IClock clock,
        ISegmentStore? segments = null,
        IScoreSource? scores = null,
        AttributeSchema? attributes = null,
        ICustomerReferences? references = null)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(clock);
        _customers = customers;
        _interactions = interactions;
        _clock = clock;
        _segments = segments;
        _scores = scores;
        _attributes = attributes;
        _references = references;
    }

    /// <summary>Finds the profile of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="request">The point of view and what to show; null for now and the first page of everything.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The profile, or null where the store holds no such customer.</returns>
    public async ValueTask<CustomerProfile?> FindAsync(
        CustomerId customer, ProfileRequest? request = null, CancellationToken cancellationToken = default)
    {
        request = AtAMoment(request);
        Stored<Customer>? found = await _customers.FindAsync(customer, cancellationToken).ConfigureAwait(false);
        return found is null ? null : await ProfileAsync(found.Value, request, request.AsOf!.Value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds who has a contact point or another system's id: the profile where it is one customer, else the candidates.</summary>
    /// <param name="key">The key: a telephone number in any writing, an e-mail address, a card.</param>
    /// <param name="request">The point of view and what to show; null for now and the first page of everything.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// Who was found; <see cref="CustomerKey.None"/> finds nobody. A customer counts who had the key by what is known from the point of view,
    /// still or once; a key that was retracted since is found no more.
    /// </returns>
    public async ValueTask<ProfileMatch> FindAsync(CustomerKey key, ProfileRequest? request = null, CancellationToken cancellationToken = default)
    {
        request = AtAMoment(request);
        AsOf asOf = request.AsOf!.Value;
        var found = new List<(Customer Customer, ProfileCandidate Candidate)>();
        bool more = false;
        foreach (CustomerId id in key == CustomerKey.None ? [] : await _customers.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (await _customers.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } stored && Candidate(stored.Value, key, asOf) is { } candidate)
            {
                // One more than are listed is read: who is known to have had the key decides whether there are more.
                if (more = found.Count == ProfileMatch.MostCandidates)
                {
                    break;
                }

                found.Add((stored.Value, candidate));
            }
        }

        return new()
        {
            Candidates = [.. found.Select(entry => entry.Candidate)],
            HasMore = more,
            Profile = found.Count == 1 ? await ProfileAsync(found[0].Customer, request, asOf, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    /// <summary>Finds a page of a customer's timeline, such as the one after that of a profile.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="request">
    /// The request of the profile, with its <see cref="CustomerProfile.AsOf"/>, so that nothing shifts meanwhile, and after the
    /// <see cref="ProfileTimeline.End"/> of the page before; null for the first page of now.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The page, or null where the store holds no such customer.</returns>
    public async ValueTask<ProfileTimeline?> FindTimelineAsync(
        CustomerId customer, ProfileRequest? request = null, CancellationToken cancellationToken = default)
    {
        request = AtAMoment(request);
        AsOf asOf = request.AsOf!.Value;
        Stored<Customer>? found = await _customers.FindAsync(customer, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        var moves = new AccountMoves(found.Value, asOf);
        InteractionPage page = await _interactions.ReadAsync(request.TimelineOf(customer, asOf), cancellationToken).ConfigureAwait(false);
        return new() { Items = [.. page.Items.Select(moves.Show)], End = page.End };
    }

    private static ProfileCandidate? Candidate(Customer customer, CustomerKey key, AsOf asOf)
    {
        CustomerFact[] having = [.. customer.Facts.Where(fact => Customer.KeysOf(fact).Contains(key) && fact.Dates.IsKnown(asOf))];
        return having.Length == 0 ? null : new()
        {
            Id = customer.Id,
            Kind = customer.Kind,
            Name = customer.LatestOf<CustomerName>(asOf)?.Full,
            IsCurrent = Array.Exists(having, fact => fact.Dates.Holds(asOf)),
        };
    }

    private static IEnumerable<ProfileConsent> Consents(Customer customer, AsOf asOf) => customer.Facts.OfType<ConsentRecord>()
        .Where(record => record.Dates.IsKnown(asOf) && record.Dates.EffectiveFrom <= asOf.TrueAt)
        .Select(record => (record.Purpose, record.Channel))
        .Distinct()
        .OrderBy(pair => pair.Purpose.ToString(), StringComparer.Ordinal)
        .ThenBy(pair => pair.Channel == Channel.None ? "" : pair.Channel.ToString(), StringComparer.Ordinal)
        .Select(pair => (pair, answer: ConsentAnswer.Of(customer.Facts.OfType<ConsentRecord>(), pair.Purpose, pair.Channel, asOf)))
        .Select(entry => new ProfileConsent
        {
            Purpose = entry.pair.Purpose,
            Channel = entry.pair.Channel,
            IsGiven = entry.answer.IsGiven,
            ExpiredAt = entry.answer.ExpiredAt,
            DecidedBy = entry.answer.DecidedBy!,
        });

    // Now is a moment: a profile and its pages then show one state.
    private ProfileRequest AtAMoment(ProfileRequest? request)
    {
        request ??= new();
        return request.AsOf is null ? request with { AsOf = AsOf.At(_clock.GetCurrentInstant()) } : request;
    }

    private async ValueTask<CustomerProfile> ProfileAsync(Customer customer, ProfileRequest request, AsOf asOf, CancellationToken cancellationToken)
    {
        using Activity? activity = CrmTelemetry.Activities.StartActivity("crm.profile");
        var (pass, moves, sources) = await ReadAsync(customer, request, asOf, new Dictionary<InteractionId, Instant>(), cancellationToken).ConfigureAwait(false);
        if (pass.Undecided.Count > 0)
        {
            // Rare: read once more, knowing which of the steps of one moment came first.
            var firstKnown = new Dictionary<InteractionId, Instant>();
            foreach (InteractionId original in pass.Undecided)
            {
                var states = await _interactions.ReadStatesAsync(original, cancellationToken).ConfigureAwait(false);
                firstKnown[original] = states.Select(state => state.RecordedAt).DefaultIfEmpty(Instant.MinValue).Min();
            }

            (pass, moves, sources) = await ReadAsync(customer, request, asOf, firstKnown, cancellationToken).ConfigureAwait(false);
        }

        AttributeFact[] attributes = [.. customer.FactsOf<AttributeFact>(asOf).Select(fact => fact.Attribute).Distinct()
            .OrderBy(id => id.ToString(), StringComparer.Ordinal).Select(id => customer.Attribute(id, asOf)!)];
        AttributeFact[] shown = [.. attributes.Where(fact => IsShown(fact.Attribute, request))];
        var followUps = pass.FollowUps(asOf.TrueAt);
        var others = await OthersAsync(customer.Id, asOf, cancellationToken).ConfigureAwait(false);
        ScoreAnswer score = _scores is null ? ScoreAnswer.Without(ScoreAbsence.NoSource, "The host keeps no scores.")
            : await _scores.FindAsync(customer.Id, asOf, cancellationToken).ConfigureAwait(false);
        return new()
        {
            AsOf = asOf,
            Id = customer.Id,
            Kind = customer.Kind,
            Name = customer.LatestOf<CustomerName>(asOf),
            ExternalIds = [.. customer.FactsOf<ExternalId>(asOf)],
            ContactPoints = [.. customer.FactsOf<ContactPoint>(asOf)],
            Attributes = shown,
            AttributesWithheld = attributes.Length - shown.Length,
            Attitudes = [.. customer.FactsOf<Attitude>(asOf)],
            Memberships = [.. customer.FactsOf<Membership>(asOf)],
            Relations = [.. customer.FactsOf<Relation>(asOf)],
            RelatedFrom = others?.Relations,
            ReferencesLeftOut = others?.LeftOut ?? 0,
            Reseller = customer.LatestOf<ResellerStatus>(asOf),
            BroughtBy = customer.LatestOf<Referral>(asOf),
            Brought = others?.Brought,
            AccountsMoved = [.. moves.All],
            AccountsReceived = others?.Accounts,
            Owner = customer.LatestOf<AccountOwner>(asOf),
            Stage = customer.LatestOf<StageReached>(asOf),
            Consents = [.. Consents(customer, asOf)],
            Score = score.Score,
            ScoreAbsence = score.Absence,
            WhyNoScore = score.Why,
            Segments = await SegmentsAsync(customer.Id, asOf, cancellationToken).ConfigureAwait(false),
            OpenCases = [.. pass.OpenCases],
            OpenOpportunities = [.. pass.OpenOpportunities],
            OpenOrders = [.. pass.OpenOrders(asOf.TrueAt.InZone(request.Zone).Date)],
            OpenPromises = [.. followUps.Where(item => item.Follow == FollowUpKind.Promise)],
            Reminders = [.. followUps.Where(item => item.Follow == FollowUpKind.Reminder)],
            LastContact = pass.LastContact,
            LastOutboundContact = pass.LastOutbound,
            NextContact = followUps.FirstOrDefault(item => !item.IsOverdue),
            LastMessage = pass.LastMessage,
            CostToServe = pass.Costs,
            Interactions = pass.Count,
            Sources = [.. sources.Ages(asOf.KnownAt)],
            Timeline = pass.Timeline,
        };
    }

    private async ValueTask<(ProfilePass Pass, AccountMoves Moves, SourceTimes Sources)> ReadAsync(
        Customer customer, ProfileRequest request, AsOf asOf, IReadOnlyDictionary<InteractionId, Instant> firstKnown, CancellationToken cancellationToken)
    {
        var sources = new SourceTimes();
        foreach (CustomerFact fact in customer.Facts)
        {
            if (fact.Dates.RecordedAt <= asOf.KnownAt)
            {
                sources.Add(fact.Dates.Source, fact.Dates.RecordedAt);
            }
        }

        var moves = new AccountMoves(customer, asOf);
        var pass = new ProfilePass(request.TimelineOf(customer.Id, asOf), moves, sources, firstKnown);
        var everything = new InteractionQuery { Customer = customer.Id, AsOf = asOf, Limit = InteractionQuery.MostOnAPage };
        await foreach (InteractionPage page in _interactions.ReadPagesAsync(everything, cancellationToken).ConfigureAwait(false))
        {
            pass.Add(page.Items);
        }

        pass.End();
        return (pass, moves, sources);
    }

    // What nobody declared might be anything, so it is treated as what the law protects most.
    private bool IsShown(AttributeId attribute, ProfileRequest request) =>
        _attributes?.Find(attribute)?.IsSpecialCategory == false || _attributes is null || request.SpecialCategories.Contains(attribute);

    private async ValueTask<IReadOnlyList<ProfileSegment>?> SegmentsAsync(CustomerId customer, AsOf asOf, CancellationToken cancellationToken)
    {
        if (_segments is null)
        {
            return null;
        }

        var last = new Dictionary<SegmentId, SegmentMove>();
        foreach (SegmentMove move in await _segments.ReadMovesAsync(customer, cancellationToken).ConfigureAwait(false))
        {
            if (move.Counts(asOf))
            {
                last[move.Segment] = move; // they come from the first to the last
            }
        }

        return [.. last.Values.Where(move => move.Entered).OrderBy(move => move.Segment.ToString(), StringComparer.Ordinal)
            .Select(move => new ProfileSegment { Segment = move.Segment, Since = move.At, Why = move.Why })];
    }

    private async ValueTask<References?> OthersAsync(CustomerId customer, AsOf asOf, CancellationToken cancellationToken)
    {
        if (_references is null)
        {
            return null;
        }

        var naming = await _references.FindNamingAsync(customer, cancellationToken).ConfigureAwait(false);
        var others = new References { LeftOut = Math.Max(0, naming.Count - CustomerProfile.MostReferences) };
        foreach (CustomerId id in naming.Take(CustomerProfile.MostReferences))
        {
            if (await _customers.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } other)
            {
                others.Add(other.Value, customer, asOf);
            }
        }

        return others;
    }

    private sealed class References
    {
        internal required int LeftOut { get; init; }

        internal List<ProfileRelation> Relations { get; } = [];

        internal List<CustomerId> Brought { get; } = [];

        internal List<ReceivedAccount> Accounts { get; } = [];

        internal void Add(Customer other, CustomerId customer, AsOf asOf)
        {
            Relations.AddRange(other.FactsOf<Relation>(asOf).Where(relation => relation.To == customer)
                .Select(relation => new ProfileRelation { From = other.Id, Relation = relation }));
            Accounts.AddRange(other.FactsOf<AccountMove>(asOf).Where(move => move.To == customer)
                .Select(move => new ReceivedAccount { System = move.System, Account = move.Account, From = other.Id, Since = move.Dates.EffectiveFrom }));
            if (other.LatestOf<Referral>(asOf)?.By == customer)
            {
                Brought.Add(other.Id);
            }
        }
    }
}
