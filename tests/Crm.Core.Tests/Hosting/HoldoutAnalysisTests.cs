using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>
/// Simulation: the whole flow over a log, whose last third is held out and whose figures are those of all the data. Slow oracle: each
/// part of it asked for on its own. Examples: too little to hold out, and no intervals.
/// </summary>
public sealed class HoldoutAnalysisTests
{
    private const int Days = 450;
    private static readonly LocalDate _first = new(2024, 1, 1);
    private static readonly Window _whole = Window.Through(_first.PlusDays(Days - 1));
    private static readonly MbgNbd _truth = new(0.9, 6, 0.8, 2.1, TimeUnit.Week);
    private static readonly GammaGamma _spend = new(6.25, 3.74, 15.44);
    private static readonly Lazy<(PurchaseHistoryBuilder Log, CustomerBase Base, List<string> Told)> _shop = new(Analysed);

    [Fact]
    public void Analyze_ALog_HoldsOutTheLastThirdAndChoosesByItsScore()
    {
        var (log, shop, _) = _shop.Value;
        Assert.Equal(ChoiceBasis.HoldoutLogScore, shop.Basis);
        Assert.Equal(Window.Through(_first.PlusDays(299)).HoldingOutThrough(_whole.LastDay), shop.Holdout!.Sample.Histories.Frame.Window);
        Assert.Equal(shop.Holdout.Chosen!.Name, Assert.Single(shop.Candidates, candidate => candidate.IsChosen).Name);

        HoldoutComparison alone = HoldoutComparison.Of(HoldoutSample.LastThird(log, _whole)!);
        Assert.Equal(alone.Chosen!.Name, shop.Holdout.Chosen.Name);
        Assert.Equal(
            alone.Candidates.Select(candidate => candidate.Validation?.LogScore), shop.Holdout.Candidates.Select(candidate => candidate.Validation?.LogScore));
        Assert.Equal(alone.InWords(), shop.Validation.SkipLast(1));
    }

    [Fact]
    public void Analyze_ALog_SaysThatTheTestBelongsToTheOtherFit() => Assert.Equal(
        $"The model used for the figures is {_shop.Value.Base.Holdout!.Chosen!.Name} fitted again to all the data; the test belongs to the fit without the held-out period.",
        _shop.Value.Base.Validation[^1]);

    [Fact]
    public void Analyze_ALog_FitsAgainToAllTheData()
    {
        var (log, shop, _) = _shop.Value;
        PurchaseHistories all = log.Build(_whole);
        Assert.Equal(SlowHistories.Row.Of(all), SlowHistories.Row.Of(shop.Histories));
        Assert.Equal(PurchaseModels.Names, shop.Candidates.Select(candidate => candidate.Name));
        Assert.All(shop.Candidates, candidate => Assert.Equal(PurchaseModels.Fit(candidate.Name, all).Model?.Parameters, candidate.Fit.Model?.Parameters));
        Assert.NotEqual(shop.Holdout!.Chosen!.Fit.Model!.Parameters, shop.Buying!.Parameters);
    }

    [Fact]
    public void Analyze_ALog_ValuesWithIntervals()
    {
        CustomerBase shop = _shop.Value.Base;
        Assert.Null(shop.WhyNoIntervals ?? shop.WhyNoPyramid);
        Assert.Same(shop.Values, shop.Estimates!.Values);
        PurchaseEstimates estimates = PurchaseEstimates.Of(shop.Candidates.Single(candidate => candidate.IsChosen).Fit);
        Assert.Equal(estimates.TotalPurchases(shop.Histories, Horizon.Years(1)).OutcomeInterval(0.90), shop.PurchasesInAYear!.OutcomeInterval(0.90));
        Assert.True(shop.PurchasesInAYear.OutcomeInterval(0.90).Low < shop.PurchasesInAYear.EstimateInterval(0.90).Low);
    }

    [Fact]
    public void Analyze_ALog_TracksTheModelThatWasTested()
    {
        CustomerBase shop = _shop.Value.Base;
        PurchaseTracking alone = PurchaseTracking.Of(shop.Holdout!.Sample.Timeline!, shop.Holdout.Chosen!.Fit.Model!);
        Assert.Equal(alone.ExpectedThrough.ToArray(), shop.Tracking!.ExpectedThrough.ToArray());
        Assert.Equal(SeasonalityFinding.CannotTell, shop.Season!.Finding);
    }

    [Fact]
    public void Analyze_ALog_TellsOfTestsFitsAndValues() => Assert.Equal(
        [
            "testing mbg-nbd", "testing bg-nbd", "testing pareto-nbd", "fitting mbg-nbd", "fitting bg-nbd", "fitting pareto-nbd", "fitting gamma-gamma",
            "valuing customers",
        ],
        _shop.Value.Told);

