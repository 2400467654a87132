using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>
/// The mathematics that BG/NBD and MBG/NBD share. They differ in one thing: after x repeat purchases a customer has had x chances
/// to drop out under BG/NBD, and x + 1 under MBG/NBD, where the first purchase is one too.
/// </summary>
internal sealed record BetaGeometricFamily(double R, double Alpha, double A, double B, int FirstChances)
{
    private static readonly string[] _names = ["r", "alpha", "a", "b"];

    private const int MaxSimulated = 1_000_000;

    internal static BetaGeometricFamily Of(double r, double alpha, double a, double b, int firstChances) =>
        new(ModelParameter.Checked(r), ModelParameter.Checked(alpha), ModelParameter.Checked(a), ModelParameter.Checked(b), firstChances);

    internal IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("r", R), new("alpha", Alpha), new("a", A), new("b", B)];

    // ln [Γ(r+x)/Γ(r) α^r (α+T)^−(r+x) E[(1−p)^chances]] + ln(1 + odds of having dropped out at t_x).
    internal double LogLikelihood(int x, double recency, double age)
    {
        int chances = x + FirstChances;
        double ifAlive = GammaFunctions.LogGammaRatio(R, x) - (x * Math.Log(Alpha + age)) - (R * ElementaryFunctions.Log1P(age / Alpha))
            + GammaFunctions.LogGammaRatio(B, chances) - GammaFunctions.LogGammaRatio(A + B, chances);
        return ifAlive + (chances == 0 ? 0 : SoftPlus(LogOddsOut(x, recency, age)));
    }

    internal double Alive(int x, double recency, double age) =>
        x + FirstChances == 0 ? 1 : 1 / (1 + Math.Exp(LogOddsOut(x, recency, age)));

    internal BetaGeometricProcess AliveAfter(int x, double age) => new(R + x, Alpha + age, A, B + x + FirstChances);

    internal (double Start, AliveProcess Process) NewCustomer() =>
        (FirstChances == 0 ? 1 : B / (A + B), new BetaGeometricProcess(R, Alpha, A, B + FirstChances));

    internal List<double> Simulate(double length, RandomStream random)
    {
        double rate = random.NextGamma(R, Alpha);
        double dropout = random.NextBeta(A, B);
        var times = new List<double>();
        bool alive = FirstChances == 0 || random.NextDouble() >= dropout;
        double time = 0;
        while (alive)
        {
            time += random.NextExponential() / rate;
            if (!(time <= length))
            {
                break;
            }

            if (times.Count == MaxSimulated)
            {
                throw new InvalidOperationException(
                    "A simulated customer made more than 1,000,000 purchases: rates like these are no customer's. Use other parameters or a shorter time.");
            }

            times.Add(time);
            alive = random.NextDouble() >= dropout;
        }

        return times;
    }

    internal static FitResult<TModel> Fit<TModel>(
        PurchaseHistories histories,
        string name,
        int firstChances,
        Func<double[], TModel> model,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(histories);
        DistinctHistories distinct = histories.Distinct;
        if (FitChecks.Purchases(distinct) is { } failure)
        {
            return new(name, null, null, [failure]);
        }

        var likelihood = new BetaGeometricLikelihood(distinct, firstChances, cancellationToken);
        return MaximumLikelihood.Fit(
            Space(name, distinct), likelihood, histories.CustomerCount, FitChecks.RepeatBuyers(distinct), model, [], progress, cancellationToken);
    }

    // α counts time, so its starts and bounds scale with the data: a fit in days is the fit in weeks, times 7.
    private static SearchSpace Space(string name, DistinctHistories distinct)
    {
        double purchases = 0;
        double time = 0;
        double customers = 0;
        for (int row = 0; row < distinct.Count; row++)
        {
            purchases += distinct.Customers[row] * distinct.Frequency[row];
            time += distinct.Customers[row] * distinct.Age[row];
            customers += distinct.Customers[row];
        }

        // Customers who have dropped out bought faster while they were there: hence the factor.
        double rate = 1.5 * purchases / time;
        double meanAge = time / customers;
        double[][] shapes = [[0.5, 0.8, 2], [0.25, 0.8, 2.5], [1, 0.5, 2], [2, 0.3, 5], [5, 0.1, 1]];
        return new(
            name,
            _names,
            Array.ConvertAll(shapes, s => new[] { s[0], s[0] / rate, s[1], s[2] }),
            [1e-5, 1e-8 * meanAge, 1e-6, 1e-6],
            [1e6, 1e9 * meanAge, 1e6, 1e6]);
    }

    private double LogOddsOut(int x, double recency, double age) =>
        Math.Log(A / (B + x + FirstChances - 1)) + ((R + x) * ElementaryFunctions.Log1P((age - recency) / (Alpha + recency)));

    private static double SoftPlus(double u) => u > 0 ? u + ElementaryFunctions.Log1P(Math.Exp(-u)) : ElementaryFunctions.Log1P(Math.Exp(u));
}
