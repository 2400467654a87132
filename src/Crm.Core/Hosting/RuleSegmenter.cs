using System.Collections.Frozen;
using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>Segments by rules about the scores themselves: value, P(alive), tier, how often and how long ago.</summary>
/// <remarks>
/// For rules about what customers did and what is on record there is <see cref="SegmentTracker"/>. Immutable and thread-safe.
/// </remarks>
public sealed class RuleSegmenter : ICustomerSegmenter
{
    private static readonly string[] _money = ["value", "spent"];

    private readonly SegmentBook _book;

    /// <summary>Initializes a new instance of the <see cref="RuleSegmenter"/> class.</summary>
    /// <param name="book">The segments. Their rules ask about columns of <see cref="ColumnsOf"/> only.</param>
    /// <exception cref="ArgumentNullException"><paramref name="book"/> is null.</exception>
    /// <exception cref="ArgumentException">A rule asks about something else; all of it is named.</exception>
    public RuleSegmenter(SegmentBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var known = Columns(null).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        Signal[] others = [.. book.Signals.Where(signal => signal is not ColumnSignal column || !known.Contains(column.Name))];
        if (others.Length > 0)
        {
            throw new ArgumentException(
                $"A score does not say {string.Join("; ", others.Select(signal => signal.ToString()))}. It says {string.Join(", ", known)}.", nameof(book));
        }

        (_book, Segments) = (book, ValueList<Segment>.Of(book.Definitions.Select(definition => definition.Segment), nameof(book)));
        Rules = book.ToJson();
        Currency = _money.Select(name => book.Signals.OfType<ColumnSignal>().FirstOrDefault(signal => signal.Name == name)?.Unit).OfType<string>().Select(Core.Currency.Of).Cast<Currency?>().FirstOrDefault();
    }

    /// <inheritdoc/>
    public Currency? Currency { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Segment> Segments { get; }

    /// <inheritdoc/>
    public string Rules { get; }

    /// <summary>Gives the columns that a score has: "value", "p-alive", "tier", "occasions", "spent", "last-purchase".</summary>
    /// <param name="currency">The currency of value and spend; null where the purchases have none.</param>
    /// <returns>What the rules may ask about.</returns>
    public static SignalSchema ColumnsOf(Currency? currency) => SignalSchema.Of(Customers.AttributeSchema.Of(), Columns(currency?.ToString()));

    /// <inheritdoc/>
    public IEnumerable<SegmentId> SegmentsOf(CustomerScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return _book.SegmentsOf(new()
        {
            Id = score.Customer,
            Day = score.LastPurchase, // no rule about a score asks what day it is
            Columns = ValuesOf(score),
        });
    }

    /// <summary>What a score says, by column.</summary>
    internal static Dictionary<string, ColumnValue> ValuesOf(CustomerScore score) => new(StringComparer.Ordinal)
    {
        ["value"] = ColumnValue.Of(score.Value),
        ["p-alive"] = ColumnValue.Of(score.ProbabilityAlive),
        ["tier"] = ColumnValue.Of(score.Tier.ToString()),
        ["occasions"] = ColumnValue.Of(score.Occasions),
        ["spent"] = ColumnValue.Of(score.Spent),
        ["last-purchase"] = ColumnValue.Of(score.LastPurchase),
    };

    /// <summary>That nothing is known of any column.</summary>
    internal static IReadOnlyDictionary<string, ColumnValue> NoValues { get; } = Columns(null).ToFrozenDictionary(column => column.Name, _ => default(ColumnValue), StringComparer.Ordinal);

    private static IEnumerable<ColumnDefinition> Columns(string? currency) =>
    [
        ColumnDefinition.Number("value", currency), ColumnDefinition.Number("p-alive"), ColumnDefinition.Text("tier"), ColumnDefinition.Number("occasions"),
        ColumnDefinition.Number("spent", currency), new() { Name = "last-purchase", Kind = Customers.AttributeKind.Day },
    ];
}
