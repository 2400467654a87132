using System.Globalization;

namespace Crm.Core.Cli.Output;

/// <summary>What the course of purchases shows, in sentences.</summary>
internal static class TrackedWords
{
    private const string NoBand = "There is no band, since the data do not determine the parameters well enough for intervals.";

    /// <summary>What the purchases added up show: the test period in figures, and where the sum left its band.</summary>
    internal static string OfSums(TrackedSums tracked, TrackedWeek last)
    {
        bool isOne = tracked.Customers == 1;
        string whom = Text($"The {Counted(tracked.Customers, "customer")} who first bought {(tracked.HeldOutDays > 0 ? "before the test period" : "by then")} {(isOne ? "is" : "are")} followed");
        if (tracked.HeldOutDays == 0)
        {
            return Text($"{whom}: through {last.LastDay} {Counted(last.ExpectedSoFar, "repeat purchase")} {Plural.OfRounded(last.ExpectedSoFar, "is", "are")} expected, and {last.ActualSoFar:N0} {Plural.Of(last.ActualSoFar, "was", "were")} made. ")
                + Text($"The model was fitted to these purchases, so this shows how well it fits, not how well it foresees. {OfBand(tracked)}");
        }

        string missed = tracked.Bias is { } bias ? Text($": the forecast is {Math.Abs(bias):P1} {Miss.Side(bias)}") : "";
        return Text($"{whom}, and no later ones. Told only when {(isOne ? "they" : "each of them")} first bought, the model expects {Counted(tracked.Expected, "repeat purchase")} in the test period; ")
            + Text($"they made {tracked.Actual:N0}{missed}. {OfBand(tracked)}");
    }

    /// <summary>What the single weeks show: how many lie in their band, and whether that is too few.</summary>
    internal static string OfWeeks(TrackedSums tracked) => tracked.WeeksInBand is not { } weeks ? NoBand
        : Text($"{weeks.Held:N0} of {Counted(weeks.Weeks, "week")} {Plural.Of(weeks.Held, "lies", "lie")} in the {Level(tracked)} band; about {weeks.Due:N0} {Plural.OfRounded(weeks.Due, "does", "do")} if customers are as the model says. ")
            + (weeks.AreTooFew
                ? "Far fewer do: weeks differ by more than chance, by season, campaigns or a change of ways, so that outcome intervals are too narrow, those of single weeks most."
                : "A season or a change of ways would show as weeks outside it.");

    private static string OfBand(TrackedSums tracked)
    {
        if (tracked.WeeksInBand is null)
        {
            return NoBand;
        }

        if (tracked.Excursions.Count == 0)
        {
            return Text($"The sum never leaves its {Level(tracked)} band.");
        }

        BandExcursion first = tracked.Excursions[0];
        int later = tracked.Excursions.Count - 1;
        string when = tracked.HeldOutDays == 0 ? "" : first.BeginsHeldOut ? ", in the test period" : ", before the test period";
        string again = later == 0 ? "" : later == 1 ? ", and once more" : Text($", and {later:N0} times more");
        BandExcursion furthest = tracked.Excursions.MaxBy(excursion => Math.Abs(excursion.Miss))!;
        string share = furthest.MissOfActual is { } miss ? Text($" ({Math.Abs(miss):P1})") : "";
        return Text($"The sum leaves its {Level(tracked)} band in the week to {first.From}{when}{again}. It is furthest outside in the week to {furthest.Furthest}, when the ")
            + Text($"{(furthest.Miss < 0 ? "upper" : "lower")} end of the band is {Distance(furthest)}{share} {Miss.Side(furthest.Miss)}. ")
            + (tracked.Excursions[^1] is { CameBack: true } last ? Text($"After the week to {last.Through} it is back in the band, and stays there.") : "It has not come back by the end.");
    }

    // An end of a band is no whole number, and an excursion may be shorter than one purchase.
    private static string Distance(BandExcursion excursion) => Math.Abs(excursion.Miss) < 0.5 ? "less than 1 purchase" : Counted(Math.Abs(excursion.Miss), "purchase");

    private static string Level(TrackedSums tracked) => Text($"{100 * tracked.Level:0.###} %");

    private static string Counted(double count, string what) => Text($"{count:N0} {Plural.OfRounded(count, what)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
