using System.Globalization;
using System.Text;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Portfolio;

/// <summary>Where customers will stand after some time, as a fitted model expects: by what they will have bought in it.</summary>
/// <remarks>
/// <para>
/// A customer's tier then is that of what they spend in the time ahead, by the thresholds of the pyramid; who buys nothing is inactive. How probable each is, <see cref="SpendAhead"/> says.
/// </para>
/// <para>
/// An interval holds chance, each customer going their own way, and the uncertainty of the parameters. It is conditional on the model: where the season or the times change, what happens may lie outside,
/// and <see cref="Against"/> shows it. How uncertain the parameters leave a number is worked out when the first is asked for, which takes some times as long as the numbers. Returns are not foreseen. Immutable
/// and thread-safe.
/// </para>
/// </remarks>
public sealed class ExpectedMigration
{
    private readonly TierForecast _forecast;
    private readonly Dictionary<Tier, int> _places;

    private ExpectedMigration(Pyramid before, TierForecast forecast)
    {
        Before = before;
        _forecast = forecast;
        Tiers = Array.AsReadOnly<Tier>([.. before.Scheme.Tiers.Select(tier => tier.Tier), Tier.Inactive]);
        _places = Tiers.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
    }

    /// <summary>Gets the pyramid before.</summary>
    public Pyramid Before { get; }

    /// <summary>Gets the tiers from the most valuable down: those of the scheme, and inactive.</summary>
    public IReadOnlyList<Tier> Tiers { get; }

    /// <summary>Gets who is expected to stand in a higher tier.</summary>
    public ExpectedCount Upgraders => _forecast.Up;

    /// <summary>Gets who is expected to stand in a lower tier, or to be inactive.</summary>
    public ExpectedCount Downgraders => _forecast.Down;

    /// <summary>Gets who is expected to stay in their tier.</summary>
    public ExpectedCount Stayers => _forecast.Stay;

    /// <summary>Gets the probability of each customer to stand in a higher tier, in the order of the pyramid; NaN for prospects and suspects, of whom the model knows nothing.</summary>
    public ReadOnlySpan<double> UpProbabilities => _forecast.UpOfRow;

    /// <summary>Gets how many are expected to go from one tier to another, or to stay.</summary>
    /// <param name="from">The tier before.</param>
    /// <param name="to">The tier then.</param>
    /// <exception cref="ArgumentException">There is no such tier.</exception>
    public ExpectedCount this[Tier from, Tier to] => _forecast[PlaceOf(from), PlaceOf(to)];

    /// <summary>Works out the migration that a model expects.</summary>
    /// <param name="before">The pyramid before, of thresholds, as <see cref="Pyramid.Kept"/> gives them; its active and inactive customers each have a history.</param>
    /// <param name="ahead">What its customers may spend over the time ahead, that over which what they spend is compared with the thresholds; from the histories on the day of the pyramid.</param>
    /// <param name="cancellationToken">Stops the work, which takes some 40 µs a customer.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The pyramid is not of thresholds, a row stands for several customers, or a customer of the pyramid has no history.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is so long that more than 5,000 purchases of a customer are expected.</exception>
    /// <exception cref="CurrencyMismatchException">The pyramid's measure is in another currency.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static ExpectedMigration Of(Pyramid before, SpendAhead ahead, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(ahead);
        if (ahead.Currency != Currency.None && before.Measure is { } measure && measure.Currency != Currency.None && measure.Currency != ahead.Currency)
        {
            throw new CurrencyMismatchException(measure.Currency, ahead.Currency);
        }

        if (before.Scheme.Cut != PyramidCut.Threshold)
        {
            throw new ArgumentException(
                $"The pyramid is cut by the scheme '{before.Scheme.Name}' of shares, and where a cut will lie then nobody knows. Give one of thresholds: before.Kept() has those of today.", nameof(before));
        }

        return new(before, TierForecast.Of(before, ahead, cancellationToken));
    }

    /// <summary>Holds what was expected against what happened.</summary>
    /// <param name="actual">The migration from the same pyramid to one after the time ahead, by the same scheme; who buys nothing in it is inactive there, and who is not in it any more counts as inactive too.</param>
    /// <param name="level">The level of the intervals, above 0 and below 1.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="actual"/> is null.</exception>
    /// <exception cref="ArgumentException">It is from another pyramid.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public MigrationComparison Against(Migration actual, double level = 0.90)
    {
        ArgumentNullException.ThrowIfNull(actual);
        IntervalBounds.Checked(level);
        if (!ReferenceEquals(actual.Before, Before) && !(actual.Before.Scheme.Tiers.SequenceEqual(Before.Scheme.Tiers) && actual.Before.TierOfRow.SequenceEqual(Before.TierOfRow)
            && actual.Before.Rows.All(row => Before.Rows.TryGetValue(row.Key, out int place) && place == row.Value)))
        {
            throw new ArgumentException("The migration is from another pyramid than the one the model was asked about. Compare from one and the same.", nameof(actual));
        }

        return new(this, actual, level);
    }

    /// <summary>Gives what is expected as a table: a row for each tier before, a column for each then.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("before \\ then ").AppendJoin("", Tiers.Select(tier => $" {tier.Name,10}")).AppendLine();
        for (int from = 0; from < Tiers.Count; from++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Tiers[from].Name,-13}");
            for (int to = 0; to < Tiers.Count; to++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {_forecast[from, to].Expected,10:N1}");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private int PlaceOf(Tier tier) => _places.TryGetValue(tier, out int place) ? place
        : throw new ArgumentException($"There is no tier {tier} here; there are {string.Join(", ", Tiers)}.", nameof(tier));
}
