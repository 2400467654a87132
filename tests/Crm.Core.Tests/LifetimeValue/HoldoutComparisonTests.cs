using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Slow oracle: scores, paired errors and the choice recomputed from the public answers of the models. Simulation: the truth scores
/// best. Examples: grades at their edges, models that cannot be fitted, and what the words say.
/// </summary>
public sealed class HoldoutComparisonTests
{
    private static readonly MbgNbd _mbg = new(0.9, 6, 0.8, 2.1, TimeUnit.Week);
    private static readonly BgNbd _bg = new(0.3, 4, 0.8, 2.4, TimeUnit.Week);
    private static readonly ParetoNbd _pareto = new(0.9, 8, 0.6, 12, TimeUnit.Week);

    // The calibration that the grades are tried on, and its fit.
    private static readonly PurchaseHistories _graded = Simulated.WithHoldout(_mbg, 600, 280, 140, 5);
    private static readonly Lazy<HoldoutComparison> _gradedComparison = new(() => Of(_graded, "mbg-nbd"));

    public static TheoryData<string, int, string[]> Bases => new()
    {
        { "mbg-nbd", 1500, ["mbg-nbd", "bg-nbd", "pareto-nbd"] },
        { "bg-nbd", 1500, ["mbg-nbd", "bg-nbd", "pareto-nbd"] },
        { "pareto-nbd", 1500, ["mbg-nbd", "bg-nbd", "pareto-nbd"] },
        { "pareto-nbd", 300, ["pareto-nbd", "bg-nbd", "mbg-nbd"] },
    };

    [Theory]
    [MemberData(nameof(Bases))]
    public void Of_ASimulatedBase_ChoosesTheFirstWithinOneErrorOfTheBest(string truth, int customers, string[] order)
    {
        PurchaseHistories histories = Simulated.WithHoldout(ModelOf(truth), customers, 280, 140, 11);

        HoldoutComparison comparison = Of(histories, order);

        Assert.Equal(order, comparison.Candidates.Select(candidate => candidate.Name));
        double[][] scores = [.. comparison.Candidates.Select(candidate => Scores(candidate.Fit.OrThrow(), histories, 140))];
        double[] best = scores.MaxBy(each => each.Average())!;
        int chosen = -1;
        for (int i = 0; i < scores.Length; i++)
        {
            HoldoutCandidate candidate = comparison.Candidates[i];
            double[] below = [.. best.Zip(scores[i], (mine, theirs) => mine - theirs)];
            Near.Relative(scores[i].Average(), candidate.Validation!.LogScore.Mean, 1e-12, "mean");
            Near.Relative(ErrorOfMean(scores[i]), candidate.Validation.LogScore.StandardError, 1e-10, "error");
            Near.Absolute(below.Average(), candidate.BelowBest!.Value.Mean, 1e-13, "below the best");
            Near.Absolute(ErrorOfMean(below), candidate.BelowBest.Value.StandardError, 1e-12, "error of the difference");
            chosen = chosen < 0 && below.Average() <= ErrorOfMean(below) ? i : chosen;
        }

        Assert.Same(comparison.Candidates[chosen], comparison.Chosen);
        Assert.Equal(Horizon.Weeks(20), comparison.Chosen!.Validation!.Length);
    }

    [Fact]
    public void Of_ModelsThatScoreAlike_PrefersThemInTheOrderNamed()
    {
        // Nobody but the order decides between a model and itself.
        HoldoutComparison comparison = Of(_graded, "mbg-nbd", "mbg-nbd");
        Assert.Same(comparison.Candidates[0], comparison.Chosen);
        Assert.All(comparison.Candidates, candidate => Assert.Equal(default, candidate.BelowBest!.Value));
    }

    [Fact]
    public void Of_NoModelsNamed_ComparesAllInTheOrderOfPreference()
    {
        PurchaseHistories histories = Simulated.WithHoldout(_mbg, 300, 280, 140, 2);
        var progress = new Stages();
        HoldoutComparison comparison = HoldoutComparison.Of(HoldoutSample.Of(histories), progress: progress);
        Assert.Equal(["mbg-nbd", "bg-nbd", "pareto-nbd"], comparison.Candidates.Select(candidate => candidate.Name));
        Assert.Equal(["testing mbg-nbd", "testing bg-nbd", "testing pareto-nbd"], progress.Told);
    }

