using System.Diagnostics.CodeAnalysis;

namespace Crm.Core.Segments;

/// <summary>One thing that customers are compared by: its name, its unit, and how its values are read.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record Feature
{
    private readonly string _name = "";
    private readonly string _unit = "";
    private readonly string? _more;
    private readonly string? _less;
    private readonly double? _missing;

    /// <summary>Gets the name, unique in a table: "spend". 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public required string Name
    {
        get => _name;
        init => _name = StoredText.Line(value);
    }

    /// <summary>Gets the unit of the values: "EUR", "days"; empty by default, for a bare number.</summary>
    /// <exception cref="ArgumentException">The text is too long, or cannot be stored as it is.</exception>
    [AllowNull]
    public string Unit
    {
        get => _unit;
        init => _unit = StoredText.Body(value ?? ""); // absent from a saved feature
    }

    /// <summary>Gets what is done to values before they are compared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no transform.</exception>
    public FeatureTransform Transform
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Transform), "There is no such transform. Give None or Log1P.");
    }

    /// <summary>Gets what stands in for a value that is missing (NaN), in the unit of the feature. Null, the default, refuses it by name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? Missing
    {
        get => _missing;
        init => _missing = value is { } standIn ? Guard.InRange(standIn, -FeatureScale.Greatest, FeatureScale.Greatest, "", nameof(Missing)) : null;
    }

    /// <summary>Gets what customers with more of it do: "spends more". Null says "higher" and the name.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? More
    {
        get => _more;
        init => _more = StoredText.LineOrNull(value);
    }

    /// <summary>Gets what customers with less of it do: "bought more recently" of days since the last purchase. Null says "lower" and the name.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Less
    {
        get => _less;
        init => _less = StoredText.LineOrNull(value);
    }

    /// <summary>Gives this feature with its values of many customers.</summary>
    /// <param name="values">The values in the feature's unit, a customer each; NaN where missing.</param>
    /// <returns>The column. The values are not copied.</returns>
    public FeatureColumn Of(ReadOnlyMemory<double> values) => new(this, values);

    /// <summary>Refuses a stand-in that has no logarithm: it would be wrong of every customer that it stands in for.</summary>
    internal void CheckMissing(string parameter)
    {
        if (Transform == FeatureTransform.Log1P && Missing < 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The feature '{Name}' is compared by logarithms, and {Missing} stands in for its missing values. Give a stand-in of 0 or more (Missing)."),
                parameter);
        }
    }

    /// <summary>Gives the transform, neither name nor unit: a host may name a feature after what the law protects.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"feature ({Transform})";
}
