namespace Crm.Core.Tests.Support;

/// <summary>
/// Pareto/NBD worked out the slow way: the story of one customer with known λ and μ, averaged over λ ~ Gamma(r, α) and μ ~ Gamma(s, β)
/// by two-dimensional quadrature. Shares nothing with the library, not even a special function.
/// </summary>
/// <remarks>
/// The rule of <see cref="IndividualLevel"/>, over ln λ and ln μ. The weights are normalised by their own sum. It stands still to 1e-12
/// when the step is refined; a test says so.
/// </remarks>
internal sealed class ParetoStories(double r, double alpha, double s, double beta, double step = 0.13)
{
    /// <summary>What may be asked of a customer with known λ and μ who is alive.</summary>
    internal delegate double Story(double rate, double dropout);

    /// <summary>ln L(x, t_x, T): alive throughout, or dropped out at some moment after the last purchase.</summary>
    internal double LogLikelihood(int x, double recency, double age)
    {
        double alive = LogRates(x, age) + LogDropouts(age);
        double dead = LogDroppedOut(x, recency, age);
        double larger = Math.Max(alive, dead);
        return larger + Math.Log(Math.Exp(alive - larger) + Math.Exp(dead - larger));
    }

    internal double ProbabilityAlive(int x, double recency, double age) =>
        1 / (1 + Math.Exp(LogDroppedOut(x, recency, age) - LogRates(x, age) - LogDropouts(age)));

    /// <summary>Expectations of stories over the λ and μ of a customer who is alive after x purchases at age T.</summary>
    internal double[] IfAlive(int x, double age, params Story[] stories)
    {
        var dropouts = Nodes(s, beta + age).ConvertAll(node => (Math.Exp(node.Place), node.Weight));
        double weights = 0;
        var sums = new double[stories.Length];
        foreach (var (logRate, rateWeight) in Nodes(r + x, alpha + age))
        {
            double rate = Math.Exp(logRate);
            foreach (var (dropout, dropoutWeight) in dropouts)
            {
                double weight = rateWeight * dropoutWeight;
                weights += weight;
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += weight * stories[i](rate, dropout);
                }
            }
        }

        return Array.ConvertAll(sums, sum => sum / weights);
    }

    internal static Story Survives(double t) => (_, dropout) => Math.Exp(-dropout * t);

    // E[N(t)] = λ (1 − e^(−μt)) / μ.
    internal static Story Buys(double t) => (rate, dropout) => rate * t * IndividualLevel.OneLessExpOver(dropout * t);

    // Σ over purchases of e^(−δ t_i): λ (1 − e^(−(μ+δ)h)) / (μ + δ).
    internal static Story BuysDiscounted(double delta, double h) => (rate, dropout) => rate * Lives(dropout, delta, h);

    internal static Story LivesDiscounted(double delta, double h) => (_, dropout) => Lives(dropout, delta, h);

    // n purchases and alive to the end, or n purchases before the moment of dropping out: of purchases and that moment, which come at
    // the rate λ + μ together, the first n are purchases and the next is it, and n + 1 of them come up to t.
    internal static Story BuysExactly(int n, double t) => (rate, dropout) =>
    {
        double both = rate + dropout;
        double before = dropout / both * Math.Pow(rate / both, n) * AtLeast(n + 1, both * t);
        return (Term(n, rate * t) * Math.Exp(-dropout * t)) + before;
    };

    private static double Lives(double dropout, double delta, double h) =>
        double.IsPositiveInfinity(h) ? 1 / (dropout + delta) : h * IndividualLevel.OneLessExpOver((dropout + delta) * h);

    // P(n) of a Poisson number.
    private static double Term(int n, double mean)
    {
        double log = -mean;
        double logMean = Math.Log(mean);
        for (int k = 1; k <= n; k++)
        {
            log += logMean - Math.Log(k);
        }

        return Math.Exp(log);
    }

    private static double AtLeast(int n, double mean)
    {
        double sum = 0;
        if (mean > n)
        {
            for (int k = 0; k < n; k++)
            {
                sum += Term(k, mean);
            }

            return 1 - sum;
        }

        double term = Term(n, mean);
        for (int k = n; term > 1e-18 * sum; k++)
        {
            sum += term;
            term *= mean / (k + 1);
        }

        return sum;
    }

    // ln E[λ^x e^(−λt)].
    private double LogRates(int x, double t) => LogSum(r + x, alpha + t) - LogSum(r, alpha);

    // ln E[e^(−μt)].
    private double LogDropouts(double t) => LogSum(s, beta + t) - LogSum(s, beta);

    // ln E[λ^x ∫ μ e^(−(λ+μ)τ) dτ], τ from t_x to T.
    private double LogDroppedOut(int x, double recency, double age)
    {
        double unseen = age - recency;
        var dropouts = Nodes(s + 1, beta + recency).ConvertAll(node => (Math.Exp(node.Place), node.Weight));
        double sum = 0;
        foreach (var (logRate, rateWeight) in Nodes(r + x, alpha + recency))
        {
            double rate = Math.Exp(logRate);
            foreach (var (dropout, dropoutWeight) in dropouts)
            {
                sum += rateWeight * dropoutWeight * unseen * IndividualLevel.OneLessExpOver((rate + dropout) * unseen);
            }
        }

        return Math.Log(sum * step * step) + Peak(r + x, alpha + recency) + Peak(s + 1, beta + recency) - LogSum(r, alpha) - LogSum(s, beta);
    }

    // ln of the gamma integral ∫ e^(shape u − rate e^u) du.
    private double LogSum(double shape, double rate) => Peak(shape, rate) + Math.Log(Nodes(shape, rate).Sum(node => node.Weight) * step);

    private static double Peak(double shape, double rate) => (shape * Math.Log(shape / rate)) - shape;

    private List<(double Place, double Weight)> Nodes(double shape, double rate) => IndividualLevel.Nodes(
        u => (shape * u) - (rate * Math.Exp(u)), Math.Log(shape / rate), 1 / Math.Sqrt(shape), step);
}
