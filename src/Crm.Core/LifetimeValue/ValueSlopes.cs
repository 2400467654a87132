using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Lifetime values and their slopes in the logarithms of the parameters of both models, in one pass over what lies ahead.</summary>
/// <remarks>
/// CLV = (margin · M − cost to sell) · DERT − cost to serve · lifetime: M depends on the spend model alone, DERT and lifetime on the
/// purchase model alone, and the two were fitted apart, so that their errors add in squares.
/// </remarks>
internal sealed class ValueSlopes
{
    private readonly PurchaseHistories _histories;
    private readonly PurchaseEstimates _buying;
    private readonly SpendEstimates _spend;
    private readonly double _margin;
    private readonly ServiceCosts _costs;
    private readonly double[] _ofPurchases;
    private readonly double[] _ofLifetimes;
    private readonly double[] _varianceOfPurchases;
    private readonly double[]? _bends;

    internal ValueSlopes(
        PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, ClvTerms terms, ServiceCosts costs, CancellationToken cancellationToken)
    {
        _histories = histories;
        _buying = buying;
        _spend = spend;
        _margin = terms.Margin;
        _costs = costs;
        Scale = terms.CostToSell is { Amount: > 0 } || costs.Any || terms.Margin == 0 ? EstimateScale.Natural : EstimateScale.Log;
        PurchaseModel model = buying.OwnModel;
        _ofPurchases = new double[histories.Distinct.Count * AliveProcess.Parameters];
        PurchaseModel.Ahead ahead = buying.DiscountedPurchasesAhead(terms.Discount, terms.Horizon);
        double[] purchases = model.OfEveryDistinct(histories, ahead, _ofPurchases, cancellationToken);
        _varianceOfPurchases = Covariances(_ofPurchases, _ofPurchases);
        _bends = Scale == EstimateScale.Log ? buying.Bends(histories, LogErrors(purchases), ahead) : null;
        _ofLifetimes = costs.Any ? new double[_ofPurchases.Length] : [];
        double[] lifetimes = costs.Any
            ? model.OfEveryDistinct(histories, buying.DiscountedLifetimeAhead(terms.Discount, terms.Horizon), _ofLifetimes, cancellationToken)
            : [];
        Values = CustomerValues.Of(histories, model, spend.Model, terms, costs, ByRow(purchases), lifetimes.Length > 0 ? ByRow(lifetimes) : []);
    }

    internal EstimateScale Scale { get; }

    internal CustomerValues Values { get; }

    internal EstimateColumn Column()
    {
        // What the purchase model contributes is quadratic in what a purchase brings and what serving costs: worked out once for all
        // rows of equal histories.
        double[] both = _ofLifetimes.Length > 0 ? Covariances(_ofPurchases, _ofLifetimes) : [];
        double[] lifetimes = _ofLifetimes.Length > 0 ? Covariances(_ofLifetimes, _ofLifetimes) : [];
        int[] groupOfRow = _histories.Distinct.GroupOfRow;
        var errors = new double[Values.Count];
        double[]? bends = _bends is null ? null : new double[Values.Count];
        Span<double> ofSpend = stackalloc double[SpendEstimates.Parameters];
        for (int row = 0; row < errors.Length; row++)
        {
            int group = groupOfRow[row];
            double perPurchase = Values.PerPurchase(row);
            double served = lifetimes.Length > 0
                ? _costs[row] * ((_costs[row] * lifetimes[group]) - (2 * perPurchase * both[group]))
                : 0;
            FillSpend(row, ofSpend);
            double variance = (perPurchase * perPurchase * _varianceOfPurchases[group]) + served + _spend.Covariance.Covariance(ofSpend, ofSpend);
            double error = Math.Sqrt(Math.Max(0, variance));
            double value = Values.Clv[row];
            errors[row] = Scale == EstimateScale.Natural ? error : value > 0 ? error / value : 0;
            if (bends is not null && variance > 0)
            {
                // The bend of purchases by their share in the variance: of u they have the root of it, and the bend is quadratic in u but for a
                // factor of σ, which makes up for the rest. What a mean spend bends by is left out; it is known far better.
                bends[row] = perPurchase * perPurchase * _varianceOfPurchases[group] / variance * _bends![group];
            }
        }

        return new([.. Values.Clv], errors, Scale, null, bends);
    }

    internal double TotalError()
    {
        var columns = new double[AliveProcess.Parameters + SpendEstimates.Parameters][];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new double[Values.Count];
        }

        Span<double> slopes = stackalloc double[columns.Length];
        for (int row = 0; row < Values.Count; row++)
        {
            Fill(row, slopes[..AliveProcess.Parameters], slopes[AliveProcess.Parameters..]);
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i][row] = slopes[i];
            }
        }

        double[] sums = Array.ConvertAll(columns, column => FixedPointSum.Of(column, _histories.Customers));
        double error = Together(sums.AsSpan(..AliveProcess.Parameters), sums.AsSpan(AliveProcess.Parameters..));
        return Scale == EstimateScale.Natural ? error : Values.Total > 0 ? error / Values.Total : 0;
    }

    private void Fill(int row, Span<double> ofBuying, Span<double> ofSpend)
    {
        int from = _histories.Distinct.GroupOfRow[row] * AliveProcess.Parameters;
        double perPurchase = Values.PerPurchase(row);
        for (int i = 0; i < AliveProcess.Parameters; i++)
        {
            double served = _ofLifetimes.Length > 0 ? _costs[row] * _ofLifetimes[from + i] : 0;
            ofBuying[i] = (perPurchase * _ofPurchases[from + i]) - served;
        }

        FillSpend(row, ofSpend);
    }

    private void FillSpend(int row, Span<double> ofSpend)
    {
        double meanSpend = _histories.MeanSpend.Length > 0 ? _histories.MeanSpend[row] : 0;
        double spend = _spend.LogSlopes(_histories.Frequency[row], meanSpend, ofSpend);
        for (int i = 0; i < SpendEstimates.Parameters; i++)
        {
            ofSpend[i] *= _margin * spend * Values.DiscountedPurchases[row];
        }
    }

    private double[] LogErrors(double[] purchases) =>
        [.. purchases.Select((value, group) => value > 0 ? Math.Sqrt(Math.Max(0, _varianceOfPurchases[group])) / value : 0)];

    private double[] Covariances(double[] first, double[] second)
    {
        var covariances = new double[first.Length / AliveProcess.Parameters];
        for (int group = 0; group < covariances.Length; group++)
        {
            int from = group * AliveProcess.Parameters;
            covariances[group] = _buying.Covariance.Covariance(first.AsSpan(from, AliveProcess.Parameters), second.AsSpan(from, AliveProcess.Parameters));
        }

        return covariances;
    }

    private double Together(ReadOnlySpan<double> ofBuying, ReadOnlySpan<double> ofSpend) =>
        Math.Sqrt(Math.Pow(_buying.Covariance.StandardError(ofBuying), 2) + Math.Pow(_spend.Covariance.StandardError(ofSpend), 2));

    private double[] ByRow(double[] ofDistinct) => Array.ConvertAll(_histories.Distinct.GroupOfRow, group => ofDistinct[group]);
}
