using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>A feature with the mean and the standard deviation that its values, transformed, had in a base.</summary>
/// <remarks>Standardised values are (transformed − mean) / deviation. Compared by value. Immutable and thread-safe.</remarks>
public sealed record FeatureScale
{
    /// <summary>The greatest value of a feature, either way: what squares of differences can be made of.</summary>
    internal const double Greatest = 1e100;

    private readonly Feature _feature = null!;
    private readonly double _mean;
    private readonly double _deviation;

    /// <summary>Gets the feature.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">What stands in for missing values has no logarithm, where that is taken.</exception>
    public required Feature Feature
    {
        get => _feature;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Feature));
            value.CheckMissing(nameof(Feature));
            _feature = value;
        }
    }

    /// <summary>Gets the mean of the transformed values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public required double Mean
    {
        get => _mean;
        init => _mean = Guard.InRange(value, -Greatest, Greatest, "", nameof(Mean));
    }

    /// <summary>Gets the standard deviation of the transformed values, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and above 0.</exception>
    public required double Deviation
    {
        get => _deviation;
        init => _deviation = Guard.Positive(value, "A feature that does not vary tells nobody apart.", nameof(Deviation));
    }

    /// <summary>Gives mean and deviation.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Feature}: mean {Mean}, deviation {Deviation}");

    /// <summary>A value as it counts, or why it does not: null for a good one.</summary>
    internal static string? Transformed(Feature feature, double value, out double transformed)
    {
        double known = double.IsNaN(value) ? feature.Missing ?? value : value;
        bool isLog = feature.Transform == FeatureTransform.Log1P;
        bool isGood = Math.Abs(known) <= Greatest && !(isLog && known < 0);
        transformed = !isGood ? double.NaN : isLog ? ElementaryFunctions.Log1P(known) : known;
        return isGood ? null
            : double.IsNaN(known) ? "a number, or a feature that states what stands in for a missing one"
            : isLog ? "a number from 0 to 1e100, since its logarithm is taken"
            : "a number from -1e100 to 1e100";
    }

    /// <summary>A value as it came, of one in deviations from the mean.</summary>
    internal double Original(double standardised)
    {
        double transformed = Mean + (Deviation * standardised);
        return Feature.Transform == FeatureTransform.Log1P ? Math.Exp(transformed) - 1 : transformed;
    }

    /// <summary>A value as it came in deviations from the mean.</summary>
    internal double StandardisedOf(double original) =>
        Standardised(Feature.Transform == FeatureTransform.Log1P ? ElementaryFunctions.Log1P(Math.Max(0, original)) : original);

    /// <summary>A transformed value in deviations from the mean; what is beyond all measure is cut, so that its square stays finite.</summary>
    internal double Standardised(double transformed) => Math.Clamp((transformed - Mean) / Deviation, -Greatest, Greatest);
}
