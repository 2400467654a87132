namespace Crm.Core.Benefits;

/// <summary>The five factors of many rows, one column each, over the caller's own memory.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <remarks>
/// All columns that are given have one length. A column may be left out where its factor has no weight in any segment, or where its scale
/// states what stands in for a missing value. NaN says that a value is missing.
/// </remarks>
public readonly ref struct FactorColumns<T>
    where T : unmanaged
{
    /// <summary>Gets U, the utility of the product or service.</summary>
    public ReadOnlySpan<T> Utility { get; init; }

    /// <summary>Gets B, the value of the brand.</summary>
    public ReadOnlySpan<T> Brand { get; init; }

    /// <summary>Gets R, the value of the relationship.</summary>
    public ReadOnlySpan<T> Relationship { get; init; }

    /// <summary>Gets C, what it costs the customer; subtracted by the formula.</summary>
    public ReadOnlySpan<T> Cost { get; init; }

    /// <summary>Gets T, the time it takes the customer; subtracted by the formula.</summary>
    public ReadOnlySpan<T> Time { get; init; }

    /// <summary>Gets a column.</summary>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is none of the five.</exception>
    public ReadOnlySpan<T> this[BenefitFactor factor] => factor switch
    {
        BenefitFactor.Utility => Utility,
        BenefitFactor.Brand => Brand,
        BenefitFactor.Relationship => Relationship,
        BenefitFactor.Cost => Cost,
        BenefitFactor.Time => Time,
        _ => throw FactorNames.Unknown(factor),
    };
}
