using System.Collections.Frozen;
using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>What rules may ask about: the attributes a host keeps, and the columns that are computed.</summary>
/// <remarks>Events, attitudes, memberships and the rest of a customer's facts need no declaration. Immutable and thread-safe.</remarks>
public sealed class SignalSchema
{
    private readonly FrozenDictionary<string, ColumnDefinition> _columns;

    private SignalSchema(AttributeSchema attributes, ValueList<ColumnDefinition> columns)
    {
        (Attributes, Columns) = (attributes, columns);
        _columns = columns.ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>Gets the schema that declares nothing.</summary>
    public static SignalSchema Empty { get; } = Of(AttributeSchema.Of());

    /// <summary>Gets the attributes.</summary>
    public AttributeSchema Attributes { get; }

    /// <summary>Gets the columns, in the order they were given.</summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; }

    /// <summary>Makes a schema.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="columns">The columns, each name once.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A column is null, or a name stands twice; all such are named.</exception>
    public static SignalSchema Of(AttributeSchema attributes, params IEnumerable<ColumnDefinition> columns)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var list = ValueList<ColumnDefinition>.Of(columns, nameof(columns));
        string[] twice = [.. list.GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)];
        return twice.Length == 0 ? new(attributes, list) : throw new ArgumentException(
            $"Each column is declared once; {string.Join(", ", twice)} stands more often.", nameof(columns));
    }

    /// <summary>Gives the definition of a column.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The definition, or null where there is none of that name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ColumnDefinition? FindColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _columns.GetValueOrDefault(name);
    }
}
