namespace Crm.Core.Numerics;

/// <summary>How a search for a maximum ended.</summary>
internal enum MaximumKind
{
    /// <summary>½ gᵀ(−H)⁻¹g is at most 1e-8 and −H is positive definite.</summary>
    Interior,

    /// <summary>The function still rises at the edge of the search box.</summary>
    AtBound,

    /// <summary>The function is level or bends upwards in some direction, and no step gains anything.</summary>
    Flat,

    /// <summary>The step limit came first, or the function has no finite value there.</summary>
    NotReached,
}
