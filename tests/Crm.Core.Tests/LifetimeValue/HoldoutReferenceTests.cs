using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Reference: the errors of Pareto/NBD and BG/NBD with Gamma/Gamma on the held-out periods of CDNOW and apparel, by CLVTools' predictions
/// at polished maxima. Both sides fit to the calibration on their own.
/// </summary>
public sealed class HoldoutReferenceTests
{
    private const double Bound = 1e-6;

    public static TheoryData<string, string, string, LocalDate> Bases
    {
        get
        {
            var cases = new TheoryData<string, string, string, LocalDate>();
            foreach (var (model, file) in new[] { ("pareto-nbd", "pnbd"), ("bg-nbd", "bgnbd") })
            {
                cases.Add(model, $"clvtools_{file}_cdnow.json", "cdnow", new(1998, 6, 30));
                cases.Add(model, $"clvtools_{file}_cdnow-19970930.json", "cdnow-19970930", new(1998, 6, 30));
                cases.Add(model, $"clvtools_{file}_apparel.json", "apparel", new(2010, 12, 20));
            }

            return cases;
        }
    }

    [SharedDataTheory]
    [MemberData(nameof(Bases))]
    public void Of_RealBase_HasTheErrorsOfTheReference(string model, string file, string customers, LocalDate end)
    {
        ReferenceFile holdout = ReferenceFile.Read(file).Part("holdout");
        HoldoutSample sample = HoldoutSample.From(CustomerBases.Log(customers), CustomerBases.Calibration(customers).HoldingOutThrough(end));

        HoldoutValidation validation = HoldoutValidation.Of(
            PurchaseModels.Fit(model, sample.Histories), sample, GammaGamma.Fit(sample.Histories).OrThrow());

        Assert.Equal(holdout.Whole("transactions.n"), sample.Histories.Count);
        Same(holdout.Part("transactions"), validation.Purchases);
        Same(holdout.Part("spending"), validation.Spend!);
    }

    private static void Same(ReferenceFile expected, ForecastErrors errors)
    {
        Near.Relative(expected.Number("mae"), errors.MeanAbsoluteError, Bound, "mae");
        Near.Relative(expected.Number("rmse"), errors.RootMeanSquareError, Bound, "rmse");
        Near.Relative(expected.Number("sum_predicted"), errors.ExpectedTotal, Bound, "predicted");
        Near.Relative(expected.Number("sum_actual"), errors.ActualTotal, Bound, "actual");
        Near.Absolute(expected.Number("bias_pct"), 100 * errors.Bias!.Value, 200 * Bound, "bias");
    }
}
