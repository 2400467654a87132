using System.Collections.ObjectModel;

namespace Crm.Core;

/// <summary>A list that cannot change and equals another of the same items in the same order, so that records that hold it compare by value.</summary>
internal sealed class ValueList<T> : ReadOnlyCollection<T>, IEquatable<ValueList<T>>
{
    private ValueList(T[] items)
        : base(items)
    {
    }

    internal static ValueList<T> None { get; } = new([]);

    internal static ValueList<T> Of(IEnumerable<T> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        if (items is ValueList<T> same)
        {
            return same;
        }

        T[] copy = [.. items];
        return Array.Exists(copy, item => item is null) ? throw new ArgumentException("An item of the list is null.", name)
            : copy.Length == 0 ? None : new(copy);
    }

    public bool Equals(ValueList<T>? other) => other is not null && (ReferenceEquals(this, other) || this.SequenceEqual(other));

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (T item in this)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
