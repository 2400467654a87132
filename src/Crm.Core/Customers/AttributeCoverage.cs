using NodaTime;

namespace Crm.Core.Customers;

/// <summary>How much is known of the customers, attribute by attribute: how many have a value, how fresh it is, where it comes from.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class AttributeCoverage
{
    private AttributeCoverage(AsOf asOf, long customers, ValueList<AttributeCoverageRow> attributes)
    {
        AsOf = asOf;
        Customers = customers;
        Attributes = attributes;
    }

    /// <summary>Gets the point of view.</summary>
    public AsOf AsOf { get; }

    /// <summary>Gets how many customers were read.</summary>
    public long Customers { get; }

    /// <summary>Gets the attributes: the declared ones in their order, whether anyone has them or not, then those nobody declared in ordinal order.</summary>
    public IReadOnlyList<AttributeCoverageRow> Attributes { get; }

    /// <summary>Reads every customer once and counts. It keeps nothing of a customer: memory grows with attributes, sources and days of age.</summary>
    /// <param name="store">Where the customers are.</param>
    /// <param name="schema">What attributes there are.</param>
    /// <param name="asOf">The point of view. Of each attribute the value that holds and came last counts, as <see cref="Customer.Attribute"/> gives it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException">The store or the schema is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async ValueTask<AttributeCoverage> OfAsync(
        ICustomerStore store, AttributeSchema schema, AsOf asOf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(schema);
        var tallies = schema.Definitions.ToDictionary(definition => definition.Id, definition => new Tally(definition.FreshFor));
        var latest = new Dictionary<AttributeId, AttributeFact>();
        long customers = 0;
        await foreach (Stored<Customer> customer in store.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            customers++;
            latest.Clear();
            foreach (AttributeFact fact in customer.Value.FactsOf<AttributeFact>(asOf))
            {
                if (!latest.TryGetValue(fact.Attribute, out AttributeFact? other) || !IsAfter(other, fact))
                {
                    latest[fact.Attribute] = fact;
                }
            }

            foreach (AttributeFact fact in latest.Values)
            {
                (tallies.TryGetValue(fact.Attribute, out Tally? tally) ? tally : tallies[fact.Attribute] = new(null)).Add(fact.Dates, asOf.TrueAt);
            }
        }

        IEnumerable<AttributeId> order = schema.Definitions.Select(definition => definition.Id).Concat(
            tallies.Keys.Where(id => schema.Find(id) is null).OrderBy(id => id.ToString(), StringComparer.Ordinal));
        return new(asOf, customers, ValueList<AttributeCoverageRow>.Of(
            order.Select(id => tallies[id].Row(id, schema.Find(id) is not null, customers)), nameof(store)));
    }

    /// <summary>Gives the report in words, a line for each attribute.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => string.Join('\n',
    [
        FormattableString.Invariant($"{Customers} customers, {Attributes.Count} attributes, as of {AsOf}."),
        .. Attributes.Select(row => row.ToString()),
    ]);

    private static bool IsAfter(AttributeFact fact, AttributeFact other) =>
        (fact.Dates.EffectiveFrom, fact.Dates.RecordedAt).CompareTo((other.Dates.EffectiveFrom, other.Dates.RecordedAt)) > 0;

    private sealed class Tally(Duration? freshFor)
    {
        private readonly SortedDictionary<int, long> _ages = []; // customers by whole days: the median needs no customer
        private readonly Dictionary<SourceId, long> _sources = [];
        private long _customers;
        private long _stale;

        internal void Add(FactDates dates, Instant now)
        {
            Duration age = Duration.Max(Duration.Zero, now - dates.RecordedAt);
            _customers++;
            _stale += age > freshFor ? 1 : 0;
            _ages[age.Days] = _ages.GetValueOrDefault(age.Days) + 1;
            _sources[dates.Source] = _sources.GetValueOrDefault(dates.Source) + 1;
        }

        internal AttributeCoverageRow Row(AttributeId attribute, bool isDeclared, long customers) => new()
        {
            Attribute = attribute,
            IsDeclared = isDeclared,
            Customers = _customers,
            Share = customers == 0 ? 0 : (double)_customers / customers,
            Stale = _stale,
            MedianAgeInDays = MedianAge(),
            Sources = [.. _sources.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.ToString(), StringComparer.Ordinal)
                .Select(entry => new AttributeSource(entry.Key, entry.Value))],
        };

        private int? MedianAge()
        {
            long before = 0;
            foreach (var (days, count) in _ages)
            {
                before += count;
                if (2 * before >= _customers)
                {
                    return days;
                }
            }

            return null;
        }
    }
}
