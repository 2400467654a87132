using System.Globalization;

namespace Crm.Core.LifetimeValue;

/// <summary>What a comparison on a test period found, in sentences that an analyst can pass on.</summary>
internal static class HoldoutWords
{
    private const double Level = 0.90;

    internal static IReadOnlyList<string> Of(HoldoutComparison comparison)
    {
        if (comparison.Chosen is not { Validation: { } validation } chosen)
        {
            return ["No model could be fitted to the calibration period, so that none was tested."];
        }

        var words = new List<string>
        {
            Text($"{Grade(comparison.Grade)}: {chosen.Name}, fitted without the last {Last(validation.Length)}, expected {Counted(validation.Purchases.ExpectedTotal, "purchase")} in {Plural.Of(Shown(validation.Length), "it", "them")}; there {Plural.OfRounded(validation.Purchases.ActualTotal, "was", "were")} {validation.Purchases.ActualTotal:N0}{Missed(validation.Purchases.Bias)}."),
        };
        if (validation.Total is { } total)
        {
            words.Add(Held(total, validation.Purchases.ActualTotal));
        }

        if (comparison.Sample.Timeline is { } timeline && validation.Model.Unit.IsNamed)
        {
            words.Add(Followed(PurchaseTracking.Of(timeline, validation.Model)));
        }

        if (validation.Spend is { } spend && comparison.SpendGrade is { } grade)
        {
            words.Add(Text($"Spend: {Grade(grade).ToLowerInvariant()}: {spend.ExpectedTotal:N2} were expected in that time and {spend.ActualTotal:N2} came{Missed(spend.Bias)}."));
        }

        words.Add(Against(comparison, validation));
        words.Add(Choice(comparison, chosen));
        return words.AsReadOnly();
    }

    private static string Grade(ValidationGrade grade) => grade switch
    {
        ValidationGrade.Good => "Good",
        ValidationGrade.Fair => "Fair",
        _ => "Poor",
    };

    private static string Last(Horizon length) => Text(
        $"{length.Length:0.#} {Plural.Of(Shown(length), length.Unit.IsNamed ? length.Unit.Name : "unit")}{(length.Unit.IsNamed ? "" : " of the data")}");

    private static double Shown(Horizon length) => Math.Round(length.Length, 1);

    private static string Counted(double count, string what) => Text($"{count:N0} {Plural.OfRounded(count, what)}");

    private static string Made(long count) => Text($"{count:N0} {Plural.Of(count, "was", "were")} made");

    // The forecast against what happened, as everywhere: too low where more happened than was expected.
    private static string Missed(double? bias) => bias is { } share
        ? Text($" ({Math.Abs(share):P1} too {(share < 0 ? "low" : "high")})")
        : "";

    private static string Held(TotalForecast total, double actual)
    {
        IntervalBounds outcome = total.OutcomeInterval(Level);
        string held = outcome.Contains(actual) ? "held the actual total" : actual > outcome.High
            ? Text($"did not hold the actual total; its upper end was {actual - outcome.High:N0} too low: more changed than chance explains")
            : Text($"did not hold the actual total; its lower end was {outcome.Low - actual:N0} too high: more changed than chance explains");
        return Text($"The 90 % outcome interval, {outcome.Low:N0} to {outcome.High:N0}, {held}.");
    }

    private static string Followed(PurchaseTracking tracking)
    {
        int known = tracking.Timeline.WindowDays - 1;
        int all = tracking.Timeline.Days - 1;
        return Text($"Followed over time, without looking at what customers did, it expected {Counted(tracking.ExpectedThrough[known], "repeat purchase")} by the end of the known days ({Made(tracking.ActualThrough[known])}) and {tracking.ExpectedThrough[all]:N0} by the end of all ({Made(tracking.ActualThrough[all])}).");
    }

    private static string Against(HoldoutComparison comparison, HoldoutValidation validation)
    {
        var each = comparison.Baselines.Select(baseline => Text($"\"{baseline.Name}\" {baseline.Purchases.RootMeanSquareError:0.000}"));
        string verdict = comparison.BeatsBaselines(validation) ? "better than" : "not better than all of";
        return Text($"Customer by customer its root mean square error was {validation.Purchases.RootMeanSquareError:0.000}, {verdict} the simple forecasts ({string.Join(", ", each)}).");
    }

    private static string Choice(HoldoutComparison comparison, HoldoutCandidate chosen)
    {
        var others = comparison.Candidates.Where(candidate => candidate != chosen && candidate.Validation is not null)
            .Select(candidate => Text($"{candidate.Name} {candidate.Validation!.LogScore.Mean:0.0000}"));
        LogScore below = chosen.BelowBest!.Value;
        string why = below.Mean == 0 ? "the best" : Text($"{below.Mean:0.0000} below the best, within one standard error ({below.StandardError:0.0000}) of it, and simpler or preferred");
        return Text($"{chosen.Name} was chosen by its mean log score, {chosen.Validation!.LogScore.Mean:0.0000}: {why} (others: {string.Join(", ", others.DefaultIfEmpty("none"))}).");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
