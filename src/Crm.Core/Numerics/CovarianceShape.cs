namespace Crm.Core.Numerics;

/// <summary>What the covariance of a component may be.</summary>
internal enum CovarianceShape
{
    Spherical,
    Diagonal,
    Full,
}
