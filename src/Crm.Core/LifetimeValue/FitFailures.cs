using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Says of a search that found no maximum inside the box where the likelihood rises to, and which simpler model waits there.</summary>
internal static class FitFailures
{
    private const string Advice =
        "The data do not show the differences between customers that the model needs. Use more customers or a longer window, "
        + "fit under a prior (FitPenalised, or --prior weak), or use another model.";

    // A component of the flattest direction counts from this share of the largest one on.
    private const double Moving = 0.3;

    internal static FitDiagnostic Of(SearchSpace space, Maximum best)
    {
        if (best.Kind == MaximumKind.NotReached)
        {
            return new(FitDiagnosis.NotConverged, true,
                string.Create(CultureInfo.InvariantCulture, $"The search stopped after {best.Iterations} steps without a maximum."),
                "Check the data for impossible values; a simpler model may fit, and so may this one under a prior.");
        }

        List<string> moves = Moves(space, best);
        LimitModel? limit = space.Limits.FirstOrDefault(candidate => candidate.IsReachedBy(moves));
        double[] parameters = Array.ConvertAll(best.LogParameters, Math.Exp);
        string where = (best.AtBound.Count, moves.Count) switch
        {
            (_, 0) => "it is flat",
            (0, _) => $"it is flat along a ridge on which {InWords(moves)}",
            (_, 1) => $"it still rises as {InWords(moves)}",
            _ => $"it still rises along a ridge on which {InWords(moves)}",
        };
        string towards = limit is null ? "" : $" Its limit says that {limit.Words(parameters)}.";
        return new(
            moves.Count > 1 ? FitDiagnosis.Ridge : moves.Count == 1 ? FitDiagnosis.ParameterAtBound : FitDiagnosis.NoInteriorMaximum,
            true,
            $"The likelihood has no maximum at finite parameters: {where}.{towards}",
            Advice);
    }

    // What is at an edge, and what goes along with it in the direction in which the likelihood bends least.
    private static List<string> Moves(SearchSpace space, Maximum best)
    {
        var moves = new List<string>();
        double[] flattest = Outwards(space, best);
        double largest = flattest.Max(Math.Abs);
        for (int i = 0; i < space.Names.Length; i++)
        {
            if (best.AtBound.Contains(i))
            {
                moves.Add(space.Names[i] + (AtTop(space, best, i) ? "+" : "-"));
            }
            else if (Math.Abs(flattest[i]) > Moving * largest && IsAlongTheEdge(best, flattest, largest))
            {
                moves.Add(space.Names[i] + (flattest[i] > 0 ? "+" : "-"));
            }
        }

        return moves;
    }

    // The flattest direction says who moves along only if what is at the edge moves in it.
    private static bool IsAlongTheEdge(Maximum best, double[] flattest, double largest) =>
        best.AtBound.Count == 0 || best.AtBound.Any(i => Math.Abs(flattest[i]) > Moving * largest);

    private static double[] Outwards(SearchSpace space, Maximum best)
    {
        double[] flattest = best.FlattestDirection ?? new double[space.Names.Length];
        int sign = 1;
        foreach (int i in best.AtBound)
        {
            if (flattest[i] != 0)
            {
                sign = flattest[i] > 0 == AtTop(space, best, i) ? 1 : -1;
                break;
            }
        }

        return Array.ConvertAll(flattest, component => sign * component);
    }

    private static bool AtTop(SearchSpace space, Maximum best, int i) =>
        best.LogParameters[i] > 0.5 * (Math.Log(space.Lower[i]) + Math.Log(space.Upper[i]));

    private static string InWords(List<string> moves) => string.Join(
        " and ", moves.Select(move => move[..^1] + (move[^1] == '+' ? " grows without limit" : " falls to 0")));
}
