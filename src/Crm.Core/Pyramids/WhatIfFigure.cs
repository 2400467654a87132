namespace Crm.Core.Pyramids;

/// <summary>A figure of a base as it is, and as it would be.</summary>
/// <param name="Now">The figure as it is.</param>
/// <param name="Then">The figure as it would be.</param>
public readonly record struct WhatIfFigure(double Now, double Then)
{
    /// <summary>Gets the difference.</summary>
    public double Change => Then - Now;

    /// <summary>Gets the difference as a share of the figure as it is: 0.105 for 10.5 % more; null where that is not above 0.</summary>
    public double? RelativeChange => Now > 0 ? Change / Now : null;
}
