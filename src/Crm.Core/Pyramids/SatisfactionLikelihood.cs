using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>The penalised log-likelihood of moving up, logit π = log-odds of the model + α + β x: that of the binomial and ½ ln |I(α, β)|.</summary>
/// <remarks>
/// <para>
/// Firth (1993), "Bias reduction of maximum likelihood estimates", Biometrika 80(1): the penalty is Jeffreys' prior, which takes out the bias of first order, and keeps the estimates finite where
/// satisfaction parts who moved from who did not.
/// </para>
/// <para>
/// With w = n π (1 − π), I = (A B; B C) of the moments of w, and D = AC − B², everything is moments of w and of its first and second derivatives w (1 − 2π) and w (1 − 6π (1 − π)). They are taken
/// about the mean of x by w, where B is 0 and D no difference of great numbers; a shift of x changes neither D nor the likelihood, only the names of the variables.
/// </para>
/// </remarks>
internal sealed class SatisfactionLikelihood(SatisfactionCells cells, double[] x) : ISmoothFunction
{
    public int Dimension => 2;

    public void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result)
    {
        double centre = CentreOf(logParameters);
        Span<double> weight = stackalloc double[3];
        Span<double> first = stackalloc double[4];
        Span<double> second = stackalloc double[5];
        double value = 0;
        double residual = 0;
        double residualX = 0;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            double n = cells.Customers[cell];
            double at = x[cell] - centre;
            Chance chance = ChanceOf(cell, logParameters);
            value -= ((n - cells.MovedUp[cell]) * chance.MinusLogNot) + (cells.MovedUp[cell] * chance.MinusLog);
            double beyond = cells.MovedUp[cell] - (n * chance.Probability);
            residual += beyond;
            residualX += beyond * at;
            double w = n * chance.Variance;
            AddMoments(weight, w, at);
            AddMoments(first, w * (chance.Not - chance.Probability), at);
            AddMoments(second, w * (1 - (6 * chance.Variance)), at);
        }

        var (a, b, c) = (weight[0], weight[1], weight[2]);
        double determinant = (a * c) - (b * b);
        result.Value = value + (0.5 * Math.Log(determinant));
        Span<double> slope = stackalloc double[2];
        for (int i = 0; i < 2; i++)
        {
            slope[i] = ((first[i] * c) + (a * first[i + 2]) - (2 * b * first[i + 1])) / determinant;
            result.Gradient[i] = (i == 0 ? residual : residualX) + (0.5 * slope[i]);
        }

        for (int i = 0; i < 2; i++)
        {
            for (int j = i; j < 2; j++)
            {
                double bend = (second[i + j] * c) + (first[i] * first[j + 2]) + (first[j] * first[i + 2]) + (a * second[i + j + 2])
                    - (2 * first[i + 1] * first[j + 1]) - (2 * b * second[i + j + 1]);
                result.Hessian[i, j] = -weight[i + j] + (0.5 * ((bend / determinant) - (slope[i] * slope[j])));
            }
        }

        BackFrom(centre, result);
    }

    /// <summary>The variance of β by the information matrix: that of the unpenalised likelihood, at the penalised estimate.</summary>
    internal double VarianceOfSlope(ReadOnlySpan<double> parameters)
    {
        double centre = CentreOf(parameters);
        double spread = 0;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            spread += cells.Customers[cell] * ChanceOf(cell, parameters).Variance * (x[cell] - centre) * (x[cell] - centre);
        }

        return 1 / spread;
    }

    private static void AddMoments(Span<double> moments, double weight, double at)
    {
        for (int power = 0; power < moments.Length; power++)
        {
            moments[power] += weight;
            weight *= at;
        }
    }

    // α + β x = (α + β m) + β (x − m): what was taken about m in the variables α + β m and β, in α and β.
    private static void BackFrom(double centre, Derivatives result)
    {
        var (g, h) = (result.Gradient, result.Hessian);
        g[1] += centre * g[0];
        h[1, 1] += (2 * centre * h[0, 1]) + (centre * centre * h[0, 0]);
        h[0, 1] += centre * h[0, 0];
        h[1, 0] = h[0, 1];
    }

    private double CentreOf(ReadOnlySpan<double> parameters)
    {
        double weight = 0;
        double weightX = 0;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            double w = cells.Customers[cell] * ChanceOf(cell, parameters).Variance;
            weight += w;
            weightX += w * x[cell];
        }

        return weightX / weight;
    }

    private Chance ChanceOf(int cell, ReadOnlySpan<double> parameters) => new(cells.LogOdds[cell] + parameters[0] + (parameters[1] * x[cell]));

    // π, 1 − π, π (1 − π) and −ln of either, each to full accuracy of itself.
    private readonly struct Chance
    {
        internal Chance(double logOdds)
        {
            double less = Math.Exp(-Math.Abs(logOdds));
            double likelier = 1 / (1 + less);
            double rarer = less * likelier;
            double minusLog = ElementaryFunctions.Log1P(less);
            (Probability, Not) = logOdds > 0 ? (likelier, rarer) : (rarer, likelier);
            (MinusLog, MinusLogNot) = logOdds > 0 ? (minusLog, minusLog + logOdds) : (minusLog - logOdds, minusLog);
            Variance = likelier * rarer;
        }

        internal double Probability { get; }

        internal double Not { get; }

        internal double MinusLog { get; }

        internal double MinusLogNot { get; }

        internal double Variance { get; }
    }
}
