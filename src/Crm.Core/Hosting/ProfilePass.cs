using System.Runtime.InteropServices;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What one reading of a timeline, newest first, gives a profile. It keeps what is open and what came last, nothing per interaction.</summary>
internal sealed class ProfilePass
{
    private readonly InteractionQuery _timeline;
    private readonly AccountMoves _moves;
    private readonly List<TimelineItem> _items = [];
    private readonly CurrencySums _costs = new();
    private readonly SourceTimes _sources;

    // Newest first, so the first step seen of a thread is the one that counts.
    private readonly OpenThreads _cases = new();
    private readonly OpenThreads _opportunities = new();
    private readonly OpenThreads _orders = new();
    private readonly OpenThreads _followUps = new();

    private Interaction? _lastContact;
    private Interaction? _lastOutbound;
    private Interaction? _lastMessage;
    private PageEnd? _end;
    private Interaction[]? _page;

    internal ProfilePass(InteractionQuery timeline, AccountMoves moves, SourceTimes sources)
    {
        _timeline = timeline;
        _moves = moves;
        _sources = sources;
    }

    internal int Count { get; private set; }

    internal ProfileTimeline Timeline => new() { Items = _items, End = _end };

    internal IReadOnlyList<Money> Costs => _costs.InOrder();

    internal ProfileContact? LastContact => _lastContact is null ? null : ProfileContact.Of(_lastContact);

    internal ProfileContact? LastOutbound => _lastOutbound is null ? null : ProfileContact.Of(_lastOutbound);

    internal ShownMessage? LastMessage => _lastMessage is null ? null : new()
    {
        Message = MessageOf(_lastMessage),
        Text = (_lastMessage.Detail as MessageDetail)?.Text,
        At = _lastMessage.At,
        Channel = _lastMessage.Channel,
        Campaign = _lastMessage.Campaign,
        Interaction = _lastMessage.Id,
    };

    internal void Add(IReadOnlyList<Interaction> page)
    {
        // Copied at once: asking a list for one item after another costs more than what is done with them.
        _page ??= new Interaction[InteractionQuery.MostOnAPage];
        int count = page.Count;
        if (page is ICollection<Interaction> items && count <= _page.Length)
        {
            items.CopyTo(_page, 0);
            foreach (Interaction interaction in _page.AsSpan(..count))
            {
                Add(interaction);
            }

            return;
        }

        foreach (Interaction interaction in page)
        {
            Add(interaction);
        }
    }

    internal IEnumerable<OpenCase> OpenCases => _cases.Open.Select(thread => new OpenCase
    {
        Thread = thread.Last.Thread,
        Step = ((ServiceCaseDetail)thread.Last.Detail).Step,
        LastStep = thread.Last.Id,
        LastStepAt = thread.Last.At,
        OpenedAt = thread.FirstAt,
        About = thread.About,
        Channel = thread.Last.Channel,
        Staff = thread.Last.Staff,
    }).OrderBy(item => item.OpenedAt);

    internal IEnumerable<OpenOpportunity> OpenOpportunities => _opportunities.Open.Select(thread => (thread, detail: (OpportunityDetail)thread.Last.Detail))
        .Select(item => new OpenOpportunity
        {
            Thread = item.thread.Last.Thread,
            Stage = item.detail.Stage,
            Amount = item.detail.Amount,
            Probability = item.detail.Probability,
            ExpectedClose = item.detail.ExpectedClose,
            Product = item.detail.Product,
            Since = item.thread.FirstAt,
            LastStep = item.thread.Last.Id,
            LastStepAt = item.thread.Last.At,
            Staff = item.thread.Last.Staff,
        });

    internal IEnumerable<OpenOrder> OpenOrders(LocalDate today) => _orders.Open.Select(thread => (thread, detail: (OrderDetail)thread.Last.Detail))
        .Select(item => new OpenOrder
        {
            Thread = item.thread.Last.Thread,
            Promised = item.detail.Promised,
            Expected = item.detail.Expected,
            IsOverdue = item.detail.Promised < today,
            Amount = item.detail.Amount,
            OrderedAt = item.thread.FirstAt,
            LastStep = item.thread.Last.Id,
            LastStepAt = item.thread.Last.At,
            Channel = item.thread.Last.Channel,
        }).OrderBy(order => order.Promised is null).ThenBy(order => order.Promised);

