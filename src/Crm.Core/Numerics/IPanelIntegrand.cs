namespace Crm.Core.Numerics;

/// <summary>A positive function whose logarithm is concave, and what is gathered while it is integrated.</summary>
internal interface IPanelIntegrand
{
    /// <summary>ln f(v); it may be −∞ at the far end only.</summary>
    double Log(double v);

    /// <summary>Told of each place, right after its <see cref="Log"/>, with its part of the integral: for moments under f.</summary>
    void Gather(double part);
}
