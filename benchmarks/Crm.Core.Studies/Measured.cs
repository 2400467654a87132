namespace Crm.Core.Studies;

/// <summary>Which interval is held against which number.</summary>
internal enum Measured
{
    /// <summary>Estimate interval of the purchases ahead, against those expected under the true parameters.</summary>
    ExpectedPurchases,

    /// <summary>Estimate interval of P(alive), against that of the true parameters, where it is not 1 by construction.</summary>
    ProbabilityAlive,

    /// <summary>Estimate interval of the discounted purchases without end, against those under the true parameters.</summary>
    DiscountedPurchases,

    /// <summary>Estimate interval of the purchases ahead, against those that came: what it is not for.</summary>
    CountInEstimate,

    /// <summary>Outcome interval of the purchases ahead, against those that came.</summary>
    CountInOutcome,

    /// <summary>The quantiles under the true parameters, against the purchases that came: how far whole numbers overshoot the level.</summary>
    CountInTruth,

    /// <summary>Estimate interval of the base's total, against what is expected of it under the true parameters.</summary>
    ExpectedTotal,

    /// <summary>Outcome interval of the base's total, against what came.</summary>
    TotalInOutcome,

    /// <summary>Estimate interval of the base's total, against what came: what it is not for.</summary>
    TotalInEstimate,
}
