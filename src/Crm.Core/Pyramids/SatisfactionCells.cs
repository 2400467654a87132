namespace Crm.Core.Pyramids;

/// <summary>Customers of equal satisfaction and equal probability together, in one order whatever that of the rows: so that it changes no bit, and ratings from 1 to 10 are ten cells.</summary>
internal sealed class SatisfactionCells
{
    private SatisfactionCells(double[] satisfaction, double[] logOdds, double[] customers, double[] movedUp) =>
        (Satisfaction, LogOdds, Customers, MovedUp) = (satisfaction, logOdds, customers, movedUp);

    internal int Count => Satisfaction.Length;

    internal double[] Satisfaction { get; }

    /// <summary>Gets the log-odds of moving up by the probability of the cell; 0 where there are none.</summary>
    internal double[] LogOdds { get; }

    internal double[] Customers { get; }

    internal double[] MovedUp { get; }

    internal static SatisfactionCells Of(List<(double Satisfaction, double Probability, bool MovedUp)> rows)
    {
        rows.Sort(static (left, right) => left.Satisfaction.CompareTo(right.Satisfaction) is not 0 and int order ? order : left.Probability.CompareTo(right.Probability));
        var satisfaction = new List<double>();
        var probability = new List<double>();
        var customers = new List<double>();
        var movedUp = new List<double>();
        foreach (var row in rows)
        {
            if (satisfaction.Count == 0 || satisfaction[^1] != row.Satisfaction || probability[^1] != row.Probability)
            {
                satisfaction.Add(row.Satisfaction);
                probability.Add(row.Probability);
                customers.Add(0);
                movedUp.Add(0);
            }

            customers[^1]++;
            movedUp[^1] += row.MovedUp ? 1 : 0;
        }

        return new([.. satisfaction], [.. probability.Select(p => Math.Log(p / (1 - p)))], [.. customers], [.. movedUp]);
    }
}
