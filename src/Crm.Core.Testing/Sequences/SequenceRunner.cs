using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

/// <summary>Draws sequences, runs them against store and model, and shortens those that fail.</summary>
/// <param name="contract">The interface.</param>
/// <param name="draw">Draws a step.</param>
/// <param name="compare">Compares all that store and model hold.</param>
internal sealed class SequenceRunner<TStore, TModel>(
    string contract, Func<SeededChance, SequenceStep<TStore, TModel>> draw, Func<Scene<TStore, TModel>, Task> compare)
    where TStore : class
    where TModel : new()
{
    internal async Task RunAsync(Func<Task<TStore>> newStore, SequenceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(newStore);
        for (int first = 0; first < options.Sequences; first += options.Workers)
        {
            ulong[] seeds = [.. Enumerable.Range(first, Math.Min(options.Workers, options.Sequences - first)).Select(number => unchecked(options.Seed + (ulong)number))];
            var sequences = seeds.ToDictionary(seed => seed, seed => Sequence(seed, options.Length));
            if (await FailureAsync(newStore, sequences, cancellationToken).ConfigureAwait(false) is { } failed)
            {
                throw await ShortestAsync(newStore, sequences, failed, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private SequenceStep<TStore, TModel>[] Sequence(ulong seed, int length)
    {
        var chance = new SeededChance(seed);
        return [.. Enumerable.Range(0, length).Select(_ => draw(chance))];
    }

    /// <summary>Runs sequences side by side on one new store; gives the first that failed.</summary>
    private async Task<Failure?> FailureAsync(Func<Task<TStore>> newStore, Dictionary<ulong, SequenceStep<TStore, TModel>[]> sequences, CancellationToken token)
    {
        TStore store = await newStore().ConfigureAwait(false) ?? throw new ArgumentException("The function gave no store.", nameof(newStore));
        try
        {
            Failure?[] failures = await Task.WhenAll(sequences.Select(sequence => Task.Run(
                () => FailureOfAsync(sequence.Key, sequence.Value, store, token), CancellationToken.None))).WaitAsync(token).ConfigureAwait(false);
            return failures.FirstOrDefault(failure => failure is not null);
        }
        finally
        {
            await Disposal.Of(store).ConfigureAwait(false);
        }
    }

    private async Task<Failure?> FailureOfAsync(ulong seed, SequenceStep<TStore, TModel>[] steps, TStore store, CancellationToken token)
    {
        var scene = new Scene<TStore, TModel>(new(store, token), new());
        for (int i = 0; i < steps.Length; i++)
        {
            try
            {
                await steps[i].Run(scene).ConfigureAwait(false);
                await compare(scene).ConfigureAwait(false);
            }
            catch (BrokenPromise broken)
            {
                return new(seed, i + 1, broken.Expected, broken.Actual, null);
            }
            catch (Exception thrown) when (!token.IsCancellationRequested)
            {
                return new(seed, i + 1, "no exception", $"the store threw {thrown.GetType().Name}", thrown);
            }
        }

        return null;
    }

    // Leaves out halves, quarters, single steps, for as long as what is left still fails: the delta debugging of Zeller and Hildebrandt, 2002.
    private async Task<SequenceException> ShortestAsync(
        Func<Task<TStore>> newStore, Dictionary<ulong, SequenceStep<TStore, TModel>[]> sequences, Failure failure, CancellationToken token)
    {
        SequenceStep<TStore, TModel>[] steps = sequences[failure.Seed][..failure.Steps];
        for (int part = Math.Max(1, steps.Length / 2); ;)
        {
            bool isShorter = false;
            for (int from = 0; from < steps.Length && steps.Length > 1;)
            {
                SequenceStep<TStore, TModel>[] fewer = [.. steps[..from], .. steps[Math.Min(steps.Length, from + part)..]];
                var rest = new Dictionary<ulong, SequenceStep<TStore, TModel>[]>(sequences) { [failure.Seed] = fewer };
                if (fewer.Length > 0 && await FailureAsync(newStore, rest, token).ConfigureAwait(false) is { } again && again.Seed == failure.Seed)
                {
                    (failure, steps, isShorter) = (again, fewer[..again.Steps], true);
                }
                else
                {
                    from += part;
                }
            }

            if (part == 1 && !isShorter)
            {
                return new(contract, failure.Seed, [.. steps.Select(step => step.Words)], failure.Expected, failure.Actual, failure.Cause);
            }

            part = Math.Max(1, part / 2);
        }
    }

    private sealed record Failure(ulong Seed, int Steps, string Expected, string Actual, Exception? Cause);
}
