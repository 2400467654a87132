using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>What estimates of purchases refuse, and how they say so.</summary>
public sealed class PurchaseEstimatesFaultsTests
{
    private static readonly Horizon _ahead = Horizon.Weeks(39);
    private static readonly DiscountRate _discount = DiscountRate.Continuous(0.002, TimeUnit.Week);
    private static readonly PurchaseHistories _base = PurchaseEstimatesTests.Base;

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(-0.9)]
    [InlineData(5e-7)]
    [InlineData(double.NaN)]
    public void Interval_LevelOutOfRange_IsRefused(double level)
    {
        PurchaseEstimates estimates = EstimatesOf("mbg-nbd");
        double[] places = new double[_base.Count];
        TotalForecast total = estimates.TotalPurchases(_base, _ahead);

        Assert.Throws<ArgumentOutOfRangeException>(nameof(level), () => estimates.ExpectedPurchases(_ahead).EstimateInterval(level));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(level), () => estimates.ExpectedPurchases(_base, _ahead).EstimateInterval(level, places, places));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(level), () => total.EstimateInterval(level));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(level), () => total.OutcomeInterval(level));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(level), () => estimates.OutcomeOfPurchases(_base[3], _ahead).OutcomeInterval(level));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryDoor_AnotherUnit_IsRefused(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        var history = PurchaseHistory.Of(1, 3, 30, TimeUnit.Day);
        PurchaseHistories histories = PurchaseHistories.FromColumns(
            new() { Frequency = [1], Recency = [3], Age = [30] }, new() { Unit = TimeUnit.Day });

        Assert.Throws<UnitMismatchException>(() => estimates.ProbabilityAlive(history));
        Assert.Throws<UnitMismatchException>(() => estimates.ProbabilityAlive(histories));
        Assert.Throws<UnitMismatchException>(() => estimates.ExpectedPurchases(history, _ahead));
        Assert.Throws<UnitMismatchException>(() => estimates.ExpectedPurchases(histories, _ahead));
        Assert.Throws<UnitMismatchException>(() => estimates.DiscountedPurchases(history, _discount, _ahead));
        Assert.Throws<UnitMismatchException>(() => estimates.DiscountedPurchases(histories, _discount, _ahead));
        Assert.Throws<UnitMismatchException>(() => estimates.DiscountedLifetime(history, _discount, _ahead));
        Assert.Throws<UnitMismatchException>(() => estimates.OutcomeOfPurchases(history, _ahead));
        Assert.Throws<UnitMismatchException>(() => estimates.TotalPurchases(histories, _ahead));
    }

    [Fact]
    public void Purchases_UnlimitedHorizon_IsRefused()
    {
        PurchaseEstimates estimates = EstimatesOf("mbg-nbd");
        PurchaseHistory history = _base[0];

        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => estimates.ExpectedPurchases(Horizon.Unlimited));
        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => estimates.ExpectedPurchases(history, Horizon.Unlimited));
        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => estimates.ExpectedPurchases(_base, Horizon.Unlimited));
        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => estimates.OutcomeOfPurchases(history, Horizon.Unlimited));
        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => estimates.TotalPurchases(_base, Horizon.Unlimited));
        Assert.Throws<UndefinedValueException>(() => estimates.DiscountedPurchases(history, DiscountRate.Continuous(0, TimeUnit.Week), Horizon.Unlimited));
    }

    [Fact]
    public void Of_CovarianceOfAnotherSize_IsRefused()
    {
        var exception = Assert.Throws<ArgumentException>(
            "covariance", () => PurchaseEstimates.Of(new BgNbd(0.5, 6, 0.9, 1.6, TimeUnit.Week), Covariances.Diagonal(3, 0.1)));
        Assert.Contains("4 parameters of the model; it has 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ForeignModel_IsRefusedByName()
    {
        var exception = Assert.Throws<ArgumentException>("model", () => PurchaseEstimates.Of(new Foreign(), Covariances.Diagonal(4, 0.1)));
        Assert.Contains("'crystal-ball' is not one of this library", exception.Message, StringComparison.Ordinal);
        Assert.Contains("mbg-nbd, bg-nbd, pareto-nbd", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_FailedFit_SaysWhatToDo(string model)
    {
        PurchaseHistories nobody = PurchaseHistories.FromColumns(
            new() { Frequency = [0, 0], Recency = [0, 0], Age = [1, 2] }, new() { Unit = TimeUnit.Week });

        var exception = Assert.Throws<FitFailedException>(() => PurchaseEstimates.Of(PurchaseModels.Fit(model, nobody)));

        Assert.StartsWith($"{model} could not be fitted.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Use a longer window", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FlatFit_SaysWhatToDo()
    {
        FitResult<MbgNbd> flat = Enumerable.Range(1, 200)
            .Select(seed => MbgNbd.Fit(Simulated.Base(new MbgNbd(0.525, 6.18, 0.891, 1.614, TimeUnit.Week), 200, Horizon.Weeks(39), (ulong)seed)))
            .First(fit => fit.Converged && fit.Statistics.Covariance is null);

        Assert.Null(flat.Statistics!.SandwichCovariance);
        Assert.Contains(flat.Diagnostics, found => found.Diagnosis == FitDiagnosis.FlatDirection && !found.IsFailure);
        var exception = Assert.Throws<FitFailedException>(() => PurchaseEstimates.Of(flat));
        Assert.StartsWith("mbg-nbd gives no intervals. The data hardly determine", exception.Message, StringComparison.Ordinal);
        Assert.Contains("fit under a prior", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(exception.Diagnostics);
    }

    private static PurchaseEstimates EstimatesOf(string model) => PurchaseEstimatesTests.EstimatesOf(model);

    private sealed class Foreign : IPurchaseModel
    {
        public string Name => "crystal-ball";

        public TimeUnit Unit => TimeUnit.Week;

        public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; } = [new("r", 1), new("alpha", 1), new("a", 1), new("b", 1)];

        public double LogLikelihood(in PurchaseHistory history) => throw new NotSupportedException();

        public double LogLikelihood(PurchaseHistories histories) => throw new NotSupportedException();

        public double ProbabilityAlive(in PurchaseHistory history) => throw new NotSupportedException();

        public double ProbabilityAlive(in PurchaseHistory history, Horizon later) => throw new NotSupportedException();

        public void ProbabilityAlive(PurchaseHistories histories, Span<double> destination) => throw new NotSupportedException();

        public double ExpectedPurchases(Horizon horizon) => throw new NotSupportedException();

        public double ExpectedPurchases(in PurchaseHistory history, Horizon horizon) => throw new NotSupportedException();

        public void ExpectedPurchases(
            PurchaseHistories histories, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public double ProbabilityOfPurchases(int purchases, Horizon horizon) => throw new NotSupportedException();

        public double ProbabilityOfPurchases(in PurchaseHistory history, int purchases, Horizon horizon) => throw new NotSupportedException();

        public bool HasDiscountedPurchases(DiscountRate discount, Horizon horizon) => throw new NotSupportedException();

        public bool HasDiscountedLifetime(DiscountRate discount, Horizon horizon) => throw new NotSupportedException();

        public double DiscountedPurchases(DiscountRate discount, Horizon horizon) => throw new NotSupportedException();

        public double DiscountedPurchases(in PurchaseHistory history, DiscountRate discount, Horizon horizon) => throw new NotSupportedException();

        public void DiscountedPurchases(
            PurchaseHistories histories, DiscountRate discount, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public double DiscountedLifetime(DiscountRate discount, Horizon horizon) => throw new NotSupportedException();

        public double DiscountedLifetime(in PurchaseHistory history, DiscountRate discount, Horizon horizon) => throw new NotSupportedException();

        public void DiscountedLifetime(
            PurchaseHistories histories, DiscountRate discount, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IReadOnlyList<double> SimulatePurchases(Horizon length, ulong seed, ulong customer) => throw new NotSupportedException();
    }
}
