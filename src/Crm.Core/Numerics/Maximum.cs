namespace Crm.Core.Numerics;

/// <summary>Where a search for a maximum ended, and how.</summary>
internal sealed class Maximum
{
    internal required double[] LogParameters { get; init; }

    internal required double Value { get; init; }

    /// <summary>The inverse of −Hessian in the logarithms of the parameters, or null where that is not positive definite.</summary>
    internal required double[,]? Covariance { get; init; }

    /// <summary>
    /// The direction in the logarithms in which the function bends least, of length 1, pointing to where it rises; null where it has no
    /// finite derivatives.
    /// </summary>
    internal required double[]? FlattestDirection { get; init; }

    internal required MaximumKind Kind { get; init; }

    /// <summary>The parameters at the edge of the search box, by index.</summary>
    internal required IReadOnlyList<int> AtBound { get; init; }

    internal required int Iterations { get; init; }
}
