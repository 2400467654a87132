using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What the rules of interaction stores do with a store.</summary>
internal static class InteractionTrials
{
    /// <summary>Gives a note that happened at noon and was recorded an hour later.</summary>
    internal static Interaction Note(this Trial<IInteractionStore> trial, string name, string customer = "ada") => new()
    {
        Id = trial.Interaction(name),
        Customer = trial.Customer(customer),
        At = trial.Noon,
        RecordedAt = trial.Noon + Duration.FromHours(1),
        Source = trial.Source,
        Detail = new NoteDetail { Text = name },
    };

    /// <summary>Gives a note that takes the place of another interaction, recorded some hours after noon.</summary>
    internal static Interaction Correction(this Trial<IInteractionStore> trial, string name, Interaction of, int recordedAfter = 5) => of with
    {
        Id = trial.Interaction(name),
        Corrects = of.Original,
        RecordedAt = trial.After(recordedAfter),
        Detail = new NoteDetail { Text = name },
    };

    internal static async Task<AppendResult> Append(this Trial<IInteractionStore> trial, params IReadOnlyList<Interaction> interactions) =>
        await trial.Store.AppendAsync(interactions, trial.Token).ConfigureAwait(false);

    internal static async Task Appends(this Trial<IInteractionStore> trial, int appended, int alreadyThere, params IReadOnlyList<Interaction> interactions)
    {
        AppendResult result = await trial.Append(interactions).ConfigureAwait(false);
        Expect.Count(appended, result.Appended, "interactions stated as new");
        Expect.Count(alreadyThere, result.AlreadyThere, "interactions stated as there already");
    }

    internal static InteractionQuery Query(this Trial<IInteractionStore> trial, string customer = "ada") =>
        new() { Customer = trial.Customer(customer), AsOf = AsOf.Hindsight(Instant.MaxValue), Limit = InteractionQuery.MostOnAPage };

    /// <summary>Reads a whole timeline, page by page.</summary>
    internal static async Task<List<Interaction>> ReadAll(this Trial<IInteractionStore> trial, InteractionQuery query)
    {
        var found = new List<Interaction>();
        for (PageEnd? after = null; ;)
        {
            InteractionPage page = await trial.Store.ReadAsync(query with { After = after }, trial.Token).ConfigureAwait(false);
            Expect.True(page.Items.Count <= query.Limit, FormattableString.Invariant($"at most {query.Limit} interactions on a page"), FormattableString.Invariant($"there are {page.Items.Count}"));
            Expect.True(
                after is not { } before || page.Items.Count == 0 || before.IsBefore(page.Items[0]), "a page that begins after the end of the one before", "it begins before");
            found.AddRange(page.Items);
            if (page.End is not { } end)
            {
                return found;
            }

            Expect.True(page.Items.Count == query.Limit, "a page that is full, where another follows", FormattableString.Invariant($"it holds {page.Items.Count} of {query.Limit}"));
            Expect.True(page.Items.Count > 0 && end == new PageEnd(page.Items[^1].At, page.Items[^1].Id), "the end of a page at its last interaction", "it is elsewhere");
            after = end;
        }
    }

    /// <summary>That a query gives these interactions, in this order, each whole.</summary>
    internal static async Task Shows(this Trial<IInteractionStore> trial, InteractionQuery query, string what, params IReadOnlyList<Interaction> expected) =>
        Expect.Same(expected, await trial.ReadAll(query).ConfigureAwait(false), what);

    /// <summary>That the timeline of someone, with all that is known now, holds these interactions.</summary>
    internal static Task Shows(this Trial<IInteractionStore> trial, string what, params IReadOnlyList<Interaction> expected) =>
        trial.Shows(trial.Query(), what, expected);

    internal static async Task StatesAre(this Trial<IInteractionStore> trial, InteractionId original, string what, params IReadOnlyList<Interaction> expected) =>
        Expect.Same(expected, await trial.Store.ReadStatesAsync(original, trial.Token).ConfigureAwait(false), what);

    /// <summary>Reads what this trial appended, in the order it was.</summary>
    internal static async Task<List<StoredInteraction>> ReadLog(this Trial<IInteractionStore> trial, StorePosition after = default) =>
        await trial.Store.ReadAppendedAsync(after, trial.Token).Where(stored => trial.IsMine(stored.Interaction.Customer)).ToListAsync(trial.Token).ConfigureAwait(false);

    internal static async Task LogIs(this Trial<IInteractionStore> trial, string what, params IReadOnlyList<Interaction> expected) =>
        Expect.Same(expected, [.. (await trial.ReadLog().ConfigureAwait(false)).Select(stored => stored.Interaction)], what);

    internal static async Task Refuses(
        this Trial<IInteractionStore> trial, string when, IReadOnlyList<InteractionId> otherwise, IReadOnlyList<InteractionId> chained, params IReadOnlyList<Interaction> interactions)
    {
        var conflict = await Expect.Throws<InteractionConflictException>(async () => await trial.Append(interactions).ConfigureAwait(false), when).ConfigureAwait(false);
        Expect.Set(otherwise, conflict.SaysOtherwise.Distinct(), "ids named as there with another content");
        Expect.Set(chained, conflict.CorrectsACorrection.Distinct(), "ids named as correcting a correction");
    }
}
