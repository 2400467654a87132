using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What it cost to serve each customer: the costs of the interactions of a window, summed exactly, each currency by itself.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CostToServe
{
    private const double DaysOfAYear = 365.25;

    private readonly Dictionary<CustomerId, CurrencySums> _sums;

    private CostToServe(Instant from, Instant before, AsOf asOf, Dictionary<CustomerId, CurrencySums> sums)
    {
        From = from;
        Before = before;
        AsOf = asOf;
        _sums = sums;
    }

    /// <summary>Gets the first moment that counts.</summary>
    public Instant From { get; }

    /// <summary>Gets the first moment that counts no more.</summary>
    public Instant Before { get; }

    /// <summary>Gets the point of view.</summary>
    public AsOf AsOf { get; }

    /// <summary>Gets a fingerprint of all sums: 32 hexadecimal digits that are the same for the same costs of the same customers.</summary>
    public string Fingerprint => field ??= Hash();

    /// <summary>Gets how many customers have a cost, be it 0.</summary>
    public int Customers => _sums.Count;

    /// <summary>Gets what serving a customer cost, one amount a currency in the order of codes; empty where nothing is known to have cost anything.</summary>
    /// <param name="customer">The customer.</param>
    public IReadOnlyList<Money> this[CustomerId customer] => _sums.TryGetValue(customer, out CurrencySums? sums) ? sums.InOrder() : ValueList<Money>.None;

    /// <summary>Reads all interactions and sums their costs.</summary>
    /// <remarks>
    /// The store is read twice from its start: first for what is corrected, then for the rest. Memory grows with the customers and with what
    /// was corrected, not with the interactions.
    /// </remarks>
    /// <param name="interactions">Where the interactions are.</param>
    /// <param name="from">The first moment that counts.</param>
    /// <param name="before">The first moment that counts no more; after <paramref name="from"/>.</param>
    /// <param name="asOf">The point of view: corrections and retractions that are known by then count.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interactions"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The window ends before it begins, or is empty.</exception>
    /// <exception cref="OverflowException">A sum is beyond the range of <see cref="decimal"/>.</exception>
    /// <exception cref="StoreContractException">The store gives one position twice: what it cost would count twice.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static ValueTask<CostToServe> OfAsync(
        IInteractionStore interactions, Instant from, Instant before, AsOf asOf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        if (before <= from)
        {
            throw new ArgumentOutOfRangeException(nameof(before), string.Create(CultureInfo.InvariantCulture, $"A window ends after it begins ({from}); this one ends at {before}."));
        }

        return OfAsync(interactions, from, before, asOf, null, cancellationToken);
    }

    /// <summary>Sums costs of what was appended through a position; null for the end.</summary>
    internal static async ValueTask<CostToServe> OfAsync(
        IInteractionStore interactions, Instant from, Instant before, AsOf asOf, StorePosition? through, CancellationToken cancellationToken)
    {
        if (through == StorePosition.Start)
        {
            return new(from, before, asOf, []);
        }

        var corrected = new Dictionary<InteractionId, Interaction>();
        StorePosition last = StorePosition.Start;
        await foreach (StoredInteraction stored in interactions.ReadEachOnceAsync(StorePosition.Start, cancellationToken).ConfigureAwait(false))
        {
            last = stored.Position;
            if (stored.Interaction.Corrects != InteractionId.None && stored.Interaction.RecordedAt <= asOf.KnownAt)
            {
                EffectiveInteractions.Keep(corrected, stored.Interaction);
            }

            if (stored.Position == through)
            {
                break;
            }
        }

        var sums = new Dictionary<CustomerId, CurrencySums>();
        if (last != StorePosition.Start)
        {
            await foreach (StoredInteraction stored in interactions.ReadEachOnceAsync(StorePosition.Start, cancellationToken).ConfigureAwait(false))
            {
                if (stored.Interaction.Corrects == InteractionId.None && !corrected.ContainsKey(stored.Interaction.Id))
                {
                    Add(sums, stored.Interaction, from, before, asOf);
                }

                if (stored.Position == last)
                {
                    break; // what came meanwhile may correct what is counted already
                }
            }
        }

        foreach (Interaction state in corrected.Values)
        {
            Add(sums, state, from, before, asOf);
        }

        return new(from, before, asOf, sums);
    }

    /// <summary>Gives what serving a customer cost, in one currency.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="currency">The currency.</param>
    /// <returns>The sum, 0 where nothing is known to have cost anything.</returns>
    /// <exception cref="CurrencyMismatchException">Something was paid in another currency; both are named.</exception>
    public Money Of(CustomerId customer, Currency currency)
    {
        Money sum = Money.Of(0, currency);
        foreach (Money amount in this[customer])
        {
            sum += amount;
        }

        return sum;
    }

    /// <summary>
    /// Gives what each customer of a base costs a year, for <c>CustomerValues.Of</c>: the sum of the window divided by its length in years
    /// of 365.25 days. Who came during the window counts as one who cost nothing before.
    /// </summary>
    /// <param name="histories">The base, one customer a row.</param>
    /// <returns>The costs in the currency of the base, row by row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="ArgumentException">A row stands for several customers, so that nobody can say which.</exception>
    /// <exception cref="CurrencyMismatchException">Something was paid in another currency than that of the base; both are named.</exception>
    public double[] PerYear(PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        if (histories.CustomerCount != histories.Count)
        {
            throw new ArgumentException("A row of the histories stands for several customers. Give histories with one customer a row.", nameof(histories));
        }

        double years = (Before - From).TotalDays / DaysOfAYear;
        var costs = new double[histories.Count];
        for (int row = 0; row < costs.Length; row++)
        {
            costs[row] = (double)Of(histories.Ids[row], histories.Currency).Amount / years;
        }

        return costs;
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (customer, sums) in _sums.OrderBy(entry => entry.Key))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{customer}\0{string.Join(' ', sums.InOrder())}\0")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static void Add(Dictionary<CustomerId, CurrencySums> sums, Interaction interaction, Instant from, Instant before, AsOf asOf)
    {
        if (interaction.Cost is { } cost && interaction.Kind != InteractionKind.Retraction && interaction.RecordedAt <= asOf.KnownAt
            && interaction.At >= from && interaction.At < before && interaction.At <= asOf.TrueAt)
        {
            (sums.TryGetValue(interaction.Customer, out CurrencySums? own) ? own : sums[interaction.Customer] = new()).Add(cost);
        }
    }
}
