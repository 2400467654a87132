using System.Runtime.Intrinsics;

namespace Crm.Core.Numerics;

/// <summary>A positive function whose logarithm is concave, at four places at a time, and what is gathered while it is integrated.</summary>
internal interface IPanelIntegrand
{
    /// <summary>ln f(v) at four places; it may be −∞ at the far end only.</summary>
    Vector256<double> Log(Vector256<double> v);

    /// <summary>Told of the places, right after their <see cref="Log"/>, with their parts of the integral: for moments under f.</summary>
    void Gather(Vector256<double> parts);
}
