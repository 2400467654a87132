using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>A profile by scanning everything there is for every member of it: slow, and plain to read.</summary>
internal static class NaiveProfile
{
    private static readonly InteractionKind[] _contacts =
    [
        InteractionKind.Purchase, InteractionKind.Return, InteractionKind.Enquiry, InteractionKind.Visit, InteractionKind.CampaignContact,
        InteractionKind.CampaignResponse, InteractionKind.ServiceCase, InteractionKind.Complaint, InteractionKind.Quotation, InteractionKind.Message,
    ];

    private static readonly InteractionKind[] _outboundByNature = [InteractionKind.CampaignContact, InteractionKind.Quotation, InteractionKind.Message];

    internal static CustomerProfile Of(
        CustomerId id,
        IReadOnlyList<Customer> customers,
        IReadOnlyList<Interaction> all,
        IReadOnlyList<SegmentMove> moves,
        AttributeSchema schema,
        ProfileRequest request)
    {
        AsOf asOf = request.AsOf!.Value;
        Customer customer = customers.Single(each => each.Id == id);
        Interaction[] timeline = Timeline(all, id, asOf);
        Interaction[] byRecord = [.. timeline.OrderByDescending(item => item.At).ThenByDescending(item => item.RecordedAt)];
        AttributeFact[] attributes = [.. Holding<AttributeFact>(customer, asOf).GroupBy(fact => fact.Attribute)
            .OrderBy(group => group.Key.ToString(), StringComparer.Ordinal).Select(group => Last(group)!)];
        AttributeFact[] shown = [.. attributes.Where(fact =>
            schema.Definitions.Any(known => known.Id == fact.Attribute && !known.IsSpecialCategory) || request.SpecialCategories.Contains(fact.Attribute))];
        OpenFollowUp[] followUps = FollowUps(all, timeline, asOf.TrueAt);
        return new()
        {
            AsOf = asOf,
            Id = id,
            Kind = customer.Kind,
            Name = Last(Holding<CustomerName>(customer, asOf)),
            ExternalIds = [.. Holding<ExternalId>(customer, asOf)],
            ContactPoints = [.. Holding<ContactPoint>(customer, asOf)],
            Attributes = shown,
            AttributesWithheld = attributes.Length - shown.Length,
            Attitudes = [.. Holding<Attitude>(customer, asOf)],
            Memberships = [.. Holding<Membership>(customer, asOf)],
            Relations = [.. Holding<Relation>(customer, asOf)],
            RelatedFrom = [.. customers.SelectMany(other => Holding<Relation>(other, asOf).Where(fact => fact.To == id).Select(fact => new ProfileRelation { From = other.Id, Relation = fact }))],
            Reseller = Last(Holding<ResellerStatus>(customer, asOf)),
            BroughtBy = Last(Holding<Referral>(customer, asOf)),
            Brought = [.. customers.Where(other => Last(Holding<Referral>(other, asOf))?.By == id).Select(other => other.Id)],
            AccountsMoved = [.. Holding<AccountMove>(customer, asOf).Select((move, i) => Moved(customer, move, i, timeline, asOf))],
            AccountsReceived = [.. customers.SelectMany(other => Holding<AccountMove>(other, asOf).Where(fact => fact.To == id)
                .Select(fact => new ReceivedAccount { From = other.Id, System = fact.System, Account = fact.Account, Since = fact.Dates.ValidFrom ?? fact.Dates.RecordedAt }))],
            Owner = Last(Holding<AccountOwner>(customer, asOf)),
            Stage = Last(Holding<StageReached>(customer, asOf)),
            Consents = [.. Consents(customer, asOf)],
            ScoreAbsence = ScoreAbsence.NoSource,
            WhyNoScore = "The host keeps no scores.",
            Segments = [.. moves.Where(move => move.Customer == id).DistinctBy(move => (move.Segment, move.Entered, move.At, move.RecordedAt)).GroupBy(move => move.Segment).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .Select(group => group.Where(move => move.At <= asOf.TrueAt && move.RecordedAt <= asOf.KnownAt)
                    .OrderBy(move => move.At).ThenBy(move => move.RecordedAt).ThenByDescending(move => move.Entered).LastOrDefault())
                .OfType<SegmentMove>().Where(move => move.Entered).Select(move => new ProfileSegment { Segment = move.Segment, Since = move.At, Why = move.Why })],
            OpenCases = [.. Threads(all, timeline, InteractionKind.ServiceCase)
                .Where(steps => steps[0].Detail is ServiceCaseDetail { Step: CaseStep.Opened or CaseStep.Worked or CaseStep.Reopened })
                .OrderBy(steps => steps[^1].At)
                .Select(steps => new OpenCase
                {
                    Thread = steps[0].Thread,
                    Step = ((ServiceCaseDetail)steps[0].Detail).Step,
                    LastStep = steps[0].Id,
                    LastStepAt = steps[0].At,
                    OpenedAt = steps[^1].At,
                    About = steps.Reverse().Select(step => ((ServiceCaseDetail)step.Detail).About).FirstOrDefault(about => about is not null),
                    Channel = steps[0].Channel,
                    Staff = steps[0].Staff,
                })],
            OpenOpportunities = [.. Threads(all, timeline, InteractionKind.Opportunity)
                .Where(steps => steps[0].Detail is OpportunityDetail { Stage: < OpportunityStage.Won })
                .Select(steps => (steps, last: (OpportunityDetail)steps[0].Detail))
                .Select(item => new OpenOpportunity
                {
                    Thread = item.steps[0].Thread,
                    Stage = item.last.Stage,
                    Amount = item.last.Amount,
                    Probability = item.last.Probability,
                    ExpectedClose = item.last.ExpectedClose,
                    Product = item.last.Product,
                    Since = item.steps[^1].At,
                    LastStep = item.steps[0].Id,
                    LastStepAt = item.steps[0].At,
                    Staff = item.steps[0].Staff,
                })],
            OpenOrders = [.. Threads(all, timeline, InteractionKind.Order)
                .Where(steps => steps[0].Detail is OrderDetail { Delivered: null, IsCancelled: false })
                .Select(steps => (steps, last: (OrderDetail)steps[0].Detail))
                .OrderBy(item => item.last.Promised ?? LocalDate.MaxIsoValue)
                .Select(item => new OpenOrder
                {
                    Thread = item.steps[0].Thread,
                    Promised = item.last.Promised,
                    Expected = item.last.Expected,
                    IsOverdue = item.last.Promised is { } day && day < asOf.TrueAt.InZone(request.Zone).Date,
                    Amount = item.last.Amount,
                    OrderedAt = item.steps[^1].At,
                    LastStep = item.steps[0].Id,
                    LastStepAt = item.steps[0].At,
                    Channel = item.steps[0].Channel,
                })],
            OpenPromises = [.. followUps.Where(item => item.Follow == FollowUpKind.Promise)],
            Reminders = [.. followUps.Where(item => item.Follow == FollowUpKind.Reminder)],
            NextContact = followUps.FirstOrDefault(item => item.Due >= asOf.TrueAt),
            LastContact = Contact(byRecord.FirstOrDefault(IsContact)),
            LastOutboundContact = Contact(byRecord.FirstOrDefault(item => IsContact(item)
                && (item.Direction == Direction.Outbound || (item.Direction == Direction.Unstated && _outboundByNature.Contains(item.Kind))))),
            LastMessage = byRecord.Where(item => item.Detail is MessageDetail || (item.Detail is CampaignContactDetail contact && contact.Message != MessageId.None))
                .Select(item => new ShownMessage
                {
                    Message = item.Detail is MessageDetail message ? message.Message : ((CampaignContactDetail)item.Detail).Message,
                    Text = (item.Detail as MessageDetail)?.Text,
                    At = item.At,
                    Channel = item.Channel,
                    Campaign = item.Campaign,
                    Interaction = item.Id,
                }).FirstOrDefault(),
            CostToServe = Sums(timeline.Select(item => item.Cost).OfType<Money>()),
            Interactions = timeline.Length,
            Sources = [.. customer.Facts.Select(fact => (fact.Dates.Source, fact.Dates.RecordedAt)).Where(entry => entry.RecordedAt <= asOf.KnownAt)
                .Concat(timeline.Select(item => (item.Source, item.RecordedAt)))
                .GroupBy(entry => entry.Source).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .Select(group => (group.Key, last: group.Max(entry => entry.RecordedAt)))
                .Select(entry => new SourceAge { Source = entry.Key, LastRecordedAt = entry.last, Age = asOf.KnownAt == Instant.MaxValue ? null : asOf.KnownAt - entry.last })],
            Timeline = Page(customer, timeline, request, asOf),
        };
    }

