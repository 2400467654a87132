using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Portfolio;

/// <summary>The probabilities of each customer's tier after some time, and what they sum to.</summary>
internal sealed class TierForecast
{
    // So many customers of a tier tell how the sums move with the parameters as well as all of them would.
    private const int MostForErrors = 500;

    private readonly int _places;
    private readonly CountSums _sums;
    private readonly Lazy<double[]> _errors;

    private TierForecast(int places, CountSums sums, Lazy<double[]> errors, double[] upOfRow)
    {
        (_places, _sums, _errors, UpOfRow) = (places, sums, errors, upOfRow);
    }

    internal double[] UpOfRow { get; }

    internal ExpectedCount Up => Count(_sums.Up);

    internal ExpectedCount Down => Count(_sums.Down);

    internal ExpectedCount Stay => Count(_sums.Stay);

    internal ExpectedCount this[int from, int to] => Count((from * _places) + to);

    internal static TierForecast Of(Pyramid before, SpendAhead ahead, CancellationToken cancellationToken)
    {
        ForecastRow[] rows = RowsOf(before, ahead);
        double[] floors = [.. before.Scheme.Tiers.SkipLast(1).Select(tier => Math.Max(0, tier.Least!.Value))];
        int places = before.Scheme.Tiers.Count + 1;
        var upOfRow = new double[before.TierOfRow.Length];
        Array.Fill(upOfRow, double.NaN);
        var sums = new CountSums(places);
        double[][] probabilities = ahead.Odds(HistoriesOf(rows), floors, cancellationToken);
        for (int row = 0; row < rows.Length; row++)
        {
            sums.Add(rows[row].Tier, probabilities[row]);
            upOfRow[rows[row].PyramidRow] = probabilities[row].Take(rows[row].Tier).Sum();
        }

        // Many times the work of the expectations, and who wants those alone need not wait for it.
        return new(places, sums, new(() => Errors(rows, floors, ahead, places)), upOfRow);
    }

    // Everybody's tier before by its place among the tiers ahead; who has not bought has no history, and no forecast.
    private static ForecastRow[] RowsOf(Pyramid before, SpendAhead ahead)
    {
        int ranked = before.Scheme.Tiers.Count;
        var rows = new List<ForecastRow>(before.TierOfRow.Length);
        foreach (var (customer, row) in before.Rows)
        {
            Tier tier = before.TierOf(row);
            if (tier == Tier.Prospect || tier == Tier.Suspect)
            {
                continue;
            }

            if (before.CustomersOf(row) != 1)
            {
                throw new ArgumentException($"The row of customer {customer} stands for several. Give each a row.", nameof(before));
            }

            rows.Add(new(row, ahead.RowOf(customer), before.TierOfRow[row] < ranked ? before.TierOfRow[row] : ranked));
        }

        return [.. rows.OrderBy(row => row.History)];
    }

    // The spread of each sum over the sets of parameters that stand for their uncertainty; the two models were fitted apart.
    private static double[] Errors(ForecastRow[] rows, double[] floors, SpendAhead ahead, int places)
    {
        ForecastRow[] some = [.. rows.GroupBy(row => row.Tier).SelectMany(tier => tier.Where((_, place) => place % StepOf(tier.Count()) == 0))];
        double[] customers = new double[places];
        double[] taken = new double[places];
        Array.ForEach(rows, row => customers[row.Tier]++);
        Array.ForEach(some, row => taken[row.Tier]++);
        double[] ofBuying = Spread([.. ahead.OddsOfOtherBuying(HistoriesOf(some), floors, CancellationToken.None).Select(Means)]);
        double[] ofSpend = Spread([.. ahead.OddsOfOtherSpend(HistoriesOf(some), floors, CancellationToken.None).Select(Means)]);
        return [.. ofBuying.Zip(ofSpend, (left, right) => Math.Sqrt(left + right))];

        double[] Means(double[][] probabilities)
        {
            var sums = new CountSums(places);
            for (int row = 0; row < some.Length; row++)
            {
                sums.Add(some[row].Tier, probabilities[row], customers[some[row].Tier] / taken[some[row].Tier]);
            }

            return sums.Means;
        }
    }

    private static int[] HistoriesOf(ForecastRow[] rows) => Array.ConvertAll(rows, row => row.History);

    private static int StepOf(int customers) => Math.Max(1, customers / MostForErrors);

    private static double[] Spread(double[][] means)
    {
        var spread = new double[means[0].Length];
        for (int cell = 0; cell < spread.Length; cell++)
        {
            double mean = means.Average(point => point[cell]);
            spread[cell] = means.Average(point => Math.Pow(point[cell] - mean, 2));
        }

        return spread;
    }

    private ExpectedCount Count(int cell) => new()
    {
        Expected = _sums.Means[cell],
        Customers = cell < _places * _places ? _sums.Customers[cell / _places] : _sums.Customers.Sum(),
        ChanceVariance = _sums.Variances[cell],
        StandardError = _errors.Value[cell],
    };

    /// <summary>Sums of probabilities and of p (1 − p): of every pair of tiers, then of all who go up, down, or stay.</summary>
    private sealed class CountSums(int places)
    {
        internal int Up => places * places;

        internal int Down => Up + 1;

        internal int Stay => Up + 2;

        internal double[] Means { get; } = new double[(places * places) + 3];

        internal long[] Customers { get; } = new long[places];

        internal double[] Variances { get; } = new double[(places * places) + 3];

        internal void Add(int from, double[] probabilities, double customers = 1)
        {
            Customers[from]++;
            var (up, down) = (0.0, 0.0);
            for (int to = 0; to < places; to++)
            {
                AddTo((from * places) + to, probabilities[to], customers);
                up += to < from ? probabilities[to] : 0;
                down += to > from ? probabilities[to] : 0;
            }

            AddTo(Up, up, customers);
            AddTo(Down, down, customers);
            AddTo(Stay, probabilities[from], customers);
        }

        private void AddTo(int cell, double probability, double customers)
        {
            Means[cell] += customers * probability;
            Variances[cell] += customers * Math.Max(0, probability * (1 - probability));
        }
    }
}
