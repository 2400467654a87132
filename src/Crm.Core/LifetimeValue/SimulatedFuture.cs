using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Draws futures of a customer: parameters within their uncertainty, alive or not, purchases, what they are worth.</summary>
internal sealed class SimulatedFuture
{
    // Beyond this δt a purchase counts a five-hundred-millionth of what it costs.
    private const double FarAhead = 20;

    private readonly PurchaseEstimates _buying;
    private readonly SpendEstimates _spend;
    private readonly ClvTerms _terms;
    private readonly ServiceCosts _costs;
    private readonly double _delta;
    private readonly double _end;
    private readonly double[,] _buyingRoot;
    private readonly double[,] _spendRoot;

    internal SimulatedFuture(PurchaseEstimates buying, SpendEstimates spend, ClvTerms terms, ServiceCosts costs)
    {
        _buying = buying;
        _spend = spend;
        _terms = terms;
        _costs = costs;
        _delta = terms.Discount.Per(buying.Model.Unit);
        double horizon = terms.Horizon.In(buying.Model.Unit);
        _end = _delta > 0 ? Math.Min(horizon, FarAhead / _delta) : horizon;
        if (double.IsPositiveInfinity(_end))
        {
            throw new UndefinedValueException(
                "Without a discount and without a horizon a future has no end to simulate. Give a discount rate above 0 or a limited horizon.");
        }

        _buyingRoot = buying.Covariance.Root();
        _spendRoot = spend.Covariance.Root();
    }

    internal SimulatedOutcome Of(in PurchaseHistory history, ulong seed, int row, int draws)
    {
        var values = new double[draws];
        PurchaseHistory one = history;
        double costToServe = _costs[row];
        Parallel.For(0, draws, draw => values[draw] = Draw(one, costToServe, new RandomStream(seed, RandomPurpose.Outcome, ((ulong)row << 24) | (uint)draw)));
        return new(values);
    }

    private double Draw(in PurchaseHistory history, double costToServe, RandomStream random)
    {
        PurchaseModel buying = _buying.OwnModel.WithParameters(Moved(_buying.Model.Parameters, _buyingRoot, ref random));
        GammaGamma spend = _spend.Model.WithParameters(Moved(_spend.Model.Parameters, _spendRoot, ref random));
        if (random.NextDouble() >= buying.ProbabilityAlive(history))
        {
            return 0;
        }

        var times = new List<double>();
        double alive = buying.ProcessOf(history).Simulate(_end, ref random, times);
        SpendDistribution worth = spend.Distribution(history.Frequency, history.MeanSpend);
        double rate = random.NextGamma(worth.TailShape, worth.Scale);
        double costToSell = (double)(_terms.CostToSell?.Amount ?? 0);
        double value = 0;
        foreach (double time in times)
        {
            value += Math.Exp(-_delta * time) * ((_terms.Margin * random.NextGamma(worth.Shape, rate)) - costToSell);
        }

        double served = _delta > 0 ? -ElementaryFunctions.ExpM1(-_delta * alive) / _delta : alive;
        return value - (costToServe * served);
    }

    private static double[] Moved(IReadOnlyList<KeyValuePair<string, double>> parameters, double[,] root, ref RandomStream random)
    {
        int n = parameters.Count;
        Span<double> normal = stackalloc double[n];
        for (int i = 0; i < n; i++)
        {
            normal[i] = random.NextNormal();
        }

        var moved = new double[n];
        for (int i = 0; i < n; i++)
        {
            double by = 0;
            for (int j = 0; j < n; j++)
            {
                by += root[i, j] * normal[j];
            }

            moved[i] = Math.Clamp(parameters[i].Value * Math.Exp(by), ModelParameter.Least, ModelParameter.Most);
        }

        return moved;
    }
}