    /// <summary>What counts of a customer, newest first: of each thing the last state that is known.</summary>
    internal static Interaction[] Timeline(IEnumerable<Interaction> all, CustomerId id, AsOf asOf) =>
    [
        .. all.Where(item => item.RecordedAt <= asOf.KnownAt).GroupBy(item => item.Original)
            .Select(states => states.Single(state => states.All(other => other == state || state.Supersedes(other))))
            .Where(item => item.Customer == id && item.At <= asOf.TrueAt && item.Kind != InteractionKind.Retraction)
            .OrderByDescending(item => item.At).ThenByDescending(item => System.Text.Encoding.UTF8.GetBytes(item.Id.ToString()), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))),
    ];

    internal static Money[] Sums(IEnumerable<Money> amounts) =>
        [.. amounts.GroupBy(money => money.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal).Select(group => group.Aggregate((a, b) => a + b))];

    private static IEnumerable<T> Holding<T>(Customer customer, AsOf asOf)
        where T : CustomerFact => customer.Facts.OfType<T>().Where(fact => fact.Dates.RecordedAt <= asOf.KnownAt
            && (fact.Dates.RetractedAt is null || fact.Dates.RetractedAt > asOf.KnownAt)
            && (fact.Dates.ValidFrom ?? Instant.MinValue) <= asOf.TrueAt
            && (fact.Dates.ValidUntil is null || fact.Dates.ValidUntil > asOf.TrueAt));

    private static T? Last<T>(IEnumerable<T> facts)
        where T : CustomerFact => facts.OrderBy(fact => fact.Dates.ValidFrom ?? fact.Dates.RecordedAt).ThenBy(fact => fact.Dates.RecordedAt).LastOrDefault();

    private static IEnumerable<ProfileConsent> Consents(Customer customer, AsOf asOf)
    {
        ConsentRecord[] effective = [.. customer.Facts.OfType<ConsentRecord>()
            .Where(record => record.Dates.RecordedAt <= asOf.KnownAt && (record.Dates.ValidFrom ?? record.Dates.RecordedAt) <= asOf.TrueAt)];
        foreach (var (purpose, channel) in effective.Select(record => (record.Purpose, record.Channel)).Distinct()
            .OrderBy(pair => pair.Purpose.ToString(), StringComparer.Ordinal).ThenBy(pair => pair.Channel == Channel.None ? "" : pair.Channel.ToString(), StringComparer.Ordinal))
        {
            ConsentRecord[] about = [.. effective.Where(record => record.Purpose == purpose && (record.Channel == Channel.None || record.Channel == channel))];
            Instant last = about.Max(record => record.Dates.ValidFrom ?? record.Dates.RecordedAt);
            ConsentRecord[] latest = [.. about.Where(record => (record.Dates.ValidFrom ?? record.Dates.RecordedAt) == last)];
            ConsentRecord decides = latest.LastOrDefault(record => record.Decision == ConsentDecision.Refused) ?? latest[0];
            Instant? expired = decides.Decision == ConsentDecision.Given && decides.Dates.ValidUntil <= asOf.TrueAt ? decides.Dates.ValidUntil : null;
            yield return new()
            {
                Purpose = purpose,
                Channel = channel,
                IsGiven = decides.Decision == ConsentDecision.Given && expired is null,
                ExpiredAt = expired,
                DecidedBy = decides,
            };
        }
    }

    // The steps of each thing of a kind, newest first; the things by their newest step.
    private static IEnumerable<Interaction[]> Threads(IReadOnlyList<Interaction> all, Interaction[] timeline, InteractionKind kind) => timeline.Where(item => item.Kind == kind)
        .OrderByDescending(item => item.At).ThenByDescending(item => all.Where(state => state.Original == item.Original).Min(state => state.RecordedAt))
        .GroupBy(item => item.Thread == ThreadId.None ? "own " + item.Id : "thread " + item.Thread).Select(steps => steps.ToArray());

    private static OpenFollowUp[] FollowUps(IReadOnlyList<Interaction> all, Interaction[] timeline, Instant now) =>
    [
        .. Threads(all, timeline, InteractionKind.FollowUp).Select(steps => (steps, last: (FollowUpDetail)steps[0].Detail)).Where(item => !item.last.IsDone)
            .OrderBy(item => item.last.Due)
            .Select(item => new OpenFollowUp
            {
                Thread = item.steps[0].Thread,
                Follow = item.last.Follow,
                About = item.last.About,
                Due = item.last.Due,
                IsOverdue = item.last.Due < now,
                Since = item.steps[^1].At,
                LastStep = item.steps[0].Id,
                Channel = item.steps[0].Channel,
                Staff = item.steps[0].Staff,
            }),
    ];

    private static bool IsContact(Interaction item) => item.Detail is not (CampaignResponseDetail { Response: ResponseKind.Delivered or ResponseKind.Bounced } or DisclosureDetail or FollowUpDetail)
        && (item.Direction != Direction.Unstated || _contacts.Contains(item.Kind));

    private static ProfileContact? Contact(Interaction? item) => item is null ? null : new()
    {
        Interaction = item.Id,
        Kind = item.Kind,
        At = item.At,
        Channel = item.Channel,
        Direction = item.Direction,
        Staff = item.Staff,
    };

    private static int MoveOf(Customer customer, Interaction item, AsOf asOf) => Holding<AccountMove>(customer, asOf).Select((move, i) => (move, i, since: move.Dates.ValidFrom ?? move.Dates.RecordedAt))
        .Where(entry => entry.move.System == item.Source && entry.since <= item.At).OrderBy(entry => entry.since).Select(entry => entry.i).LastOrDefault(-1);

    private static MovedAccount Moved(Customer customer, AccountMove move, int place, Interaction[] timeline, AsOf asOf)
    {
        Interaction[] purchases = [.. timeline.Where(item => item.Detail is PurchaseDetail && MoveOf(customer, item, asOf) == place)];
        var moved = Holding<AccountMove>(customer, asOf).Select(other => (other.System, other.Account)).ToHashSet();
        return new()
        {
            System = move.System,
            Account = move.Account,
            To = move.To,
            Since = move.Dates.ValidFrom ?? move.Dates.RecordedAt,
            IsCertain = !Holding<ExternalId>(customer, asOf).Any(own => own.System == move.System && !moved.Contains((own.System, own.Id))),
            Purchases = purchases.Length,
            Amounts = Sums(purchases.Select(item => ((PurchaseDetail)item.Detail).Amount)),
        };
    }

    private static ProfileTimeline Page(Customer customer, Interaction[] timeline, ProfileRequest request, AsOf asOf)
    {
        Interaction[] wanted = [.. timeline.Where(item => (request.Kinds.Count == 0 || request.Kinds.Contains(item.Kind))
            && (request.Channel == Channel.None || request.Channel == item.Channel) && (request.Thread == ThreadId.None || request.Thread == item.Thread)
            && (request.From is null || item.At >= request.From) && (request.Before is null || item.At < request.Before)
            && (request.After is not { } end || end.IsBefore(item)))];
        Interaction[] shown = [.. wanted.Take(request.Limit)];
        return new()
        {
            Items = [.. shown.Select(item => new TimelineItem
            {
                Interaction = item,
                MovedTo = item.Detail is PurchaseDetail or ReturnDetail && MoveOf(customer, item, asOf) is var place && place >= 0 ? Holding<AccountMove>(customer, asOf).ElementAt(place).To : CustomerId.None,
            })],
            End = wanted.Length > shown.Length ? new(shown[^1].At, shown[^1].Id) : null,
        };
    }
}
