using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What customers may spend over some time ahead: how probable any amount is for each of them.</summary>
/// <remarks>
/// <para>
/// The number of purchases N is as the purchase model has it, what they are worth as the spend model: n occasions of shape p at a rate that is gamma are together beta prime of shape n·p, so that
/// P(spend ≤ s) = Σₙ P(N = n) I(n·p, tail; s / (s + scale)) exactly, without simulation; I is the regularised incomplete beta function. Both models take how often a customer buys and what it is worth as
/// unrelated. Returns are not foreseen.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class SpendAhead
{
    // What is left beyond changes no count that anybody can see.
    private const double Negligible = 1e-10;

    private readonly PurchaseHistories _histories;
    private readonly PurchaseEstimates _buying;
    private readonly SpendEstimates _spend;
    private readonly double _time;

    private SpendAhead(PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, Horizon horizon)
    {
        (_histories, _buying, _spend, Horizon) = (histories, buying, spend, horizon);
        _time = horizon.In(buying.Model.Unit);
    }

    /// <summary>Gets how far ahead is looked.</summary>
    public Horizon Horizon { get; }

    /// <summary>Gets the currency of the amounts.</summary>
    public Currency Currency => _histories.Currency;

    /// <summary>Puts the question to models.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="buying">The purchase model and how sure it is.</param>
    /// <param name="spend">The spend model and how sure it is.</param>
    /// <param name="horizon">The time ahead, limited.</param>
    /// <returns>The answers, which are worked out when they are asked for.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="CurrencyMismatchException">The spend model and the histories are not in one currency.</exception>
    public static SpendAhead Of(PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, Horizon horizon)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(buying);
        ArgumentNullException.ThrowIfNull(spend);
        _ = buying.OwnModel.Limited(horizon);
        buying.OwnModel.CheckUnit(histories.Unit);
        if (histories.Currency != Currency.None && spend.Model.Currency != Currency.None && histories.Currency != spend.Model.Currency)
        {
            throw new CurrencyMismatchException(histories.Currency, spend.Model.Currency);
        }

        return new(histories, buying, spend, horizon);
    }

    /// <summary>Probability that a customer spends an amount or more.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="amount">In the currency, above 0.</param>
    /// <returns>From 0 to 1, at the estimated parameters.</returns>
    /// <exception cref="KeyNotFoundException">There is no history of the customer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not above 0 and finite, or more than 5,000 purchases are expected.</exception>
    public double ProbabilityOfAtLeast(CustomerId customer, double amount)
    {
        Guard.InRange(amount, double.Epsilon, double.MaxValue);
        if (!_histories.TryGetRow(customer, out int row))
        {
            throw new KeyNotFoundException($"There is no history of customer {customer}.");
        }

        PurchaseHistory history = _histories[row];
        double[] counts = CountsIfAlive(_buying.OwnModel.ProcessOf(history), CancellationToken.None);
        return OfOne(_buying.Model.ProbabilityAlive(history), counts, Worth(_spend.Model, row), [amount])[0];
    }

    /// <summary>The row of a customer's history, which is of one customer alone.</summary>
    /// <exception cref="ArgumentException">There is none, or it stands for several.</exception>
    internal int RowOf(CustomerId customer) => !_histories.TryGetRow(customer, out int row)
        ? throw new ArgumentException($"Customer {customer} has no history. Give the histories of all who are active or inactive.")
        : _histories.Customers.Length == 0 || _histories.Customers[row] == 1 ? row
        : throw new ArgumentException($"The history of customer {customer} stands for several. Give each a row.");

    /// <summary>The probabilities of spending at least each of some amounts and less than the one before, then of less than the last, then of nothing.</summary>
    /// <param name="rows">The rows of the histories.</param>
    /// <param name="amounts">Amounts that fall, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal double[][] Odds(int[] rows, double[] amounts, CancellationToken cancellationToken) => Odds(rows, amounts, _buying.OwnModel, _spend.Model, cancellationToken);

    /// <summary>The same at each of the sets of parameters that stand for the uncertainty of the purchase model.</summary>
    internal IEnumerable<double[][]> OddsOfOtherBuying(int[] rows, double[] amounts, CancellationToken cancellationToken) =>
        SigmaPoints.Of(_buying.Model.Parameters, _buying.Covariance).Select(point => Odds(rows, amounts, _buying.OwnModel.WithParameters(point), _spend.Model, cancellationToken));

    /// <summary>The same at each of those of the spend model.</summary>
    internal IEnumerable<double[][]> OddsOfOtherSpend(int[] rows, double[] amounts, CancellationToken cancellationToken) =>
        SigmaPoints.Of(_spend.Model.Parameters, _spend.Covariance).Select(point => Odds(rows, amounts, _buying.OwnModel, _spend.Model.WithParameters(point), cancellationToken));

    private double[][] Odds(int[] rows, double[] amounts, PurchaseModel buying, GammaGamma spend, CancellationToken cancellationToken)
    {
        var alive = new double[_histories.Count];
        buying.ProbabilityAlive(_histories, alive);
        double[]?[] counts = CountsOf(rows, buying, cancellationToken);
        int[] groupOfRow = _histories.Distinct.GroupOfRow;
        var probabilities = new double[rows.Length][];
        RowBlocks.ForEach(rows.Length, new() { CancellationToken = cancellationToken }, (from, to) =>
        {
            for (int place = from; place < to; place++)
            {
                int row = rows[place];
                probabilities[place] = OfOne(alive[row], counts[groupOfRow[row]]!, Worth(spend, row), amounts);
            }
        });
        return probabilities;
    }

    // Of who has not dropped out: once for all of these rows who share x and T, which are neighbours among the distinct histories.
    private double[]?[] CountsOf(int[] rows, PurchaseModel buying, CancellationToken cancellationToken)
    {
        DistinctHistories distinct = _histories.Distinct;
        int[] groups = [.. rows.Select(row => distinct.GroupOfRow[row]).Distinct().Order()];
        var counts = new double[distinct.Count][];
        int[] starts = [.. Enumerable.Range(0, groups.Length).Where(place => place == 0 || !AreAlike(distinct, groups[place], groups[place - 1]))];
        Parallel.For(0, starts.Length, new() { CancellationToken = cancellationToken }, start =>
        {
            int first = groups[starts[start]];
            int end = start + 1 < starts.Length ? starts[start + 1] : groups.Length;
            var history = new PurchaseHistory(distinct.Frequency[first], distinct.Recency[first], distinct.Age[first], 0, buying.Unit, Currency.None);
            double[] shared = CountsIfAlive(buying.ProcessOf(history), cancellationToken);
            for (int place = starts[start]; place < end; place++)
            {
                counts[groups[place]] = shared;
            }
        });
        return counts;
    }

    private static bool AreAlike(DistinctHistories distinct, int one, int other) => distinct.Frequency[one] == distinct.Frequency[other] && distinct.Age[one] == distinct.Age[other];

    private double[] CountsIfAlive(AliveProcess process, CancellationToken cancellationToken)
    {
        PurchaseOutcome.CheckListable(process.ExpectedPurchases(_time, []), "horizon");
        return PurchaseOutcome.Of(n => process.ProbabilityOfPurchases(n, _time), cancellationToken).Probabilities;
    }

    private SpendDistribution Worth(GammaGamma spend, int row) => spend.Distribution(_histories.Frequency[row], _histories.MeanSpend.Length == 0 ? 0 : _histories.MeanSpend[row]);

    private static double[] OfOne(double alive, double[] counts, SpendDistribution worth, double[] amounts)
    {
        var odds = new double[amounts.Length + 2];
        var (buys, atLeast) = (0.0, new double[amounts.Length]);
        int surely = 0; // so many of the last amounts does this number of purchases come to for sure, and any greater one
        for (int n = 1; n < counts.Length; n++)
        {
            buys += counts[n];
            for (int place = 0; place < amounts.Length && counts[n] > Negligible; place++)
            {
                bool isSure = place >= amounts.Length - surely;
                double whole = worth.Scale + amounts[place];
                double below = isSure ? 0 : BetaFunctions.Regularized(n * worth.Shape, worth.TailShape, amounts[place] / whole, worth.Scale / whole);
                atLeast[place] += counts[n] * (1 - below);
                surely = !isSure && below < Negligible ? amounts.Length - place : surely;
            }
        }

        double higher = 0;
        for (int place = 0; place < amounts.Length; place++)
        {
            odds[place] = alive * Math.Max(0, atLeast[place] - higher);
            higher = Math.Max(higher, atLeast[place]);
        }

        odds[^2] = alive * Math.Max(0, buys - higher);
        odds[^1] = Math.Max(0, 1 - (alive * buys));
        return odds;
    }
}
