using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What the corrections among interactions that come in correct: in the store, and among what comes with them.</summary>
internal sealed class IntakeCorrections
{
    private readonly ValueList<Interaction> _all;
    private readonly Dictionary<InteractionId, IReadOnlyList<Interaction>> _kept;

    private IntakeCorrections(ValueList<Interaction> all, Dictionary<InteractionId, IReadOnlyList<Interaction>> kept) => (_all, _kept) = (all, kept);

    internal static async ValueTask<IntakeCorrections> OfAsync(IInteractionStore store, ValueList<Interaction> all, CancellationToken cancellationToken)
    {
        var kept = new Dictionary<InteractionId, IReadOnlyList<Interaction>>();

        foreach (InteractionId original in all.Select(interaction => interaction.Corrects).Where(id => id != InteractionId.None).Distinct())
        {
            kept.Add(original, await store.ReadStatesAsync(original, cancellationToken).ConfigureAwait(false));
        }

        return new(all, kept);
    }

    /// <summary>Names the corrections of what another source told, or nobody yet.</summary>
    internal void Check(IntakeSchema schema, RowFaultList faults)
    {
        if (_kept.Count == 0)
        {
            return;
        }

        var told = _all.Where(interaction => interaction.Corrects == InteractionId.None).GroupBy(interaction => interaction.Id)
            .ToDictionary(group => group.Key, group => group.First());
        foreach (var (row, interaction) in _all.Index())
        {
            // One that is kept already was let in once; what it corrects may have been erased since.
            if (interaction.Corrects == InteractionId.None || schema.Find(interaction.Source) is not { } source
                || _kept[interaction.Corrects].Any(state => state.Id == interaction.Id && state.SaysTheSameAs(interaction)))
            {
                continue;
            }

            Interaction? original = _kept[interaction.Corrects].FirstOrDefault(state => state.Corrects == InteractionId.None) ?? told.GetValueOrDefault(interaction.Corrects);
            if (original is null && !source.MayCorrectEarly)
            {
                faults.Add(row, nameof(Interaction.Corrects), $"one that has not come", "one that has, or comes with it; see IntakeSource.MayCorrectEarly");
            }
            else if (original is not null && original.Source != source.Source && !source.MayCorrect.Contains(original.Source))
            {
                faults.Add(row, nameof(Interaction.Corrects), $"one that {original.Source} told", $"one that {source.Source} told; see IntakeSource.MayCorrect");
            }
        }
    }

    /// <summary>
    /// Dates all by the clock here, each a nanosecond after the one before it in the list and the last now, so that of what happened at one moment the order is known; a
    /// correction after those of the same thing that are kept.
    /// </summary>
    internal Interaction[] Dated(Instant now)
    {
        var dated = new Interaction[_all.Count];
        var last = new Dictionary<InteractionId, Instant>();
        foreach (var (original, states) in _kept)
        {
            last[original] = states.Where(state => state.Corrects != InteractionId.None).Select(state => state.RecordedAt).DefaultIfEmpty(Instant.MinValue).Max();
        }

        foreach (var (row, interaction) in _all.Index())
        {
            Instant at = now - Duration.FromNanoseconds(_all.Count - 1 - row);
            if (interaction.Corrects != InteractionId.None)
            {
                Instant before = last[interaction.Corrects];
                last[interaction.Corrects] = at = at > before ? at : before + Duration.Epsilon;
            }

            dated[row] = interaction with { RecordedAt = at };
        }

        return dated;
    }
}
