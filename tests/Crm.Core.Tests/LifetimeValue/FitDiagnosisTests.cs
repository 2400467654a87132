using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>What a fit says of data it cannot learn from: each case by example, with the words a user reads.</summary>
public sealed class FitDiagnosisTests
{
    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_NoCustomers_SaysSo(string model) => AssertFails(PurchaseModels.Fit(model, Base([], [], [])), FitDiagnosis.NoCustomers);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_NobodyRepeats_SaysSo(string model) =>
        AssertFails(PurchaseModels.Fit(model, Base([0, 0, 0], [0, 0, 0], [1, 2, 0])), FitDiagnosis.NoRepeatPurchases);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_OneCustomer_SaysSo(string model)
    {
        var fit = PurchaseModels.Fit(model, Base([3], [20], [30]));

        AssertFails(fit, FitDiagnosis.IdenticalCustomers);
        Assert.Contains("one customer", fit.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_AllIdentical_SaysSo(string model) =>
        AssertFails(PurchaseModels.Fit(model, Base([3, 3, 3], [20, 20, 20], [30, 30, 30])), FitDiagnosis.IdenticalCustomers);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_NobodyDropsOut_NamesTheRidgeAndItsLimit(string model)
    {
        // Everyone buys to the last day: the likelihood rises as dropout vanishes.
        int[] frequency = [.. Enumerable.Range(0, 60).Select(i => 1 + (i * i % 23))];
        double[] age = [.. frequency.Select((_, i) => 40.0 + (i % 7))];

        var fit = PurchaseModels.Fit(model, Base(frequency, age, age));

        AssertFails(fit, FitDiagnosis.Ridge);
        Assert.Contains("grows without limit. Its limit says that nobody drops out: the NBD model.", fit.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("fit under a prior", fit.Diagnostics[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void OrThrow_FailedFit_SaysWhichModelWhyAndWhatToDo()
    {
        var exception = Assert.Throws<FitFailedException>(() => BgNbd.Fit(Base([0, 0], [0, 0], [1, 2])).OrThrow());

        Assert.Equal(
            "bg-nbd could not be fitted. No customer bought on a second day. A rate of repeat buying cannot be learnt from first purchases. Use a longer window.",
            exception.Message);
        Assert.Equal(FitDiagnosis.NoRepeatPurchases, Assert.Single(exception.Diagnostics).Diagnosis);
    }

    [Fact]
    public void Fit_FewRepeatBuyers_IsACautionBesideTheModel()
    {
        PurchaseHistories histories = Simulated.Base(new MbgNbd(1, 10, 0.8, 2, TimeUnit.Week), 60, Horizon.Weeks(40), seed: 4);

        var fit = MbgNbd.Fit(histories);

        Assert.True(fit.Converged);
        FitDiagnostic caution = Assert.Single(fit.Diagnostics, found => found.Diagnosis == FitDiagnosis.FewRepeatBuyers);
        Assert.False(caution.IsFailure);
    }

    [Fact]
    public void GammaGamma_NoAmounts_SaysSo() => AssertFails(GammaGamma.Fit(Base([1, 2], [3, 4], [5, 6])), FitDiagnosis.NoSpend);

    [Fact]
    public void GammaGamma_NobodyRepeats_SaysSo() => AssertFails(GammaGamma.Fit(Base([0, 0], [0, 0], [5, 6], [0, 0])), FitDiagnosis.NoSpend);

    [Fact]
    public void GammaGamma_IdenticalSpends_SaysSo() =>
        AssertFails(GammaGamma.Fit(Base([1, 2, 3], [3, 4, 5], [5, 6, 7], [20, 20, 20])), FitDiagnosis.IdenticalCustomers);

    [Fact]
    public void GammaGamma_SpendNotPositive_IsLeftOutCountedAndFlagged()
    {
        int[] frequency = [.. Enumerable.Range(0, 200).Select(i => i % 5)];
        double[] recency = [.. frequency.Select(x => x == 0 ? 0.0 : 10)];
        double[] age = [.. frequency.Select(_ => 20.0)];
        double[] spend = Spends(new GammaGamma(6, 4, 15), frequency);
        (spend[1], spend[2]) = (-5, 0);
        PurchaseHistories histories = Base(frequency, recency, age, spend);

        var fit = GammaGamma.Fit(histories);

        Assert.True(fit.Converged);
        FitDiagnostic caution = Assert.Single(fit.Diagnostics, found => found.Diagnosis == FitDiagnosis.SpendLeftOut);
        Assert.Contains("left out of the fit: 2.", caution.Message, StringComparison.Ordinal);
        Assert.Equal(frequency.Count(x => x > 0) - 2, fit.Statistics.Customers);
        double[] expected = new double[histories.Count];
        fit.Model.ExpectedSpend(histories, expected);
        Assert.Equal(fit.Model.ExpectedSpend(), expected[0]);
        Assert.Equal(fit.Model.ExpectedSpend(), expected[1]);
        Assert.Equal(fit.Model.ExpectedSpend(), expected[2]);
        var values = CustomerValues.Of(histories, _model, fit.Model, new() { Horizon = Horizon.Weeks(10) });
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(row => values.AtRow(row).HasOwnSpend));
        Assert.Throws<ArgumentException>("history", () => fit.Model.LogLikelihood(histories[1]));
    }

    [Fact]
    public void GammaGamma_PopulationMeanDoesNotExist_IsRefusedByName()
    {
        var spend = new GammaGamma(2, 0.9, 10);

        Assert.False(spend.HasExpectedSpend(0));
        Assert.True(spend.HasExpectedSpend(1));
        var exception = Assert.Throws<UndefinedValueException>(() => spend.ExpectedSpend());
        Assert.Contains("0.9, and must be above 1", exception.Message, StringComparison.Ordinal);
        PurchaseHistories histories = Base([0, 2], [0, 3], [5, 6], [0, 20]);
        Assert.Throws<UndefinedValueException>(() => spend.ExpectedSpend(histories, new double[2]));
        Assert.Throws<UndefinedValueException>(() => CustomerValues.Of(histories, _model, spend, new() { Horizon = Horizon.Weeks(10) }));
        Near.Relative(2 * 50 / 3.9, spend.ExpectedSpend(histories[1]), 1e-15);
    }

    [Fact]
    public void GammaGamma_FittedWithoutAPopulationMean_Cautions()
    {
        int[] frequency = [.. Enumerable.Repeat(2, 300)];
        double[] time = [.. Enumerable.Repeat(5.0, 300)];
        double[] spend = Spends(new GammaGamma(3, 0.6, 10), frequency);

        var fit = GammaGamma.Fit(Base(frequency, time, time, spend));

        Assert.True(fit.Converged);
        Assert.True(fit.Model.Q <= 1);
        Assert.Contains(fit.Diagnostics, found => found.Diagnosis == FitDiagnosis.InfiniteMeanSpend && !found.IsFailure);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_Cancelled_Stops(string model)
    {
        PurchaseHistories histories = Simulated.Base(_model, 300, Horizon.Weeks(40), seed: 4);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => PurchaseModels.Fit(model, histories, null, cancelled.Token));

        using var later = new CancellationTokenSource();
        var progress = new Told(report =>
        {
            if (report.Start == 2)
            {
                later.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => PurchaseModels.Fit(model, histories, progress, later.Token));
        Assert.Equal(2, progress.Last.Start);
        Assert.Equal(5, progress.Last.Starts);
    }

    [Fact]
    public void Predictions_Cancelled_Stop()
    {
        PurchaseHistories histories = Base([0, 2], [0, 3], [5, 6]);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _model.ExpectedPurchases(histories, Horizon.Weeks(5), new double[2], cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(
            () => CustomerValues.Of(histories, _model, new GammaGamma(6, 4, 15), new() { Horizon = Horizon.Weeks(5) }, cancelled.Token));
    }

    private static readonly MbgNbd _model = new(0.5, 6, 0.9, 1.6, TimeUnit.Week);

    private static double[] Spends(GammaGamma model, int[] frequency) =>
        [.. frequency.Select((x, row) => model.SimulateSpend(x, 11, (ulong)row).DefaultIfEmpty(0).Average())];

    private static void AssertFails(FitResult<GammaGamma> fit, FitDiagnosis diagnosis) => AssertFails(fit.As<ISpendModel>().Diagnostics, fit.Converged, diagnosis);

    private static void AssertFails(FitResult<IPurchaseModel> fit, FitDiagnosis diagnosis) => AssertFails(fit.Diagnostics, fit.Converged, diagnosis);

    private static void AssertFails(IReadOnlyList<FitDiagnostic> diagnostics, bool converged, FitDiagnosis diagnosis)
    {
        Assert.False(converged);
        FitDiagnostic failure = Assert.Single(diagnostics, found => found.IsFailure);
        Assert.Equal(diagnosis, failure.Diagnosis);
        Assert.NotEmpty(failure.Message);
        Assert.NotEmpty(failure.Advice);
        Assert.Equal(failure.Message + " " + failure.Advice, failure.ToString());
    }

    private static PurchaseHistories Base(int[] frequency, double[] recency, double[] age, double[]? meanSpend = null) => PurchaseHistories.FromColumns(
        new()
        {
            Ids = [.. frequency.Select((_, row) => CustomerId.Of(row.ToString(CultureInfo.InvariantCulture)))],
            Frequency = frequency,
            Recency = recency,
            Age = age,
            MeanSpend = meanSpend,
        },
        new() { Unit = TimeUnit.Week });

    private sealed class Told(Action<FitProgress> then) : IProgress<FitProgress>
    {
        internal FitProgress Last { get; private set; }

        public void Report(FitProgress value)
        {
            Last = value;
            then(value);
        }
    }
}
