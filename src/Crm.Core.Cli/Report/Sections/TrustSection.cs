using System.Globalization;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>How far to trust the figures: the test in words, and the course of purchases against what was expected.</summary>
internal static class TrustSection
{
    internal static void AddTo(ReportPage page, ReportContent content)
    {
        page.OpenSection("trust", "How far to trust it");
        IReadOnlyList<string> words = content.Analysis.Validation.Words;
        page.Paragraph(content.Numbers.Locale.Words(words[0]), "verdict");
        page.List(words.Skip(1));
        AddCourse(page, content);
        AddSeason(page, content);
        page.Subheading("Before you use these figures");
        page.List(content.Analysis.Cautions);
        page.CloseSection();
    }

    private static void AddCourse(ReportPage page, ReportContent content)
    {
        ValidationSection validation = content.Analysis.Validation;
        if (validation.Weeks.Count < 2)
        {
            return;
        }

        ReportNumbers numbers = content.Numbers;
        page.OpenPair();
        string sum = numbers.Locale.Words(validation.Tracked!.Words[0]);
        page.Figure(
            "Repeat purchases, added up",
            sum,
            frame => CourseChart.Draw(frame, "course-sum", "Repeat purchases from the first week on, actual and expected", sum, [.. validation.Weeks.Select(SoFar)], validation.Tracked!, numbers),
            Table("Repeat purchases, added up", validation.Weeks, SoFar, numbers));
        string weekly = numbers.Locale.Words(validation.Tracked!.Words[1]);
        page.Figure(
            "Repeat purchases, week by week",
            weekly,
            frame => CourseChart.Draw(frame, "course-weeks", "Repeat purchases of each week, actual and expected", weekly, [.. validation.Weeks.Select(InWeek)], validation.Tracked!, numbers),
            Table("Repeat purchases, week by week", validation.Weeks, InWeek, numbers));
        page.ClosePair();
    }

    private static void AddSeason(ReportPage page, ReportContent content)
    {
        IReadOnlyList<double> factors = content.Analysis.Validation.MonthFactors;
        if (content.Analysis.Validation.Season != SeasonalityFinding.Seasonal || factors.Count == 0)
        {
            return;
        }

        const string Says = "Purchases of each month for 100 % that the model, which knows no season, expects of it. Correct the forecast of a month by its factor.";
        string[] months = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;
        ReportNumbers numbers = content.Numbers;
        page.OpenPair();
        page.Figure(
            "The season",
            Says,
            frame => PairedBars.Draw(
                frame, "season", "Purchases by calendar month, as part of those expected", Says, ("made", "expected"), "month",
                [.. factors.Select((factor, i) => new PairedBar(months[i], factor, 1))], share => numbers.Percent(share, 0)),
            new("The season", ["Month", "Made for 100 % expected"], factors.Select((factor, i) => (IReadOnlyList<string>)[months[i], numbers.Percent(factor)])));
        page.ClosePair();
    }

    private static CoursePoint SoFar(TrackedWeek week) =>
        new(week.LastDay, week.ActualSoFar, week.ExpectedSoFar, week.OutcomeLowSoFar, week.OutcomeHighSoFar, week.HeldOut);

    private static CoursePoint InWeek(TrackedWeek week) => new(week.LastDay, week.Actual, week.Expected, week.OutcomeLow, week.OutcomeHigh, week.HeldOut);

    private static ReportTable Table(string name, IReadOnlyList<TrackedWeek> weeks, Func<TrackedWeek, CoursePoint> point, ReportNumbers numbers) => new(
        name,
        ["Week to", "Actual", "Expected", "May happen: from", "to", "Held out"],
        weeks.Select(point).Select(week => (IReadOnlyList<string>)
        [
            week.LastDay, numbers.Number(week.Actual), numbers.Number(week.Expected, 1), numbers.Number(week.Low, 1), numbers.Number(week.High, 1),
            week.IsHeldOut ? "yes" : "",
        ]));
}
