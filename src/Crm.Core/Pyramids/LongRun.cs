namespace Crm.Core.Pyramids;

/// <summary>Where customers stand in the long run, if they go on moving as they did.</summary>
internal static class LongRun
{
    // 2^60 steps: however seldom somebody moves.
    private const int Squarings = 60;

    /// <summary>
    /// The mean share of time in each state of a chain that begins with given shares: by squaring a lazy chain, which has the same one and never goes round in circles. States that
    /// lead nowhere keep who comes.
    /// </summary>
    /// <param name="moves">How many went from each state to each.</param>
    /// <param name="start">The share of each state at the beginning.</param>
    internal static double[] Of(double[,] moves, double[] start)
    {
        int states = start.Length;
        double[,] chain = Lazy(moves, states);
        for (int step = 0; step < Squarings; step++)
        {
            chain = Squared(chain, states);
        }

        var shares = new double[states];
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                shares[to] += start[from] * chain[from, to];
            }
        }

        return shares;
    }

    private static double[,] Lazy(double[,] moves, int states)
    {
        var chain = new double[states, states];
        for (int from = 0; from < states; from++)
        {
            double all = 0;
            for (int to = 0; to < states; to++)
            {
                all += moves[from, to];
            }

            for (int to = 0; to < states; to++)
            {
                chain[from, to] = (from == to ? 0.5 : 0) + (0.5 * (all > 0 ? moves[from, to] / all : from == to ? 1 : 0));
            }
        }

        return chain;
    }

    // Rows are kept at 1, so that no rounding grows.
    private static double[,] Squared(double[,] chain, int states)
    {
        var squared = new double[states, states];
        for (int from = 0; from < states; from++)
        {
            double all = 0;
            for (int to = 0; to < states; to++)
            {
                double sum = 0;
                for (int through = 0; through < states; through++)
                {
                    sum += chain[from, through] * chain[through, to];
                }

                squared[from, to] = sum;
                all += sum;
            }

            for (int to = 0; to < states; to++)
            {
                squared[from, to] /= all;
            }
        }

        return squared;
    }
}
