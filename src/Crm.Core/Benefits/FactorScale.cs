using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits;

/// <summary>How the values of a factor, in their own unit, are turned into what its weight counts: (value − origin) · (1 / step).</summary>
/// <remarks>
/// <para>
/// A scale is fitted once, on a reference population, and stored with the weights (<see cref="WeightBook"/>), so that scoring tomorrow
/// means what it meant today.
/// </para>
/// <para>
/// Out of range: a value beyond the reference range goes on along the same line. So the score stays linear in every factor, and willingness
/// to pay and break-even changes hold everywhere; <see cref="IsBeyond"/> tells such values. Missing: a value that is NaN is refused by name,
/// unless the scale states what stands in for it (<see cref="WithMissing"/>).
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed record FactorScale
{
    private FactorScale(FactorScaleKind kind, double origin, double step)
    {
        Kind = kind;
        Origin = origin;
        Step = step;
        PerUnit = 1 / step;
    }

    /// <summary>Gets the scale that takes values as they are.</summary>
    public static FactorScale Identity { get; } = new(FactorScaleKind.Identity, 0, 1);

    /// <summary>Gets the kind.</summary>
    public FactorScaleKind Kind { get; }

    /// <summary>Gets the value that counts 0.</summary>
    public double Origin { get; }

    /// <summary>Gets by how much a value grows for what its weight counts to grow by 1; above 0.</summary>
    public double Step { get; }

    /// <summary>Gets the low end of the reference range; null where there is none.</summary>
    public double? Low { get; private init; }

    /// <summary>Gets the high end of the reference range; null where there is none.</summary>
    public double? High { get; private init; }

    /// <summary>Gets the currency of the values; <see cref="Currency.None"/> where they are no money, or nobody has named it.</summary>
    public Currency Currency { get; private init; }

    /// <summary>Gets the value that stands in for a missing one, in the unit of the values; null where a missing value is refused.</summary>
    public double? Missing { get; private init; }

    /// <summary>Gets 1 / step, rounded once: scaling multiplies.</summary>
    internal double PerUnit { get; }

    /// <summary>Gets a value indicating whether values are taken as they are.</summary>
    internal bool IsIdentity => Origin == 0 && Step == 1;

    /// <summary>Makes the scale on which the low end of a range counts 0 and its high end 1.</summary>
    /// <param name="low">The low end, finite.</param>
    /// <param name="high">The high end, finite and above the low end.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not finite, not in order, or too far apart or too near for numbers.</exception>
    public static FactorScale LinearRange(double low, double high)
    {
        Finite(low, nameof(low));
        Finite(high, nameof(high));
        return new(FactorScaleKind.LinearRange, low, CheckedStep(high - low, "Its high end must be above its low end.", nameof(high))) { Low = low, High = high };
    }

    /// <summary>Makes the scale that counts standard deviations above a mean.</summary>
    /// <param name="mean">The mean of the reference population, finite.</param>
    /// <param name="standardDeviation">Its standard deviation, finite and above 0.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the standard deviation is not above 0.</exception>
    public static FactorScale StandardScore(double mean, double standardDeviation)
    {
        Finite(mean, nameof(mean));
        return new(
            FactorScaleKind.StandardScore,
            mean,
            CheckedStep(standardDeviation, "The values of the reference population must differ.", nameof(standardDeviation)));
    }

    /// <summary>Makes the scale of amounts of money.</summary>
    /// <param name="currency">The currency of the values.</param>
    /// <param name="amountPerUnit">The amount that counts 1, above 0; 1 takes amounts as they are, 100 counts in hundreds.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amountPerUnit"/> is not above 0.</exception>
    public static FactorScale Money(Currency currency, decimal amountPerUnit = 1) =>
        new(FactorScaleKind.Money, 0, (double)Guard.Positive(amountPerUnit)) { Currency = currency };

    /// <summary>Fits <see cref="LinearRange"/> to a reference population: from its smallest to its largest value.</summary>
    /// <param name="population">The values of the factor; those that are NaN are missing and left out.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="ArgumentException">There are no two different values.</exception>
    /// <exception cref="RowFaultsException">A value is infinite.</exception>
    public static FactorScale FitLinearRange(ReadOnlySpan<double> population)
    {
        var (low, high, _) = RangeOf(population);
        return LinearRange(low, high);
    }

    /// <summary>Fits <see cref="StandardScore"/> to a reference population: its mean, and its standard deviation over n − 1.</summary>
    /// <param name="population">The values of the factor; those that are NaN are missing and left out. Their order changes no bit.</param>
    /// <returns>The scale, with the reference range of the population.</returns>
    /// <exception cref="ArgumentException">There are no two different values, or they lie too far apart for numbers.</exception>
    /// <exception cref="RowFaultsException">A value is infinite.</exception>
    public static FactorScale FitStandardScore(ReadOnlySpan<double> population)
    {
        var (low, high, count) = RangeOf(population);
        var centred = new double[count];
        int filled = 0;
        foreach (double value in population)
        {
            if (!double.IsNaN(value))
            {
                centred[filled++] = value;
            }
        }

        double mean = FixedPointSum.Of(centred, []) / count;
        var squares = Array.ConvertAll(centred, value => (value - mean) * (value - mean));
        double deviation = Math.Sqrt(FixedPointSum.Of(squares, []) / (count - 1));
        return StandardScore(mean, deviation) with { Low = low, High = high };
    }

    /// <summary>Gives this scale with a value that stands in for missing ones.</summary>
    /// <param name="value">The stand-in, finite, in the unit of the values: a mean of the reference population, say, or 0.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public FactorScale WithMissing(double value) => this with { Missing = Finite(value, nameof(value)) };

    /// <summary>Scales a value.</summary>
    /// <param name="value">The value in its own unit; NaN where it is missing.</param>
    /// <returns>What the weight counts; NaN where the value is missing and nothing stands in for it.</returns>
    public double Scale(double value)
    {
        double known = double.IsNaN(value) && Missing is { } standIn ? standIn : value;
        return IsIdentity ? known : (known - Origin) * PerUnit;
    }

    /// <summary>Scales an amount of money.</summary>
    /// <param name="amount">The amount, in the currency of the scale.</param>
    /// <returns>What the weight counts.</returns>
    /// <exception cref="CurrencyMismatchException">The amount is in another currency.</exception>
    public double Scale(Money amount) => amount.Currency == Currency
        ? Scale((double)amount.Amount)
        : throw new CurrencyMismatchException(Currency, amount.Currency);

    /// <summary>Tells whether a value lies beyond the reference range.</summary>
    /// <param name="value">The value in its own unit.</param>
    /// <returns>Whether it does; never where there is no reference range, and never for a missing value.</returns>
    public bool IsBeyond(double value) => value < Low || value > High;

    /// <summary>Gives the scale in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => Kind switch
    {
        FactorScaleKind.LinearRange => string.Create(CultureInfo.InvariantCulture, $"0 at {Low}, 1 at {High}"),
        FactorScaleKind.StandardScore => string.Create(CultureInfo.InvariantCulture, $"standard deviations of {Step} above {Origin}"),
        FactorScaleKind.Money => string.Create(CultureInfo.InvariantCulture, $"in amounts of {Step} {Currency.Code}"),
        _ => "as it is",
    };

    /// <summary>The scale of saved figures, or null where they make none.</summary>
    internal static FactorScale? OfSaved(
        FactorScaleKind kind, double origin, double step, double? low, double? high, Currency currency, double? missing)
    {
        bool isScale = double.IsFinite(origin) && IsStep(step) && (missing is not { } value || double.IsFinite(value))
            && (low is null) == (high is null) && !(low > high) && double.IsFinite(low ?? 0) && double.IsFinite(high ?? 0)
            && (kind is not (FactorScaleKind.Identity or FactorScaleKind.Money) || origin == 0)
            && (kind != FactorScaleKind.Identity || step == 1)
            && (kind != FactorScaleKind.LinearRange || (low == origin && high - low == step))
            && (kind == FactorScaleKind.Money || currency == Currency.None);
        return isScale ? new(kind, origin, step) { Low = low, High = high, Currency = currency, Missing = missing } : null;
    }

    private static (double Low, double High, int Count) RangeOf(ReadOnlySpan<double> population)
    {
        var faults = new RowFaultList();
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        int count = 0;
        for (int row = 0; row < population.Length; row++)
        {
            double value = population[row];
            if (double.IsInfinity(value))
            {
                faults.Add(row, "value", $"{value}", "a finite number, or NaN where it is missing");
            }
            else if (!double.IsNaN(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
                count++;
            }
        }

        faults.ThrowIfAny(nameof(population));
        if (low < high)
        {
            return (low, high, count);
        }

        string all = count > 0 ? string.Create(CultureInfo.InvariantCulture, $", all of them {low}") : "";
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"A scale is fitted to values that differ; there are {count}{all}."), nameof(population));
    }

    private static double Finite(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Must be a finite number.");

    private static double CheckedStep(double step, string remedy, string name) => IsStep(step)
        ? step
        : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"One unit would be {step}. {remedy}"));

    // The reciprocal has to be a number as well.
    private static bool IsStep(double step) => step > 0 && double.IsFinite(step) && double.IsFinite(1 / step);
}
