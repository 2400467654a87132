using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What the rules of history sources do with a source and its store.</summary>
internal static class HistoryTrials
{
    internal static LocalDate FirstDay { get; } = new(2025, 1, 1);

    internal static Window Window { get; } = Window.Through(FirstDay.PlusDays(89));

    /// <summary>A purchase on a day from <see cref="FirstDay"/>, at noon.</summary>
    internal static Interaction Purchase(this Trial<HistorySourceSetup> trial, string id, int day, decimal amount = 10, string customer = "ada") => new()
    {
        Id = trial.Interaction(id),
        Customer = trial.Customer(customer),
        At = (FirstDay.PlusDays(day) + LocalTime.Noon).InUtc().ToInstant(),
        RecordedAt = (FirstDay.PlusDays(day) + LocalTime.Noon).InUtc().ToInstant(),
        Source = trial.Source,
        Detail = new PurchaseDetail { Amount = Money.Of(amount, Currency.Eur) },
    };

    internal static Interaction Correction(this Trial<HistorySourceSetup> trial, string id, Interaction of) =>
        of with { Id = trial.Interaction(id), Corrects = of.Id, RecordedAt = of.RecordedAt + Duration.FromDays(1) };

    internal static async Task Append(this Trial<HistorySourceSetup> trial, params IReadOnlyList<Interaction> interactions) =>
        await trial.Store.Interactions.AppendAsync(interactions, trial.Token).ConfigureAwait(false);

    /// <summary>That the source gives what a builder makes of these purchases and returns.</summary>
    internal static async Task GivesThoseOf(
        this Trial<HistorySourceSetup> trial, string what, Window window, TimeUnit unit, DateTimeZone zone, params IEnumerable<Interaction> counting)
    {
        var builder = new PurchaseHistoryBuilder(unit, zone);
        foreach (Interaction interaction in counting)
        {
            if (interaction.AsPurchase() is { } purchase)
            {
                builder.Add(purchase);
            }
            else if (interaction.AsReturn() is { } given)
            {
                builder.Add(given);
            }
        }

        PurchaseHistories found = await trial.Store.Histories.ReadAsync(window, unit, zone, trial.Token).ConfigureAwait(false);
        Expect.True(found is not null, $"histories {what}", "there are none");
        Expect.Set(Rows(builder.Build(window), _ => true), Rows(found!, trial.IsMine), $"histories {what}, each as customer, occasions after the first, recency, age, mean and total, and those of the test period");
    }

    internal static Task GivesThoseOf(this Trial<HistorySourceSetup> trial, string what, params IEnumerable<Interaction> counting) =>
        trial.GivesThoseOf(what, Window, TimeUnit.Week, DateTimeZone.Utc, counting);

    /// <summary>Runs a check that a source may refuse.</summary>
    internal static async Task OrRefuses(Func<Task> check)
    {
        try
        {
            await check().ConfigureAwait(false);
        }
        catch (NotSupportedException refusal)
        {
            Expect.True(refusal.Message.Length > 20, "a refusal that says what the source can do", "it says next to nothing");
        }
    }

    private static IEnumerable<string> Rows(PurchaseHistories of, Func<CustomerId, bool> isMine)
    {
        for (int row = 0; row < of.Count; row++)
        {
            if (isMine(of.Ids[row]))
            {
                string held = of.HoldoutFrequency.Length == 0 ? "" : FormattableString.Invariant($" then {of.HoldoutFrequency[row]} {of.HoldoutMeanSpend[row]:R}");
                string total = of.TotalSpend.Length == 0 ? "unknown" : FormattableString.Invariant($"{of.TotalSpend[row]:R}");
                yield return FormattableString.Invariant($"{of.Ids[row]}: {of.Frequency[row]} {of.Recency[row]:R} {of.Age[row]:R} {(of.MeanSpend.Length == 0 ? "unknown" : FormattableString.Invariant($"{of.MeanSpend[row]:R}"))} {total}{held}");
            }
        }
    }
}
