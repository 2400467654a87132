namespace Crm.Core.Segments;

/// <summary>Where the cut points of a dimension come from.</summary>
public enum RfmCutKind
{
    /// <summary>From a base: as many customers in each bin as ties allow.</summary>
    Quantiles = 0,

    /// <summary>From a base: the bins within which values differ least (Fisher 1958).</summary>
    NaturalBreaks = 1,

    /// <summary>From the host.</summary>
    Own = 2,
}