    internal IReadOnlyList<OpenFollowUp> FollowUps(Instant now) => [.. _followUps.Open.Select(thread => (thread, detail: (FollowUpDetail)thread.Last.Detail))
        .Select(item => new OpenFollowUp
        {
            Thread = item.thread.Last.Thread,
            Follow = item.detail.Follow,
            About = item.detail.About,
            Due = item.detail.Due,
            IsOverdue = item.detail.Due < now,
            Since = item.thread.FirstAt,
            LastStep = item.thread.Last.Id,
            Channel = item.thread.Last.Channel,
            Staff = item.thread.Last.Staff,
        }).OrderBy(item => item.Due)];

    private static MessageId MessageOf(Interaction interaction) => interaction.Detail switch
    {
        MessageDetail message => message.Message,
        CampaignContactDetail contact => contact.Message,
        _ => MessageId.None,
    };

    private void Add(Interaction interaction)
    {
        InteractionKind kind = interaction.Kind;
        Count++;
        _sources.Add(interaction.Source, interaction.RecordedAt);
        if (interaction.Cost is { } cost)
        {
            _costs.Add(cost);
        }

        if (_end is null)
        {
            AddToTimeline(interaction);
        }

        if ((_lastContact is null || _lastOutbound is null) && ProfileContact.IsContact(interaction, kind))
        {
            _lastContact ??= interaction;
            _lastOutbound ??= ProfileContact.IsOutbound(interaction, kind) ? interaction : null;
        }

        switch (kind)
        {
            case InteractionKind.Purchase:
                _moves.Count(interaction);
                break;
            case InteractionKind.ServiceCase:
                var step = (ServiceCaseDetail)interaction.Detail;
                _cases.Add(interaction, step.Step is not (CaseStep.Solved or CaseStep.Closed), step.About);
                break;
            case InteractionKind.Opportunity:
                _opportunities.Add(interaction, ((OpportunityDetail)interaction.Detail).Stage is not (OpportunityStage.Won or OpportunityStage.Lost));
                break;
            case InteractionKind.Order:
                _orders.Add(interaction, !((OrderDetail)interaction.Detail).IsDone);
                break;
            case InteractionKind.FollowUp:
                _followUps.Add(interaction, !((FollowUpDetail)interaction.Detail).IsDone);
                break;
            case InteractionKind.Message:
            case InteractionKind.CampaignContact when _lastMessage is null && MessageOf(interaction) != MessageId.None:
                _lastMessage ??= interaction;
                break;
        }
    }

    private void AddToTimeline(Interaction interaction)
    {
        if (!_timeline.Counts(interaction) || (_timeline.After is { } after && !after.IsBefore(interaction)))
        {
            return;
        }

        if (_items.Count == _timeline.Limit)
        {
            _end = new(_items[^1].Interaction.At, _items[^1].Interaction.Id); // one more follows
            return;
        }

        _items.Add(_moves.Show(interaction));
    }

    /// <summary>The threads of one kind of step, newest step first.</summary>
    private sealed class OpenThreads
    {
        private readonly Dictionary<ThreadId, int> _placeOf = [];
        private readonly List<OpenThread> _open = [];

        internal IReadOnlyList<OpenThread> Open => _open;

        internal void Add(Interaction step, bool isOpen, string? about = null)
        {
            ref int place = ref Place(step.Thread, out bool isKnown);
            if (!isKnown)
            {
                place = isOpen ? _open.Count : -1;
                if (isOpen)
                {
                    _open.Add(new(step, about));
                }
            }
            else if (place >= 0)
            {
                _open[place].Continue(step, about);
            }
        }

        private ref int Place(ThreadId thread, out bool isKnown)
        {
            if (thread == ThreadId.None)
            {
                isKnown = false; // a thing of its own
                return ref _none;
            }

            return ref CollectionsMarshal.GetValueRefOrAddDefault(_placeOf, thread, out isKnown);
        }

        private int _none;
    }

    private sealed class OpenThread(Interaction last, string? about)
    {
        internal Interaction Last => last;

        internal Instant FirstAt { get; private set; } = last.At;

        internal string? About { get; private set; } = about;

        internal void Continue(Interaction earlier, string? words)
        {
            FirstAt = earlier.At;
            About = words ?? About;
        }
    }
}
