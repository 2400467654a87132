namespace Crm.Core.Numerics;

/// <summary>A log-likelihood that is a sum over rows, each counted as often as it has customers.</summary>
/// <typeparam name="TShared">What all rows share at one point: parameters and tables.</typeparam>
/// <remarks>
/// A row fills in its term and its derivatives with respect to the natural parameters, packed as value, gradient, upper triangle by
/// rows; the sums have the same bits for any number of threads.
/// </remarks>
internal abstract class RowLikelihood<TShared>(int dimension, double[] customers, CancellationToken cancellationToken) : ILogLikelihood
{
    public int Dimension => dimension;

    /// <summary>Gets how many numbers a term has: its value, its gradient and the upper triangle of its Hessian.</summary>
    private int Width => 1 + dimension + (dimension * (dimension + 1) / 2);

    public void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result)
    {
        double[] parameters = Natural(logParameters);
        TShared shared = Share(parameters);
        int width = Width;
        double[] sums = RowSums.Of(customers.Length, width, (from, to, lanes) => AddTerms(from, to, lanes, width, shared), cancellationToken);
        result.FromNatural(sums, parameters);
    }

    public double[,] ScoreProducts(ReadOnlySpan<double> logParameters)
    {
        double[] parameters = Natural(logParameters);
        TShared shared = Share(parameters);
        double[] sums = RowSums.Of(
            customers.Length, dimension * dimension, (from, to, lanes) => AddProducts(from, to, lanes, parameters, shared), cancellationToken);
        var products = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                products[i, j] = sums[(i * dimension) + j];
            }
        }

        return products;
    }

    /// <summary>Works out once what all rows need at these parameters.</summary>
    private protected abstract TShared Share(double[] parameters);

    /// <summary>Fills in the term of one customer of a row; every place is written.</summary>
    private protected abstract void Fill(int row, TShared shared, Span<double> term);

    private static double[] Natural(ReadOnlySpan<double> logParameters)
    {
        var parameters = new double[logParameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Math.Exp(logParameters[i]);
        }

        return parameters;
    }

    private void AddTerms(int from, int to, Span<double> lanes, int width, TShared shared)
    {
        Span<double> term = stackalloc double[width];
        for (int row = from; row < to; row++)
        {
            Fill(row, shared, term);
            Span<double> lane = lanes.Slice(row % RowSums.Lanes * width, width);
            for (int i = 0; i < width; i++)
            {
                lane[i] += customers[row] * term[i];
            }
        }
    }

    private void AddProducts(int from, int to, Span<double> lanes, double[] parameters, TShared shared)
    {
        Span<double> term = stackalloc double[Width];
        int square = dimension * dimension;
        for (int row = from; row < to; row++)
        {
            Fill(row, shared, term);
            Span<double> lane = lanes.Slice(row % RowSums.Lanes * square, square);
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    lane[(i * dimension) + j] += customers[row] * (parameters[i] * term[1 + i]) * (parameters[j] * term[1 + j]);
                }
            }
        }
    }
}
