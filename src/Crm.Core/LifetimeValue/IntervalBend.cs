namespace Crm.Core.LifetimeValue;

/// <summary>How far the ends of an interval by likelihood lie from those of the delta method, for customers without repeat purchases under MBG/NBD.</summary>
/// <remarks>
/// <para>
/// With u = V ψ′ / σ the step of one standard error in the direction of an answer ψ, both ends of its interval by profile likelihood lie
/// q² (σ ℓ_uuu / 6 + ψ_uu / 2) above ψ ± q σ, to the next order: the third derivative of the log-likelihood and the curvature of the answer
/// along u. Derivation: docs/models/intervals.md; what it is worth: docs/studies/interval-coverage.md.
/// </para>
/// <para>
/// It matters where a customer who is slow and one who was lost with the first purchase look alike. What is asked of customers without repeats
/// depends on T alone, and smoothly, so that it is worked out on a grid of T that is the same for all. Thread-safety: one thread at a time.
/// </para>
/// </remarks>
internal sealed class IntervalBend(MbgNbd model, ParameterCovariance covariance, IntervalBend.Answer answer)
{
    // Of one standard error: the curvature that matters is that within the interval.
    private const double Step = 0.25;

    // In standard errors. Beyond it a next order says nothing.
    private const double Most = 0.3;

    // To a unit of ln(1 + T / α): between the nodes a straight line is good to a thousandth of the standard error.
    private const int NodesPerUnit = 32;

    private readonly Dictionary<int, double> _nodes = [];

    /// <summary>An answer on its scale, the logarithm or the logit, for a customer with no repeat purchase in T, and its slopes.</summary>
    internal delegate double Answer(PurchaseModel model, double age, Span<double> slopes);

    /// <summary>The bend after a time T, in standard errors.</summary>
    internal double At(double age)
    {
        double place = NodesPerUnit * Numerics.ElementaryFunctions.Log1P(age / model.Alpha);
        int node = (int)place;
        double share = place - node;
        return ((1 - share) * Node(node)) + (share * Node(node + 1));
    }

    private double Node(int node)
    {
        if (!_nodes.TryGetValue(node, out double bend))
        {
            bend = AtNode(model.Alpha * Math.Exp((double)node / NodesPerUnit) - model.Alpha);
            _nodes.Add(node, bend);
        }

        return bend;
    }

    private double AtNode(double age)
    {
        Span<double> slopes = stackalloc double[AliveProcess.Parameters];
        double value = answer(model, age, slopes);
        double error = covariance.StandardError(slopes);
        Span<double> step = stackalloc double[AliveProcess.Parameters];
        covariance.StepAlong(slopes, step);
        double curvature = (Moved(age, step, Step) + Moved(age, step, -Step) - (2 * value)) / (Step * Step);
        double bend = (covariance.ThirdAlong(step) / 6) + (curvature / 2 / error);
        return double.IsNaN(bend) ? 0 : Math.Clamp(bend, -Most, Most);
    }

    private double Moved(double age, ReadOnlySpan<double> step, double by)
    {
        double[] parameters = [.. model.Parameters.Select(parameter => parameter.Value)];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Math.Clamp(parameters[i] * Math.Exp(by * step[i]), ModelParameter.Least, ModelParameter.Most);
        }

        return answer(model.WithParameters(parameters), age, []);
    }
}
