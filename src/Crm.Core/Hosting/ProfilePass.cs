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

    // Newest first, so the first step seen of a thread is the one that counts. One table for all kinds: most threads have steps of one.
    private readonly Dictionary<ThreadId, Places> _placesOf = [];
    private readonly OpenThreads _cases = new();
    private readonly OpenThreads _opportunities = new();
    private readonly OpenThreads _orders = new();
    private readonly OpenThreads _followUps = new();
    private readonly List<Interaction> _steps = [];
    private readonly IReadOnlyDictionary<InteractionId, Instant> _firstKnown;
    private readonly HashSet<InteractionId> _undecided = [];

    private Interaction? _lastContact;
    private Interaction? _lastOutbound;
    private Interaction? _lastMessage;
    private PageEnd? _end;
    private Interaction[]? _page;
    private Places _ownPlaces;

    internal ProfilePass(InteractionQuery timeline, AccountMoves moves, SourceTimes sources, IReadOnlyDictionary<InteractionId, Instant> firstKnown)
    {
        _firstKnown = firstKnown;
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
            ReadOnlySpan<Interaction> all = _page.AsSpan(..count);
            for (int i = 0; i < all.Length; i++)
            {
                if (i + Nearby.Ahead < all.Length)
                {
                    Nearby.Bring(all[i + Nearby.Ahead]);
                    Nearby.BringDetail(all[i + Nearby.DetailAhead]);
                }

                Add(all[i]);
            }

            return;
        }

        foreach (Interaction interaction in page)
        {
            Add(interaction);
        }
    }

    /// <summary>
    /// Gets the things of which it would have to know since when they were first known: steps of one moment that were corrected, whose own record says when the
    /// correction came, not the step.
    /// </summary>
    internal IReadOnlyCollection<InteractionId> Undecided => _undecided;

    /// <summary>Takes in what still waits for others of its moment: after the last page.</summary>
    internal void End() => AddSteps();

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

        if ((IsLast(_lastContact, interaction) || IsLast(_lastOutbound, interaction)) && ProfileContact.IsContact(interaction, kind))
        {
            _lastContact = IsLast(_lastContact, interaction) ? interaction : _lastContact;
            _lastOutbound = IsLast(_lastOutbound, interaction) && ProfileContact.IsOutbound(interaction, kind) ? interaction : _lastOutbound;
        }

        switch (kind)
        {
            case InteractionKind.Purchase:
                _moves.Count(interaction);
                break;
            case InteractionKind.ServiceCase or InteractionKind.Opportunity or InteractionKind.Order or InteractionKind.FollowUp:
                AddStep(interaction);
                break;
            case InteractionKind.Message or InteractionKind.CampaignContact when IsLast(_lastMessage, interaction) && (kind == InteractionKind.Message || MessageOf(interaction) != MessageId.None):
                _lastMessage = interaction;
                break;
        }
    }

    // They come newest first; of those of one moment, of a source that tells days only, the one recorded last is the last.
    private static bool IsLast(Interaction? held, Interaction next) => held is null || (next.At == held.At && next.RecordedAt > held.RecordedAt);

    // Steps of one moment wait for one another: of a source that tells days only, the step recorded last is the last.
    private void AddStep(Interaction step)
    {
        if (_steps.Count > 0 && _steps[0].At != step.At)
        {
            AddSteps();
        }

        _steps.Add(step);
    }

    private void AddSteps()
    {
        if (_steps.Count > 1)
        {
            _undecided.UnionWith(_steps.Where(step => step.Corrects != InteractionId.None && !_firstKnown.ContainsKey(step.Corrects)).Select(step => step.Corrects));
            Interaction[] inOrder = [.. _steps.OrderByDescending(step => _firstKnown.GetValueOrDefault(step.Original, step.RecordedAt))];
            _steps.Clear();
            _steps.AddRange(inOrder);
        }

        foreach (Interaction step in _steps)
        {
            AddToThread(step);
        }

        _steps.Clear();
    }

    private void AddToThread(Interaction step)
    {
        ref Places places = ref PlacesOf(step.Thread);
        switch (step.Detail)
        {
            case ServiceCaseDetail of:
                _cases.Add(step, ref places.Case, of.Step is not (CaseStep.Solved or CaseStep.Closed), of.About);
                break;
            case OpportunityDetail of:
                _opportunities.Add(step, ref places.Opportunity, of.Stage is not (OpportunityStage.Won or OpportunityStage.Lost));
                break;
            case OrderDetail of:
                _orders.Add(step, ref places.Order, !of.IsDone);
                break;
            case FollowUpDetail of:
                _followUps.Add(step, ref places.FollowUp, !of.IsDone);
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

    private ref Places PlacesOf(ThreadId thread)
    {
        if (thread == ThreadId.None)
        {
            _ownPlaces = default; // a thing of its own
            return ref _ownPlaces;
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(_placesOf, thread, out _);
    }

    /// <summary>Where a thread stands among the open ones of each kind of step: from 1; 0 where no step was seen yet, below 0 where it is not open.</summary>
    private struct Places
    {
        internal int Case;
        internal int Opportunity;
        internal int Order;
        internal int FollowUp;
    }

    /// <summary>The threads of one kind of step, newest step first.</summary>
    private sealed class OpenThreads
    {
        private readonly List<OpenThread> _open = [];

        internal IReadOnlyList<OpenThread> Open => _open;

        internal void Add(Interaction step, ref int place, bool isOpen, string? about = null)
        {
            if (place > 0)
            {
                _open[place - 1].Continue(step, about);
            }
            else if (place == 0 && isOpen)
            {
                _open.Add(new(step, about));
                place = _open.Count;
            }
            else
            {
                place = -1;
            }
        }
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
