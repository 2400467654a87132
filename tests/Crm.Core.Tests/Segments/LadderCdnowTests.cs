using Crm.Core.Customers;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Tests.Segments;

/// <summary>The CDNOW sample (2,357 customers, 1997-01-01 to 1998-06-30) by the default definition: one life worked by hand, and counts by a separate script.</summary>
public sealed class LadderCdnowTests
{
    // By hand, from the four days on which customer 1 bought: 1997-01-01, 01-18, 08-02 and 12-12.
    [SharedDataFact]
    public void CustomerOne_OfTheSample_ComesAndGoesOnTheseDays()
    {
        LadderStandings all = LoyaltyLadder.Default.EvaluateAll(Sample(), new(1998, 6, 30));
        int row = all.Ids.ToList().IndexOf(CustomerId.Of("1"));

        // Four days in the year before 12-12, none further apart than three times 115 days; on 1998-01-01 the first of them is a year old.
        Assert.Equal(
            [
                (new(1997, 1, 1), LoyaltyRung.New), (new(1997, 1, 18), LoyaltyRung.Impressed),
                (new(1997, 12, 12), LoyaltyRung.Regular), (new(1998, 1, 1), LoyaltyRung.Impressed),
            ],
            all.RungMovesOf(row));

        // A gap of 17 days: dormant after the floor of 60, lost after that of 180. Then gaps of 106.5 and 115 on average.
        Assert.Equal(
            [
                (new(1997, 1, 1), LifecycleStage.FirstTime, false), (new(1997, 1, 18), LifecycleStage.Repeat, false), (new(1997, 3, 19), LifecycleStage.Dormant, false),
                (new(1997, 7, 17), LifecycleStage.Lost, false), (new(1997, 8, 2), LifecycleStage.Repeat, false),
            ],
            all.StageMovesOf(row));
    }

    // Counted from the file by a script of 20 lines in another language, which shares nothing with the library.
    [SharedDataFact]
    public void Counts_OfTheSample_AreThoseOfAScript()
    {
        LadderStandings calibration = LoyaltyLadder.Default.EvaluateAll(Sample(), new(1997, 9, 30));
        Assert.Equal([0, 1461, 719, 177, 0], OnRungs(calibration));
        Assert.Equal([0, 0, 1374, 595, 210, 178], InStages(calibration));
        LadderStandings end = LoyaltyLadder.Default.EvaluateAll(Sample(), new(1998, 6, 30));
        Assert.Equal([0, 1371, 846, 140, 0], OnRungs(end));
        Assert.Equal([0, 0, 0, 683, 1299, 375], InStages(end));

        // The file names no discounts, no referrals, no members.
        Assert.All(end.Influencers.ToArray().Concat(end.BargainHunters.ToArray()), answer => Assert.Equal(TraitAnswer.Unknown, answer));
        Assert.All(Enumerable.Range(0, end.Count), row => Assert.NotEqual(TraitAnswer.Yes, end.TrueFans[row]));
    }

    private static int[] OnRungs(LadderStandings all) => [all.CountOn(null), .. LoyaltyRung.All.Select(rung => all.CountOn(rung))];

    private static int[] InStages(LadderStandings all) => [.. LifecycleStage.All.Select(stage => all.CountIn(stage))];

    private static LadderColumns Sample()
    {
        var ids = new List<CustomerId>();
        var starts = new List<int>();
        var days = new List<LocalDate>();
        foreach (CsvRows row in CsvRows.Read(SharedData.Data("cdnow_sample.csv")))
        {
            CustomerId id = CustomerId.Of(row["customer_id"]);
            if (ids.Count == 0 || ids[^1] != id)
            {
                ids.Add(id);
                starts.Add(days.Count);
            }

            days.Add(LocalDatePattern.Iso.Parse(row["date"]).Value);
        }

        return new() { Ids = ids, Starts = (int[])[.. starts, days.Count], Days = days.ToArray() };
    }
}
