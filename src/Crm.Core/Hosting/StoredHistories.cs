using System.Runtime.CompilerServices;
using System.Text.Json;
using Crm.Core.Histories;
using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>What the states of the histories in a model store hold of a person: shown, and taken out.</summary>
/// <remarks>
/// <para>
/// <see cref="CrmRefresh"/> keeps a state of the histories with the run that is shown, so that the next day needs only what is new. It is personal data in a form
/// the store cannot read. Here the one customer is taken out of it and everybody else stays as they are, so that an erasure does not cost the
/// next refresh a reading of everything. A refresh that is under way is made to begin again.
/// </para>
/// <para>
/// <c>AddCrmCore</c> puts it among the stores that erasure and export reach. Who makes a <see cref="CustomerErasure"/> by hand gives it this one too; it is
/// erased from first, since it looks into the interactions. As thread-safe as the stores it is given.
/// </para>
/// </remarks>
public sealed class StoredHistories : IPersonalDataStore
{
    private const int Tries = 20;

    private static readonly HostingJsonContext _context = new(HostingJson.Options());

    private readonly IScoreStore _scores;
    private readonly IModelStore _models;
    private readonly IInteractionStore _interactions;

    /// <summary>Initializes a new instance of the <see cref="StoredHistories"/> class.</summary>
    /// <param name="scores">Where the runs are kept.</param>
    /// <param name="models">Where their artefacts are kept.</param>
    /// <param name="interactions">Where the purchases are.</param>
    /// <exception cref="ArgumentNullException">A store is null.</exception>
    public StoredHistories(IScoreStore scores, IModelStore models, IInteractionStore interactions)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(interactions);
        (_scores, _models, _interactions) = (scores, models, interactions);
    }

    /// <inheritdoc/>
    public string DataName => "histories";

    /// <inheritdoc/>
    public async ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        int removed = 0;
        var done = new HashSet<RunId>();
        for (bool more = true; more;)
        {
            // Again until nothing is new: a run that was under way may have been shown meanwhile, with a state that was read before.
            more = false;
            foreach (Stored<ScoreRun> run in await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false))
            {
                if (run.Value.PublishedAt is null)
                {
                    // The mark it began with goes too, by which the refresh sees that what it has read is of yesterday.
                    await _models.RemoveAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
                }
                else if (done.Add(run.Value.Id))
                {
                    more = true;
                    removed += await TakeOutAsync(run, customer, cancellationToken).ConfigureAwait(false) ? 1 : 0;
                }
            }
        }

        return new() { Store = DataName, Removed = removed };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Stored<ScoreRun> run in await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await FindAsync(_models, run.Value.Id, cancellationToken).ConfigureAwait(false) is { } state && state.Has(customer))
            {
                yield return new("history", JsonSerializer.Serialize(HeldHistory.Of(run.Value.Id, state, customer), _context.HeldHistory));
            }
        }
    }

    /// <summary>Finds the state of a run; null where there is none, or none that can be read.</summary>
    internal static async ValueTask<HistoryState?> FindAsync(IModelStore models, RunId run, CancellationToken cancellationToken)
    {
        if (await models.FindAsync(run, RunArtefact.Histories, cancellationToken).ConfigureAwait(false) is not { } artefact)
        {
            return null;
        }

        try
        {
            return HistoryState.Load(new MemoryStream(artefact.Content.ToArray(), writable: false));
        }
        catch (InvalidDataException)
        {
            return null; // cut short, or of a later version: what it was made of is there to be read again
        }
    }

    internal static async ValueTask SaveAsync(IModelStore models, RunId run, HistoryState state, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        state.Save(content);
        await models.SaveAsync(new() { Run = run, Name = RunArtefact.Histories, Content = content.ToArray() }, cancellationToken).ConfigureAwait(false);
    }

    private static InteractionQuery AnyOf(CustomerId customer) => new()
    {
        Customer = customer,
        AsOf = AsOf.Hindsight(NodaTime.Instant.MaxValue),
        Kinds = [InteractionKind.Purchase, InteractionKind.Return],
        Limit = 1,
    };

    private async ValueTask<bool> TakeOutAsync(Stored<ScoreRun> run, CustomerId customer, CancellationToken cancellationToken)
    {
        RunId id = run.Value.Id;
        if (await FindAsync(_models, id, cancellationToken).ConfigureAwait(false) is not { } state)
        {
            // What nobody can read nobody can take one person out of.
            if (await _models.FindAsync(id, RunArtefact.Histories, cancellationToken).ConfigureAwait(false) is not null)
            {
                await DropAsync(id, cancellationToken).ConfigureAwait(false);
            }

            return false;
        }

        bool isIn = state.Has(customer);
        if (await ConcernsOthersAsync(run.Value, customer, isIn, cancellationToken).ConfigureAwait(false))
        {
            await DropAsync(id, cancellationToken).ConfigureAwait(false);
        }
        else if (isIn)
        {
            await SaveConfirmedAsync(run, state.Without([customer], cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return isIn;
    }

    /// <summary>
    /// Another erasure may have read the state before this one wrote it, and write it back with this person in it; a refresh may have removed the run. Each who
    /// wrote saves the run in the version it saw: whoever comes second finds a conflict and drops the state, which then holds nobody.
    /// </summary>
    private async ValueTask SaveConfirmedAsync(Stored<ScoreRun> run, HistoryState state, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(_models, run.Value.Id, state, cancellationToken).ConfigureAwait(false);
            await _scores.SaveAsync(run, [], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception wrong)
        {
            // Not to be cancelled: between what is written, or may be written yet, and this nobody knows whom it holds.
            await DropAsync(run.Value.Id, CancellationToken.None).ConfigureAwait(false);
            if (wrong is not ConcurrencyConflictException)
            {
                throw;
            }
        }
    }

    /// <summary>
    /// Removes a state, has the run in another version, and removes it again: who has read the state before and writes it back finds a conflict, and who looks after
    /// that finds none.
    /// </summary>
    private async ValueTask DropAsync(RunId run, CancellationToken cancellationToken)
    {
        await _models.RemoveAsync(run, RunArtefact.Histories, cancellationToken).ConfigureAwait(false);
        bool isNew = false;
        for (int left = Tries; !isNew; left--)
        {
            var runs = await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (runs.FirstOrDefault(stored => stored.Value.Id == run) is { } found)
                {
                    // What is shown is of before: somebody whose purchases were counted as another's may have no score by which the erasure would mark it.
                    await _scores.SaveAsync(found with { Value = found.Value with { ErasedSince = found.Value.ErasedSince + 1 } }, [], cancellationToken).ConfigureAwait(false);
                }

                isNew = true;
            }
            catch (ConcurrencyConflictException) when (left > 1)
            {
                // Somebody else has just made a new version: try again.
            }
        }

        await _models.RemoveAsync(run, RunArtefact.Histories, cancellationToken).ConfigureAwait(false);
        await _models.RemoveAsync(run, RunArtefact.Corrected, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the erasure changes the histories of others, so that nothing but reading everything mends them: what the state has counted as
    /// another's was given to this customer since, and goes with them. That cannot be seen any more where the interactions are erased already.
    /// </summary>
    private async ValueTask<bool> ConcernsOthersAsync(ScoreRun run, CustomerId customer, bool isIn, CancellationToken cancellationToken)
    {
        if (isIn && (await _interactions.ReadAsync(AnyOf(customer), cancellationToken).ConfigureAwait(false)).Items.Count == 0)
        {
            return true;
        }

        await foreach (StoredInteraction stored in _interactions.ReadAppendedAsync(run.ReadThrough, cancellationToken).ConfigureAwait(false))
        {
            if (stored.Interaction.Customer == customer && stored.Interaction.Corrects != InteractionId.None)
            {
                return true;
            }
        }

        return false;
    }
}
