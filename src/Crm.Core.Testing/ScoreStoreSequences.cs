using Crm.Core.Hosting;
using Crm.Core.Testing.Sequences;

namespace Crm.Core.Testing;

/// <summary>Random sequences of operations on an <see cref="IScoreStore"/>, compared with a plain model after every step.</summary>
/// <remarks>
/// What no rule thought of. The model keeps lists and looks at all of them for every answer. Operations are drawn by a seed, the same ones
/// every time; a sequence that fails is shortened as far as it goes on failing. Thread-safe.
/// </remarks>
public static class ScoreStoreSequences
{
    private static readonly SequenceRunner<IScoreStore, ScoreModel> _runner = new(nameof(IScoreStore), ScoreSteps.Draw, ScoreSteps.CompareAsync);

    /// <summary>Tries sequences.</summary>
    /// <param name="newStore">Gives a store to try them on, over empty or shared storage.</param>
    /// <param name="options">How many, and which; the defaults of <see cref="SequenceOptions"/> where null.</param>
    /// <param name="cancellationToken">Stops the trial.</param>
    /// <returns>When the store has answered all of them as the model does.</returns>
    /// <exception cref="SequenceException">The store and the model differ.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="newStore"/> is null.</exception>
    public static Task RunAsync(Func<Task<IScoreStore>> newStore, SequenceOptions? options = null, CancellationToken cancellationToken = default) =>
        _runner.RunAsync(newStore, options ?? new(), cancellationToken);
}