    [Fact]
    public void Analyze_WindowWithATestPeriod_HoldsThatOut()
    {
        Window split = Window.Through(_first.PlusDays(349)).HoldingOutThrough(_first.PlusDays(399));

        CustomerBase shop = OneModel("mbg-nbd").Analyze(_shop.Value.Log, split);

        Assert.Equal(ChoiceBasis.HoldoutLogScore, shop.Basis);
        Assert.Equal(split, shop.Holdout!.Sample.Histories.Frame.Window);
        Assert.Equal(Window.Through(_first.PlusDays(399)), shop.Histories.Frame.Window);
        Assert.Contains("fitted without the last 7.1 weeks", shop.Validation[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_ALogTooSmall_IsNotValidatedAndChosenByAkaike()
    {
        CustomerBase shop = new CustomerBaseAnalyzer().Analyze(Simulated.Log(_truth, 150, _first, 90, Days, 3, _spend), _whole);

        Assert.Equal(ChoiceBasis.Akaike, shop.Basis);
        Assert.Null(shop.Holdout);
        ModelCandidate chosen = shop.Candidates.Where(candidate => candidate.Fit.Converged).MinBy(candidate => candidate.Fit.Statistics!.Aic)!;
        Assert.True(chosen.IsChosen);
        Assert.Equal(
            [
                "Not validated: too little data to hold a test period out (it takes 200 customers who bought again before it and 100 of their purchases in it).",
                $"{chosen.Name} was chosen by fit on all the data (AIC), which is no proof of foresight.",
            ],
            shop.Validation);
        Assert.Equal(_whole, shop.Tracking!.Timeline.Window);
        Assert.Equal(
            PurchaseTracking.Of(shop.Tracking.Timeline, shop.Buying!).ExpectedThrough.ToArray(), shop.Tracking.ExpectedThrough.ToArray());
    }

    [Fact]
    public void Analyze_HistoriesAlone_AreNotValidatedForWantOfDates()
    {
        CustomerBase shop = OneModel("mbg-nbd").Analyze(_shop.Value.Log.Build(_whole));
        Assert.Equal(ChoiceBasis.Akaike, shop.Basis);
        Assert.Null(shop.Holdout ?? shop.Tracking ?? (object?)shop.Season);
        Assert.Equal("Not validated: the data came as histories, without the dates of purchases that a test period is made of.", shop.Validation[0]);
    }

    [Fact]
    public void Analyze_TestPeriodBeforeWhichNoModelCanBeFitted_SaysThatNoneWasTested()
    {
        // On the first days nobody can have bought again: there is a test period, but nothing to test in it.
        Window split = Window.Through(_first).HoldingOutThrough(_whole.LastDay);

        CustomerBase shop = OneModel("mbg-nbd").Analyze(_shop.Value.Log, split);

        Assert.Equal(ChoiceBasis.Akaike, shop.Basis);
        Assert.NotNull(shop.Holdout);
        Assert.Equal(
            [
                "No model could be fitted to the calibration period, so that none was tested.",
                "mbg-nbd was chosen by fit on all the data (AIC), which is no proof of foresight.",
            ],
            shop.Validation);
    }

    [Fact]
    public void Analyze_NobodyBoughtAgain_ChoosesNothing()
    {
        var log = new PurchaseHistoryBuilder(TimeUnit.Week);
        log.Add(CustomerId.Of("once"), _first, 10);
        CustomerBase shop = new CustomerBaseAnalyzer().Analyze(log, _whole);
        Assert.Equal(ChoiceBasis.Nothing, shop.Basis);
        Assert.Empty(shop.Validation);
        Assert.Null(shop.Tracking ?? shop.Buying ?? (object?)shop.PurchasesInAYear);
    }

    [Fact]
    public void Analyze_ParametersHardlyDetermined_ExplainsWhyThereAreNoIntervals()
    {
        CustomerBase shop = OneModel("pareto-nbd").Analyze(Simulated.WithHoldout(_truth, 60, 280, 140, 8));

        FitDiagnostic flat = Assert.Single(shop.Candidates[0].Fit.Diagnostics, found => found.Diagnosis == FitDiagnosis.FlatDirection);
        Assert.Equal($"There are no intervals. {flat}", shop.WhyNoIntervals);
        Assert.Null(shop.Estimates ?? (object?)shop.PurchasesInAYear);
        Assert.NotNull(shop.Pyramid);
    }

    [Fact]
    public void Analyze_BadArguments_AreRefused()
    {
        var analyzer = new CustomerBaseAnalyzer();
        PurchaseHistoryBuilder log = _shop.Value.Log;
        Assert.Throws<ArgumentNullException>("purchases", () => analyzer.Analyze(null!, _whole));
        Assert.Throws<ArgumentException>("window", () => analyzer.Analyze(log, default));
        Assert.Throws<ArgumentException>("window", () => analyzer.Analyze(log, Window.Through(_first.PlusDays(-1)).HoldingOutThrough(_whole.LastDay)));
        Assert.Throws<OperationCanceledException>(() => analyzer.Analyze(log, _whole, null, new CancellationToken(canceled: true)));
    }

    private static CustomerBaseAnalyzer OneModel(string name) => new(new() { Models = [name] });

    private static (PurchaseHistoryBuilder Log, CustomerBase Base, List<string> Told) Analysed()
    {
        PurchaseHistoryBuilder log = Simulated.Log(_truth, 900, _first, 90, Days, 3, _spend);
        var stages = new Stages();
        return (log, new CustomerBaseAnalyzer().Analyze(log, _whole, stages), stages.Told);
    }

    private sealed class Stages : IProgress<string>
    {
        internal List<string> Told { get; } = [];

        public void Report(string value) => Told.Add(value);
    }
}
