using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Tests.Histories;

// References: the CDNOW and apparel data, as two other packages and the field's own summary files have them.
public sealed class HistoryReferenceTests
{
    private const string Cdnow = "cdnow_sample.csv";
    private static readonly LocalDate _endOfCalibration = new(1997, 9, 30);
    private static readonly LocalDate _endOfData = new(1998, 6, 30);

    [SharedDataTheory]
    [InlineData("cdnow_sample.csv", 2357, 2457, 16_135.5714286, 77_111.2857143, 946)]
    [InlineData("cdnow_master.csv", 23570, 24337, 161_377.714285714, 771_390.857142857, 9451)]
    public void Build_CdnowThroughSeptember1997_HasTheReferenceSums(
        string file, int customers, long frequency, double recency, double age, int repeaters)
    {
        PurchaseHistories histories = Builder(file).Build(Window.Through(_endOfCalibration));
        Assert.Equal((customers, frequency, repeaters), (histories.Count, Sum(histories.Frequency), histories.Count(h => h.Frequency > 0)));
        Assert.Equal(recency, histories.Sum(h => h.Recency), 1e-6);
        Assert.Equal(age, histories.Sum(h => h.Age), 1e-6);
    }

    [SharedDataFact]
    public void Build_CdnowMaster_HasTheReferenceExtremes()
    {
        PurchaseHistories histories = Builder("cdnow_master.csv").Build(Window.Through(_endOfCalibration));
        Assert.Equal((80, 71), (histories.Max(h => h.Frequency), histories.Count(h => h.Recency == h.Age)));
    }

    [SharedDataFact]
    public void Build_CdnowSample_RoundsToThePublishedSummary()
    {
        PurchaseHistories histories = Builder(Cdnow).Build(Window.Through(_endOfCalibration));
        Assert.All(CsvRows.Read(SharedData.Data("cdnow_summary.csv")), row =>
        {
            PurchaseHistory history = histories[CustomerId.Of(row["customer_id"])];
            Assert.Equal(row.Count("x"), history.Frequency);
            Assert.Equal((row.Number("t_x"), row.Number("T")), (Rounded(history.Recency), Rounded(history.Age)));
        });
    }

    [SharedDataFact]
    public void Build_CdnowSample_HasThePublishedMeanSpendToItsRounding()
    {
        PurchaseHistories histories = Builder(Cdnow).Build(Window.Through(_endOfCalibration));
        Assert.All(CsvRows.Read(SharedData.Data("cdnow_summary_spend.csv")), row =>
            Assert.Equal(row.Number("m_x"), histories[CustomerId.Of(row["customer_id"])].MeanSpend, 0.005 + 1e-9));
    }

    [SharedDataTheory]
    [InlineData("clvtools_cbs_cdnow.csv", Cdnow, "1997-10-01", "1998-06-30")]
    [InlineData("clvtools_cbs_cdnow-19970930.csv", Cdnow, "1997-09-30", "1998-06-30")]
    [InlineData("clvtools_cbs_cdnow-full.csv", Cdnow, "1998-06-30", null)]
    [InlineData("clvtools_cbs_apparel.csv", "apparel_transactions.csv", "2006-12-31", "2010-12-20")]
    public void Build_SplitOfClvtools_HasItsRows(string reference, string file, string last, string? holdout)
    {
        PurchaseHistories histories = Builder(file).Build(WindowOf(last, holdout));
        List<CsvRows> rows = CsvRows.Read(SharedData.Reference(reference));
        Assert.Equal(rows.Count, histories.Count);
        Assert.All(rows, row =>
        {
            SameTimes(histories, row, out int place);
            Assert.Equal(row.Number("mean_repeat_spend"), histories.MeanSpend[place], 1e-10);
            if (holdout is not null)
            {
                Assert.Equal(row.Count("holdout_x"), histories.HoldoutFrequency[place]);
                Assert.Equal(row.Number("holdout_spend"), histories.HoldoutMeanSpend[place] * histories.HoldoutFrequency[place], 1e-9);
            }
        });
    }

    [SharedDataTheory]
    [InlineData("btydplus_cbs_cdnow-19970930.csv", Cdnow, "1997-09-30", "1998-06-30", 39)]
    [InlineData("btydplus_cbs_apparel.csv", "apparel_transactions.csv", "2006-12-31", "2010-12-20", 207.142857142857)]
    public void Build_SplitOfBtydplus_HasItsRows(string reference, string file, string last, string holdout, double weeks)
    {
        PurchaseHistories histories = Builder(file).Build(WindowOf(last, holdout));
        List<CsvRows> rows = CsvRows.Read(SharedData.Reference(reference));
        Assert.Equal(rows.Count, histories.Count);
        Assert.Equal(weeks, histories.Frame.HoldoutLength, 1e-11);
        Assert.All(rows, row =>
        {
            SameTimes(histories, row, out int place);
            Assert.Equal(row.Count("holdout_x"), histories.HoldoutFrequency[place]);
        });
    }

    [SharedDataFact]
    public void Build_CdnowRowsShuffled_GivesTheSameBits()
    {
        List<CsvRows> rows = CsvRows.Read(SharedData.Data(Cdnow));
        Window window = Window.Through(_endOfCalibration).HoldingOutThrough(_endOfData);
        List<SlowHistories.Row> straight = SlowHistories.Row.Of(Builder(rows).Build(window));
        for (int seed = 1; seed <= 5; seed++)
        {
            CsvRows[] shuffled = [.. rows];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(straight, SlowHistories.Row.Of(Builder(shuffled).Build(window)));
        }
    }

    private static void SameTimes(PurchaseHistories histories, CsvRows row, out int place)
    {
        Assert.True(histories.TryGetRow(CustomerId.Of(row["customer_id"]), out place));
        Assert.Equal(row.Count("x"), histories.Frequency[place]);
        Assert.Equal(row.Number("t_x"), histories.Recency[place], 1e-12);
        Assert.Equal(row.Number("T"), histories.Age[place], 1e-12);
    }

    private static PurchaseHistoryBuilder Builder(string file) => Builder(CsvRows.Read(SharedData.Data(file)));

    private static PurchaseHistoryBuilder Builder(IEnumerable<CsvRows> rows)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        foreach (CsvRows row in rows)
        {
            builder.Add(CustomerId.Of(row["customer_id"]), Day(row["date"]), row.Amount("amount"));
        }

        return builder;
    }

    private static Window WindowOf(string last, string? holdout) =>
        holdout is null ? Window.Through(Day(last)) : Window.Through(Day(last)).HoldingOutThrough(Day(holdout));

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    // As the summary files were rounded: the time as a decimal of enough digits, halves away from zero.
    private static double Rounded(double weeks) => (double)Math.Round((decimal)weeks, 2, MidpointRounding.AwayFromZero);

    private static long Sum(ReadOnlySpan<int> counts)
    {
        long sum = 0;
        foreach (int count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
