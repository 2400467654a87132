namespace Crm.Core.Segments;

/// <summary>A feature with its values of many customers.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Values">The values in its unit, a customer each; NaN where missing.</param>
public readonly record struct FeatureColumn(Feature Feature, ReadOnlyMemory<double> Values)
{
    /// <summary>Gives how many values there are.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Values.Length} {Plural.Of(Values.Length, "value")} of a {Feature}");
}
