namespace Crm.Core.LifetimeValue;

/// <summary>ln Γ(r + x) − ln Γ(r) and its derivatives for all whole x up to a maximum, as running sums: no difference is taken.</summary>
internal sealed class RisingFactorials
{
    internal RisingFactorials(int max, double r)
    {
        Log = new double[max + 1];
        Reciprocal = new double[max + 1];
        ReciprocalSquare = new double[max + 1];
        for (int k = 0; k < max; k++)
        {
            double over = 1 / (r + k);
            Log[k + 1] = Log[k] + Math.Log(r + k);
            Reciprocal[k + 1] = Reciprocal[k] + over;
            ReciprocalSquare[k + 1] = ReciprocalSquare[k] + (over * over);
        }
    }

    /// <summary>Gets Σ ln(r + k) over k below x.</summary>
    internal double[] Log { get; }

    /// <summary>Gets Σ 1 / (r + k).</summary>
    internal double[] Reciprocal { get; }

    /// <summary>Gets Σ 1 / (r + k)².</summary>
    internal double[] ReciprocalSquare { get; }
}
