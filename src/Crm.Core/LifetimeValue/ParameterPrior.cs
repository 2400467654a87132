namespace Crm.Core.LifetimeValue;

/// <summary>What is held likely of a model's parameters before the data are seen.</summary>
/// <remarks>
/// The logarithm of each parameter is normal, independent of the others, around what a typical base looks like at the scale of the
/// data: r 0.5 with α so that r/α is 1.5 times the base's mean rate of repeat purchases, and a 0.8, b 2 (BG/NBD, MBG/NBD), or s 0.6
/// and β 0.3 times the mean time of observation (Pareto/NBD); p 6, q 4 and γ so that the population mean is the base's mean spend
/// (Gamma/Gamma). A fit under it maximises the log-likelihood less ½ Σ ((ln θ − centre) / deviation)²; its intervals are those of a
/// normal posterior at that point, and say so. Immutable and thread-safe.
/// </remarks>
public sealed record ParameterPrior
{
    private ParameterPrior(double logDeviation) => LogDeviation = logDeviation;

    /// <summary>Gets a prior with a deviation of 1.5: each parameter lies within a factor of 20 of the typical one, 19 times in 20.</summary>
    public static ParameterPrior Weak { get; } = new(1.5);

    /// <summary>Gets the standard deviation of the logarithm of each parameter.</summary>
    public double LogDeviation { get; }

    /// <summary>Makes a prior.</summary>
    /// <param name="logDeviation">The standard deviation of the logarithm of each parameter, from 0.01 to 10; the smaller, the stronger.</param>
    /// <returns>The prior.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="logDeviation"/> is not a number from 0.01 to 10.</exception>
    public static ParameterPrior Of(double logDeviation) => new(
        Guard.InRange(logDeviation, 0.01, 10, "It is in logarithms: 1.5 is weak, 0.3 is strong."));

    /// <summary>Gives the prior in words, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"ln(parameter) normal around a typical base, standard deviation {LogDeviation}");
}
