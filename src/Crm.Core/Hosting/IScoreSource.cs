namespace Crm.Core.Hosting;

/// <summary>Where the computed scores of customers are found: what the profile needs of it, and no more.</summary>
/// <remarks>Members may be called by several threads at once.</remarks>
public interface IScoreSource
{
    /// <summary>Finds the score of a customer that was known from a point of view: of the runs by <see cref="AsOf.KnownAt"/> the latest.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="asOf">The point of view.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The score, or why there is none: above all whether the point of view lies before everything that is kept.</returns>
    ValueTask<ScoreAnswer> FindAsync(CustomerId customer, AsOf asOf, CancellationToken cancellationToken);
}