    [Fact]
    public void Of_AModelThatCannotBeFitted_GivesItNoValidationAndNeverChoosesIt()
    {
        // So few customers that the likelihood of BG/NBD has no maximum and that of MBG/NBD has one.
        HoldoutComparison comparison = Of(Simulated.WithHoldout(_mbg, 60, 280, 140, 8), "bg-nbd", "mbg-nbd");

        HoldoutCandidate failed = comparison.Candidates[0];
        Assert.False(failed.Fit.Converged);
        Assert.Null(failed.Validation ?? (object?)failed.BelowBest);
        Assert.Equal("mbg-nbd", comparison.Chosen!.Name);
        Assert.Contains("(others: none)", comparison.InWords()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoModelThatCanBeFitted_ChoosesNoneAndSaysSo()
    {
        HoldoutComparison comparison = Of(Simulated.WithHoldout(_mbg, 60, 280, 140, 8), "bg-nbd");
        Assert.Null(comparison.Chosen);
        Assert.Equal(ValidationGrade.NotValidated, comparison.Grade);
        Assert.Equal(["No model could be fitted to the calibration period, so that none was tested."], comparison.InWords());
    }

    [Theory]
    [InlineData("mbg-nbd")]
    [InlineData("bg-nbd")]
    public void LogScore_OfTheTruth_IsAboveThatOfOthersOnALargeBase(string truth)
    {
        PurchaseHistories histories = Simulated.WithHoldout(ModelOf(truth), 20_000, 280, 140, 9);
        HoldoutSample sample = HoldoutSample.Of(histories);
        HoldoutValidation best = HoldoutValidation.Of(ModelOf(truth), null, sample);
        (double R, double Alpha, double A, double B) p = truth == "mbg-nbd" ? (0.9, 6, 0.8, 2.1) : (0.3, 4, 0.8, 2.4);
        IPurchaseModel[] others =
        [
            truth == "mbg-nbd" ? new BgNbd(p.R, p.Alpha, p.A, p.B, TimeUnit.Week) : new MbgNbd(p.R, p.Alpha, p.A, p.B, TimeUnit.Week),
            .. new double[] { 0.4, 2.5 }.SelectMany(factor => new[]
            {
                Like(p.R * factor, p.Alpha, p.A, p.B), Like(p.R, p.Alpha * factor, p.A, p.B), Like(p.R, p.Alpha, p.A * factor, p.B),
            }),
        ];

        Assert.All(others, other =>
        {
            LogScore above = best.Above(HoldoutValidation.Of(other, null, sample), histories);
            Assert.True(above.Mean > 3 * above.StandardError, $"{other.Name} {string.Join(", ", other.Parameters)}: {above}");
        });

        IPurchaseModel Like(double r, double alpha, double a, double b) =>
            truth == "mbg-nbd" ? new MbgNbd(r, alpha, a, b, TimeUnit.Week) : new BgNbd(r, alpha, a, b, TimeUnit.Week);
    }

    [Fact]
    public void LogScore_OfWhatTheModelHoldsImpossible_IsKeptFinite()
    {
        PurchaseHistories histories = PurchaseHistories.FromColumns(
            new() { Frequency = [0], Recency = [0], Age = [10], HoldoutFrequency = [5000] }, Simulated.HeldOut(TimeUnit.Week, 7));
        HoldoutValidation validation = HoldoutValidation.Of(new MbgNbd(0.5, 1000, 1, 2, TimeUnit.Week), null, HoldoutSample.Of(histories));
        Assert.Equal(new LogScore(-700, 0), validation.LogScore);
        Assert.Null(validation.Total);
    }

    // The total that is expected does not depend on the test period, so that one can be made to miss it by as much as wanted.
    [Theory]
    [InlineData(0.10, 0, ValidationGrade.Good)]
    [InlineData(0.10, -1, ValidationGrade.Fair)]
    [InlineData(-0.10, 0, ValidationGrade.Good)]
    [InlineData(-0.10, 1, ValidationGrade.Fair)]
    [InlineData(0.25, 0, ValidationGrade.Fair)]
    [InlineData(0.25, -1, ValidationGrade.Poor)]
    [InlineData(-0.25, 0, ValidationGrade.Fair)]
    [InlineData(-0.25, 1, ValidationGrade.Poor)]
    public void Grade_AtTheEdgeOfAMiss_IsAsTold(double miss, int beyond, ValidationGrade grade)
    {
        double[] expected = Expected();
        double edge = expected.Sum() / (1 + miss);
        int total = (int)(miss > 0 ? Math.Ceiling(edge) : Math.Floor(edge)) + beyond;

        HoldoutComparison comparison = Of(HeldOut(_graded, Apportioned(expected, total)), "mbg-nbd");

        ForecastErrors purchases = comparison.Chosen!.Validation!.Purchases;
        Assert.Equal(beyond == 0, Math.Abs(purchases.Bias!.Value) <= Math.Abs(miss));
        Assert.All(comparison.Baselines, baseline => Assert.True(purchases.RootMeanSquareError < baseline.Purchases.RootMeanSquareError));
        Assert.Equal(grade, comparison.Grade);
        Assert.StartsWith(grade.ToString() + ": mbg-nbd, fitted without the last 20 weeks, expected ", comparison.InWords()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Grade_WorseThanASimpleForecast_IsPoorHoweverNearTheTotal()
    {
        // Customers who hardly ever drop out, each of whom goes on at their own average.
        PurchaseHistories steady = Simulated.WithHoldout(new MbgNbd(0.9, 6, 0.15, 6, TimeUnit.Week), 600, 280, 140, 5);
        var expected = new double[steady.Count];
        MbgNbd.Fit(steady).OrThrow().ExpectedPurchases(steady, Horizon.Weeks(20), expected);
        double[] average = [.. steady.Select(history => history.Frequency / history.Age * 20)];
        HoldoutComparison comparison = Of(HeldOut(steady, Apportioned(average, (int)Math.Round(expected.Sum()))), "mbg-nbd");

        Assert.InRange(Math.Abs(comparison.Chosen!.Validation!.Purchases.Bias!.Value), 0, 0.01);
        Assert.True(comparison.Baselines[0].Purchases.RootMeanSquareError < comparison.Chosen.Validation.Purchases.RootMeanSquareError);
        Assert.Equal(ValidationGrade.Poor, comparison.Grade);
        Assert.Contains("not better than all of the simple forecasts (\"average so far\"", comparison.InWords()[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Grade_NothingBought_IsPoor()
    {
        HoldoutComparison comparison = Of(HeldOut(_graded, new int[_graded.Count]), "mbg-nbd");
        Assert.Equal(ValidationGrade.Poor, comparison.Grade);
        Assert.EndsWith("purchases in them; there were 0.", comparison.InWords()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void InWords_OnePurchase_IsNotSaidAsIfThereWereMore()
    {
        HoldoutComparison comparison = Of(HeldOut(_graded, [1, .. new int[_graded.Count - 1]]), "mbg-nbd");
        Assert.Contains(" purchases in them; there was 1 (", comparison.InWords()[0], StringComparison.Ordinal);
        Assert.StartsWith("Poor: mbg-nbd, fitted without the last 20 weeks, expected ", comparison.InWords()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, ValidationGrade.Good, "too ")]
    [InlineData(3, ValidationGrade.Poor, "too low")]
    public void SpendGrade_WhenPricesChange_IsThatOfTheMoneyAlone(double dearer, ValidationGrade grade, string words)
    {
        var spend = new GammaGamma(6, 4, 15);
        PurchaseHistories known = Simulated.WithHoldout(_mbg, 3_000, 280, 140, 5);
        double[][] amounts = [.. Enumerable.Range(0, known.Count).Select(row => spend.SimulateSpend(known.Frequency[row] + known.HoldoutFrequency[row] + 1, 5, (ulong)row).ToArray())];
        PurchaseHistories priced = PurchaseHistories.FromColumns(
            new()
            {
                Frequency = [.. known.Frequency],
                Recency = [.. known.Recency],
                Age = [.. known.Age],
                MeanSpend = [.. amounts.Select((each, row) => known.Frequency[row] == 0 ? 0 : each[..known.Frequency[row]].Average())],
                HoldoutFrequency = [.. known.HoldoutFrequency],
                HoldoutMeanSpend = [.. amounts.Select((each, row) => known.HoldoutFrequency[row] == 0 ? 0 : dearer * each[(known.Frequency[row] + 1)..].Average())],
            },
            known.Frame);
        HoldoutComparison comparison = Of(priced, "mbg-nbd");

        Assert.Equal(ValidationGrade.Good, comparison.Grade);
        Assert.Equal(grade, comparison.SpendGrade);
        Assert.Contains(comparison.InWords(), word => word.StartsWith($"Spend: {grade.ToString().ToLowerInvariant()}: ", StringComparison.Ordinal) && word.Contains(words, StringComparison.Ordinal));
        Assert.Null(Of(known, "mbg-nbd").SpendGrade);
    }

    [Fact]
    public void InWords_TotalWithinTheInterval_SaysSo()
    {
        int total = (int)Math.Round(Expected().Sum());
        HoldoutComparison comparison = Of(HeldOut(_graded, Apportioned(Expected(), total)), "mbg-nbd");
        IReadOnlyList<string> words = comparison.InWords();
        Assert.Contains(FormattableString.Invariant($"expected {Expected().Sum():N0} purchases in them; there were {total:N0} ("), words[0], StringComparison.Ordinal);
        Assert.StartsWith("The 90 % outcome interval, ", words[1], StringComparison.Ordinal);
        Assert.EndsWith(" held the actual total.", words[1], StringComparison.Ordinal);
        Assert.True(comparison.Chosen!.Validation!.Total!.OutcomeInterval(0.90).Contains(total));
        Assert.Contains(", better than the simple forecasts (\"average so far\"", words[2], StringComparison.Ordinal);
        Assert.Contains("mbg-nbd was chosen by its mean log score, ", words[3], StringComparison.Ordinal);
        Assert.Contains(": the best (others: none).", words[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "upper end", "too low")]
    [InlineData(-3, "lower end", "too high")]
    public void InWords_TotalBeyondTheInterval_SaysByHowMuch(int beyond, string end, string which)
    {
        IntervalBounds interval = _gradedComparison.Value.Chosen!.Validation!.Total!.OutcomeInterval(0.90);
        int total = (int)(beyond > 0 ? Math.Ceiling(interval.High) : Math.Floor(interval.Low)) + beyond;
        double by = beyond > 0 ? total - interval.High : interval.Low - total;
        string words = Of(HeldOut(_graded, Apportioned(Expected(), total)), "mbg-nbd").InWords()[1];
        Assert.Contains(
            FormattableString.Invariant($"{interval.Low:N0} to {interval.High:N0}, did not hold the actual total; its {end} was {by:N0} {which}:"), words, StringComparison.Ordinal);
    }

    [Fact]
    public void InWords_WithDates_FollowThePurchasesOverTime()
    {
        NodaTime.LocalDate first = new(2024, 1, 1);
        HoldoutSample sample = HoldoutSample.From(
            Simulated.Log(_mbg, 500, first, 90, 420, 8), Window.Through(first.PlusDays(279)).HoldingOutThrough(first.PlusDays(419)));

        HoldoutComparison comparison = HoldoutComparison.Of(sample, ["mbg-nbd"]);

        PurchaseTracking tracking = PurchaseTracking.Of(sample.Timeline!, comparison.Chosen!.Fit.Model!);
        Assert.Equal(["last period again", "average so far"], comparison.Baselines.Select(baseline => baseline.Name));
        Assert.Contains(
            FormattableString.Invariant($"it expected {tracking.ExpectedThrough[279]:N0} repeat purchases by the end of the known days ({tracking.ActualThrough[279]:N0} were made) and {tracking.ExpectedThrough[419]:N0} by the end of all ({tracking.ActualThrough[419]:N0} were made)."),
            comparison.InWords()[2],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("sample", () => HoldoutComparison.Of(null!));
        Assert.Throws<ArgumentException>("name", () => Of(_graded, "nbd"));
        Assert.Throws<OperationCanceledException>(() => HoldoutComparison.Of(HoldoutSample.Of(_graded), cancellationToken: new CancellationToken(canceled: true)));
    }

    private static double[] Expected()
    {
        var expected = new double[_graded.Count];
        _gradedComparison.Value.Chosen!.Fit.Model!.ExpectedPurchases(_graded, Horizon.Weeks(20), expected);
        return expected;
    }

    // Whole numbers with a given sum, as near the shares of it as can be.
    private static int[] Apportioned(double[] shares, int total)
    {
        double scale = total / shares.Sum();
        int[] counts = Array.ConvertAll(shares, share => (int)(share * scale));
        foreach (int row in Enumerable.Range(0, counts.Length).OrderByDescending(row => (shares[row] * scale) - counts[row]).Take(total - counts.Sum()))
        {
            counts[row]++;
        }

        return counts;
    }

    private static PurchaseHistories HeldOut(PurchaseHistories known, int[] counts) => PurchaseHistories.FromColumns(
        new() { Frequency = [.. known.Frequency], Recency = [.. known.Recency], Age = [.. known.Age], HoldoutFrequency = counts }, known.Frame);

    private static HoldoutComparison Of(PurchaseHistories histories, params string[] models) => HoldoutComparison.Of(HoldoutSample.Of(histories), models);

    private static double[] Scores(IPurchaseModel model, PurchaseHistories histories, int heldDays) => [.. histories.Select((history, row) =>
        Math.Max(-700, Math.Log(model.ProbabilityOfPurchases(history, histories.HoldoutFrequency[row], Horizon.Days(heldDays)))))];

    private static double ErrorOfMean(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    private static IPurchaseModel ModelOf(string name) => name switch
    {
        "mbg-nbd" => _mbg,
        "bg-nbd" => _bg,
        _ => _pareto,
    };

    private sealed class Stages : IProgress<string>
    {
        internal List<string> Told { get; } = [];

        public void Report(string value) => Told.Add(value);
    }
}
