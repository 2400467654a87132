namespace Crm.Core.Benefits;

/// <summary>How the customers of a market choose.</summary>
/// <remarks>Immutable and thread-safe; checked when set.</remarks>
public sealed record MarketOptions
{
    /// <summary>Gets the channel through which the offers are seen; <see cref="Channel.None"/>, the default, where it does not matter.</summary>
    public Channel Channel { get; init; }

    /// <summary>
    /// Gets by how much benefit an offer must lead another to be e = 2.718… times as likely to be chosen, in units of benefit; above 0, 1 by
    /// default. The smaller, the nearer logit shares come to first choice. An assumption, unless it was estimated with the weights.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public double LogitScale { get; init => field = Guard.Positive(value, "It says how much benefit matters.", nameof(LogitScale)); } = 1;

    /// <summary>
    /// Gets the benefit of buying nothing, in units of benefit; finite. Null, the default, where everyone buys one of the offers. 0 stands
    /// for a customer who buys whatever does more good than harm, if the scales count harm and good from 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? OutsideBenefit
    {
        get;
        init => field = value is { } benefit
            ? Guard.InRange(benefit, double.MinValue, double.MaxValue, "Leave it out where everyone buys one of the offers.", nameof(OutsideBenefit))
            : null;
    }
}
