namespace Crm.Core.Benefits;

/// <summary>How the values of a factor are turned into what its weight counts.</summary>
public enum FactorScaleKind
{
    /// <summary>Taken as they are.</summary>
    Identity,

    /// <summary>0 at the low end of a reference range, 1 at its high end.</summary>
    LinearRange,

    /// <summary>Standard deviations above the mean of a reference population.</summary>
    StandardScore,

    /// <summary>An amount of money, in multiples of a stated amount.</summary>
    Money,
}
