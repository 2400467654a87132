namespace Crm.Core.Tests.Support;

/// <summary>
/// BG/NBD and MBG/NBD worked out the slow way: the story of one customer with known λ and p, averaged over λ ~ Gamma(r, α) and
/// p ~ Beta(a, b) by two-dimensional quadrature. Shares nothing with the library, not even a special function.
/// </summary>
/// <remarks>
/// Trapezoidal rule over ln λ and logit p, in steps that widen only where the tails are plain exponentials. All integrands are smooth
/// on a scale of 1 there, so the error falls like e^(−π²/step). The weights are normalised by their own sum. It stands still to
/// 1e-12 when the step is refined; a test says so.
/// </remarks>
internal sealed class IndividualLevel(double r, double alpha, double a, double b, int firstChances, double step = 0.2)
{
    private const double Negligible = -65;

    // So many scales from the centre the steps have doubled.
    private const double Far = 20;

    /// <summary>What may be asked of a customer with known λ and p who is alive.</summary>
    internal delegate double Story(double rate, double dropout);

    /// <summary>ln L(x, t_x, T): alive throughout, or dropped out at the last purchase.</summary>
    internal double LogLikelihood(int x, double recency, double age)
    {
        double alive = LogAlive(x, age);
        int chances = x + firstChances;
        if (chances == 0)
        {
            return alive;
        }

        double dead = LogRates(x, recency) + LogChances(1, chances - 1);
        double larger = Math.Max(alive, dead);
        return larger + Math.Log(Math.Exp(alive - larger) + Math.Exp(dead - larger));
    }

    internal double ProbabilityAlive(int x, double recency, double age) => Math.Exp(LogAlive(x, age) - LogLikelihood(x, recency, age));

    /// <summary>Expectations of stories over the λ and p of a customer who is alive after x purchases at age T.</summary>
    internal double[] IfAlive(int x, double age, params Story[] stories)
    {
        var rates = Nodes(RateLog(x, age), Math.Log((r + x) / (alpha + age)), 1 / Math.Sqrt(r + x), step);
        int chances = x + firstChances;
        var dropouts = Nodes(ChanceLog(0, chances), Math.Log(a / (b + chances)), Math.Sqrt((1 / a) + (1 / (b + chances))), step);
        double weights = 0;
        var sums = new double[stories.Length];
        foreach (var (logit, dropoutWeight) in dropouts)
        {
            double dropout = 1 / (1 + Math.Exp(-logit));
            foreach (var (logRate, rateWeight) in rates)
            {
                double rate = Math.Exp(logRate);
                double weight = dropoutWeight * rateWeight;
                weights += weight;
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += weight * stories[i](rate, dropout);
                }
            }
        }

        return Array.ConvertAll(sums, sum => sum / weights);
    }

    // P(alive at t later): no purchase of the coming ones is the last.
    internal static Story Survives(double t) => (rate, dropout) => Math.Exp(-rate * dropout * t);

    // E[N(t)] = (1 − e^(−λpt)) / p.
    internal static Story Buys(double t) => (rate, dropout) => rate * t * OneLessExpOver(rate * dropout * t);

    // Σ over purchases of e^(−δ t_i): λ (1 − e^(−(λp+δ)h)) / (λp + δ).
    internal static Story BuysDiscounted(double delta, double h) => (rate, dropout) => double.IsPositiveInfinity(h)
        ? rate / ((rate * dropout) + delta)
        : rate * h * OneLessExpOver(((rate * dropout) + delta) * h);

    internal static Story LivesDiscounted(double delta, double h) => (rate, dropout) => double.IsPositiveInfinity(h)
        ? 1 / ((rate * dropout) + delta)
        : h * OneLessExpOver(((rate * dropout) + delta) * h);

    // Exactly n purchases: n came and none was the last, or the nth was the last and at least n would have come.
    internal static Story BuysExactly(int n, double t) => (rate, dropout) =>
    {
        double mean = rate * t;
        double none = Math.Exp(-mean);
        double logTerm = -mean;
        double below = 0;
        for (int k = 0; k < n; k++)
        {
            below += Math.Exp(logTerm);
            logTerm += Math.Log(mean / (k + 1));
        }

        double exactly = Math.Exp(logTerm);
        return n == 0 ? none
            : (Math.Pow(1 - dropout, n) * exactly) + (dropout * Math.Pow(1 - dropout, n - 1) * AtLeast(n, mean, exactly, below));
    };

    private static double AtLeast(int n, double mean, double exactly, double below)
    {
        if (mean > n)
        {
            return 1 - below;
        }

        double sum = 0;
        double term = exactly;
        for (int k = n + 1; term > 1e-18 * sum; k++)
        {
            sum += term;
            term *= mean / k;
        }

        return sum;
    }

    /// <summary>(1 − e^(−y)) / y.</summary>
    internal static double OneLessExpOver(double y) => y < 1e-12 ? 1 : y > 40 ? 1 / y : 2 * Math.Exp(-y / 2) * Math.Sinh(y / 2) / y;

    private double LogAlive(int x, double age) => LogRates(x, age) + LogChances(0, x + firstChances);

    // ln E[λ^x e^(−λt)].
    private double LogRates(int x, double t) =>
        LogSum(RateLog(x, t), Math.Log((r + x) / (alpha + t)), 1 / Math.Sqrt(r + x)) - LogSum(RateLog(0, 0), Math.Log(r / alpha), 1 / Math.Sqrt(r));

    // ln E[p^out (1 − p)^stayed].
    private double LogChances(int dropped, int stayed) =>
        LogSum(
            ChanceLog(dropped, stayed),
            Math.Log((a + dropped) / (b + stayed)),
            Math.Sqrt((1 / (a + dropped)) + (1 / (b + stayed))))
        - LogSum(ChanceLog(0, 0), Math.Log(a / b), Math.Sqrt((1 / a) + (1 / b)));

    private Func<double, double> RateLog(int x, double t) => logRate => ((r + x) * logRate) - ((alpha + t) * Math.Exp(logRate));

    private Func<double, double> ChanceLog(int dropped, int stayed) => logit =>
    {
        double small = Math.Exp(-Math.Abs(logit));
        double logLarger = -2 * Math.Atanh(small / (2 + small)); // −ln(1 + small)
        double logP = logLarger + Math.Min(logit, 0);
        double logQ = logLarger - Math.Max(logit, 0);
        return ((a + dropped) * logP) + ((b + stayed) * logQ);
    };

    private double LogSum(Func<double, double> log, double centre, double width)
    {
        double peak = log(centre);
        return peak + Math.Log(Nodes(log, centre, width, step).Sum(node => node.Weight) * step);
    }

    /// <summary>The places and weights, relative to the peak, of the rule for ∫ e^log du.</summary>
    internal static List<(double Place, double Weight)> Nodes(Func<double, double> log, double centre, double width, double step)
    {
        double scale = Math.Min(1, width);
        double peak = log(centre);
        var nodes = new List<(double, double)>();
        foreach (int direction in new[] { 1, -1 })
        {
            for (int k = direction > 0 ? 0 : 1; ; k++)
            {
                double w = direction * k * step;
                double far = Math.Pow(w / Far, 6);
                double place = centre + (scale * w * (1 + far));
                double relative = log(place) - peak;
                if (relative < Negligible)
                {
                    break;
                }

                nodes.Add((place, Math.Exp(relative) * scale * (1 + (7 * far))));
            }
        }

        return nodes;
    }
}
