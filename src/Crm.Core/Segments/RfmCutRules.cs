namespace Crm.Core.Segments;

/// <summary>What the points and scores of a cut must be; all faults are found together, rows being their places.</summary>
internal static class RfmCutRules
{
    internal const string PointsColumn = "points";
    internal const string ScoresColumn = "scores";

    internal static void CheckPoints(RfmDimension dimension, IReadOnlyList<double> points, RowFaultList faults)
    {
        for (int place = 0; place < points.Count; place++)
        {
            double point = points[place];
            if (!double.IsFinite(point))
            {
                faults.Add(place, PointsColumn, $"{point}", "a finite number");
            }
            else if (dimension == RfmDimension.Recency && point < 0)
            {
                faults.Add(place, PointsColumn, $"{point}", "0 days or more");
            }
            else if (dimension == RfmDimension.Frequency && !(point >= 1 && point == Math.Floor(point)))
            {
                faults.Add(place, PointsColumn, $"{point}", "a whole number of purchases, 1 or more");
            }
            else if (place > 0 && point <= points[place - 1])
            {
                faults.Add(place, PointsColumn, $"{point}", FormattableString.Invariant($"more than the {points[place - 1]} before it"));
            }
        }
    }

    internal static void CheckScores(int bins, IReadOnlyList<int> scores, RowFaultList faults)
    {
        for (int place = 0; place < scores.Count; place++)
        {
            if (scores[place] < 1 || scores[place] > bins)
            {
                faults.Add(place, ScoresColumn, $"{scores[place]}", FormattableString.Invariant($"a score from 1 to {bins}"));
            }
            else if (place > 0 && scores[place] <= scores[place - 1])
            {
                faults.Add(place, ScoresColumn, $"{scores[place]}", FormattableString.Invariant($"more than the {scores[place - 1]} before it"));
            }
        }
    }
}
