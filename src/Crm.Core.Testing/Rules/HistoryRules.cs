using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>Histories are those of the purchases.</summary>
internal static class HistoryRules
{
    internal static IEnumerable<Rule<HistorySourceSetup>> All =>
    [
        new("days-are-occasions", "Three things bought on one day are one visit to the shop; so models count.", async t =>
        {
            Interaction[] all = [t.Purchase("a", 0), t.Purchase("b", 0, 7), t.Purchase("c", 9), t.Purchase("d", 9, 3), t.Purchase("e", 30), t.Purchase("f", 4, customer: "eve")];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("of several purchases a day", all).ConfigureAwait(false);
        }),
        new("last-day-counts-to-its-end", "Who buys a moment before midnight bought on that day.", async t =>
        {
            Instant midnight = HistoryTrials.Window.LastDay.PlusDays(1).AtMidnight().InUtc().ToInstant();
            Interaction[] all =
            [
                t.Purchase("a", 0), t.Purchase("b", 1) with { At = midnight - Duration.FromMilliseconds(1) }, t.Purchase("c", 1) with { At = midnight },
                t.Purchase("d", 200, customer: "later"), t.Purchase("e", 3, customer: "eve") with { At = midnight - Duration.FromDays(1) },
            ];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("on the edge of the window", all).ConfigureAwait(false);
        }),
        new("days-before-the-epoch", "A customer of 1969 is no customer of 1970; days are counted down, not toward zero.", async t =>
        {
            Interaction[] all = [t.Purchase("a", 0) with { At = Instant.FromUtc(1969, 12, 31, 23, 59, 59) }, t.Purchase("b", 0) with { At = Instant.FromUtc(1969, 12, 30, 0, 0, 1) }, t.Purchase("c", 0)];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("of days before 1970", all).ConfigureAwait(false);
        }),
        new("first-occasion-outside-the-mean", "The mean is that of the repeat purchases; the first is in the total only.", async t =>
        {
            Interaction[] all = [t.Purchase("a", 0, 1_000), t.Purchase("b", 5, 10), t.Purchase("c", 9, 20), t.Purchase("d", 2, 55, "once")];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("with a large first purchase", all).ConfigureAwait(false);
        }),
        new("sums-exact", "A thousand times 0.10 is 100, to the last bit.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 1_000).Select(i => t.Purchase(FormattableString.Invariant($"p{i}"), i % 80, 0.10m + (0.01m * (i % 7))))];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("of a thousand small amounts", all).ConfigureAwait(false);
        }),
        new("fine-amounts-exact-or-refused", "A thousandth of a cent a kilowatt-hour, a million times, is money.", t => HistoryTrials.OrRefuses(async () =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 40).Select(i => t.Purchase(FormattableString.Invariant($"p{i}"), i, 0.1234567m))];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("of amounts with seven decimals", all).ConfigureAwait(false);
        })),
        new("free-purchase-is-an-occasion", "What was given for nothing was still a visit.", async t =>
        {
            Interaction[] all = [t.Purchase("a", 0, 0), t.Purchase("b", 5, 0), t.Purchase("c", 9, 20)];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("with purchases priced 0", all).ConfigureAwait(false);
        }),
        new("only-purchases-count", "A call is no purchase, nor is an order that was not paid.", async t =>
        {
            Interaction bought = t.Purchase("a", 3);
            await t.Append(
                bought,
                t.Purchase("b", 5) with { Detail = new NoteDetail { Text = "called" } },
                t.Purchase("c", 6, customer: "eve") with { Detail = new OrderDetail { Amount = Money.Of(9, Currency.Eur) } }).ConfigureAwait(false);
            await t.GivesThoseOf("beside other interactions", bought).ConfigureAwait(false);
        }),
        new("corrections-take-the-place", "A typing error of ten thousand, corrected the next day, must not make anybody a platinum customer.", async t =>
        {
            Interaction wrong = t.Purchase("a", 4, 10_000);
            Interaction better = t.Correction("z", wrong) with { Detail = new PurchaseDetail { Amount = Money.Of(200, Currency.Eur) } };
            Interaction right = t.Correction("b", wrong) with { RecordedAt = better.RecordedAt + Duration.FromDays(1), Detail = new PurchaseDetail { Amount = Money.Of(100, Currency.Eur) } };
            Interaction moved = t.Purchase("c", 8);
            Interaction to = t.Correction("d", moved) with { Customer = t.Customer("eve") };
            Interaction gone = t.Purchase("e", 12, customer: "bob");
            Interaction retracted = t.Correction("f", gone) with { Detail = new RetractionDetail() };
            Interaction note = t.Purchase("g", 14) with { Detail = new NoteDetail { Text = "was a purchase" } };
            Interaction bought = t.Correction("h", note) with { Detail = new PurchaseDetail { Amount = Money.Of(5, Currency.Eur) } };
            await t.Append(right, wrong, better, moved, to, gone, retracted, note, bought).ConfigureAwait(false);
            await t.GivesThoseOf("after corrections", right, to, bought).ConfigureAwait(false);
        }),
        new("corrected-at-one-moment", "Of two corrections of one moment the one with the greater id counts, as everywhere.", async t =>
        {
            Interaction wrong = t.Purchase("a", 4, 10);
            Interaction Correction(string id, decimal amount) => t.Correction(id, wrong) with { Detail = new PurchaseDetail { Amount = Money.Of(amount, Currency.Eur) } };
            Interaction greater = Correction("c", 20);
            await t.Append(wrong, greater, Correction("b", 21)).ConfigureAwait(false);
            await t.GivesThoseOf("after two corrections of one moment", greater).ConfigureAwait(false);
        }),
        new("test-period-beside-the-window", "What is held out is counted, and does not reach into what the model learns from.", async t =>
        {
            Window held = HistoryTrials.Window.HoldingOutThrough(HistoryTrials.Window.LastDay.PlusDays(30));
            Interaction[] all =
            [
                t.Purchase("a", 0), t.Purchase("b", 40, 5), t.Purchase("c", 95, 7), t.Purchase("d", 95, 1), t.Purchase("e", 119, 3), t.Purchase("f", 120, 99),
                t.Purchase("g", 10, customer: "quiet"), t.Purchase("h", 100, customer: "late"),
            ];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("with a test period", held, TimeUnit.Week, DateTimeZone.Utc, all).ConfigureAwait(false);
            await t.GivesThoseOf("without a test period", all).ConfigureAwait(false);
        }),
        new("units-divide-once", "A month is 30.4375 days and a year 365.25; every unit gives the bits the library gives.", async t =>
        {
            Interaction[] all = [t.Purchase("a", 0), t.Purchase("b", 17), t.Purchase("c", 61)];
            await t.Append(all).ConfigureAwait(false);
            foreach (TimeUnit unit in new[] { TimeUnit.Day, TimeUnit.Week, TimeUnit.Month, TimeUnit.Year })
            {
                await t.GivesThoseOf($"in the unit {unit}", HistoryTrials.Window, unit, DateTimeZone.Utc, all).ConfigureAwait(false);
            }
        }),
        new("frame-says-what-they-are", "A number without its unit and currency is a mistake waiting.", async t =>
        {
            await t.Append(t.Purchase("a", 0)).ConfigureAwait(false);
            PurchaseHistories found = await t.Store.Histories.ReadAsync(HistoryTrials.Window, TimeUnit.Month, DateTimeZone.Utc, t.Token).ConfigureAwait(false);
            Expect.True(
                found.Frame.Window == HistoryTrials.Window && found.Unit == TimeUnit.Month && found.Frame.Zone.Equals(DateTimeZone.Utc) && found.Currency == Currency.Eur,
                "histories in the window, unit, zone and currency of the purchases",
                FormattableString.Invariant($"they say {found.Frame.Window}, '{found.Unit}', {found.Frame.Zone.Id} and {found.Currency}"));
        }),
        new("ids-compared-ordinally", "A collation that takes two ids for one makes two customers one.", async t =>
        {
            Interaction[] all = [.. Alike.Texts.Select((text, i) => t.Purchase(FormattableString.Invariant($"p{i}"), i, customer: text))];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("of ids almost the same", all).ConfigureAwait(false);
        }),
        new("returns-netted-or-refused", "What was given back was not spent; a source that cannot net it says so.", t => HistoryTrials.OrRefuses(async () =>
        {
            Interaction bought = t.Purchase("a", 5, 50) with { Detail = new PurchaseDetail { Amount = Money.Of(50, Currency.Eur), Purchase = PurchaseId.Of("named") } };
            Interaction[] all =
            [
                t.Purchase("0", 0), bought, t.Purchase("b", 9, 30), t.Purchase("c", 11) with { Detail = new ReturnDetail { Amount = Money.Of(20, Currency.Eur), Purchase = PurchaseId.Of("named") } },
                t.Purchase("d", 12) with { Detail = new ReturnDetail { Amount = Money.Of(30, Currency.Eur) } },
            ];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("with returns", all).ConfigureAwait(false);
        })),
        new("days-of-the-zone-or-refused", "Half past midnight in Istanbul is yesterday in London; a source that counts one zone's days says so.", t => HistoryTrials.OrRefuses(async () =>
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Istanbul"];
            Interaction[] all = [.. Enumerable.Range(0, 20).Select(i => t.Purchase(FormattableString.Invariant($"p{i}"), 0) with { At = HistoryTrials.FirstDay.AtMidnight().InUtc().ToInstant() + Duration.FromHours(11 * i) })];
            await t.Append(all).ConfigureAwait(false);
            await t.GivesThoseOf("in the zone Europe/Istanbul", HistoryTrials.Window, TimeUnit.Week, zone, all).ConfigureAwait(false);
        })),
        new("correction-without-its-original", "What corrects may come before what it corrects, and that may never come: it counts from then on.", async t =>
        {
            Interaction never = t.Purchase("never", 20, 500);
            Interaction counts = t.Correction("k", never) with { Detail = new PurchaseDetail { Amount = Money.Of(50, Currency.Eur) } };
            Interaction bought = t.Purchase("a", 3);
            await t.Append(bought, counts).ConfigureAwait(false);
            await t.GivesThoseOf("of a correction that came first", bought, counts).ConfigureAwait(false);
            await t.Append(never).ConfigureAwait(false);
            await t.GivesThoseOf("of a correction whose original came late", bought, counts).ConfigureAwait(false);
        }),
        new("receipt-number-of-two", "Two tills that number alike are two tills: each interaction is a purchase, and the same one delivered twice has one id.", async t =>
        {
            Interaction first = t.Purchase("a", 3, 40);
            Interaction second = t.Purchase("b", 3, 40);
            Interaction other = t.Purchase("c", 9, 70, "eve");
            static Interaction Numbered(Interaction one) => one with { Detail = (PurchaseDetail)one.Detail with { Purchase = PurchaseId.Of("4711") } };
            await t.Append(Numbered(first), Numbered(second), Numbered(other)).ConfigureAwait(false);
            await t.GivesThoseOf("of purchases that share a number", first, second, other).ConfigureAwait(false);
        }),
        new("random-logs-to-the-bit", "What nobody thought of: three hundred customers, corrected at random.", async t =>
        {
            var chance = new Sequences.SeededChance(7);
            var log = new List<Interaction>();
            for (int i = 0; i < 2_000; i++)
            {
                Interaction one = t.Purchase(FormattableString.Invariant($"p{i}"), chance.Below(120), 0.01m * chance.Below(100_000), FormattableString.Invariant($"c{chance.Below(300)}"));
                if (chance.Happens(0.02))
                {
                    log.Add(t.Correction(FormattableString.Invariant($"o{i}"), one)); // its original never comes
                    continue;
                }

                log.Add(one);
                if (chance.Happens(0.05))
                {
                    log.Add(t.Correction(FormattableString.Invariant($"k{i}"), one) with
                    {
                        Customer = t.Customer(FormattableString.Invariant($"c{chance.Below(300)}")),
                        Detail = chance.Happens(0.3) ? new RetractionDetail() : new PurchaseDetail { Amount = Money.Of(0.01m * chance.Below(1_000), Currency.Eur) },
                    });
                }
            }

            await t.Append(log).ConfigureAwait(false);
            HashSet<InteractionId> corrected = [.. log.Select(one => one.Corrects)];
            Interaction[] counting = [.. log.Where(one => !corrected.Contains(one.Id))];
            await t.GivesThoseOf("of a random log", counting).ConfigureAwait(false);
            await t.GivesThoseOf("of a random log with a test period", HistoryTrials.Window.HoldingOutThrough(HistoryTrials.Window.LastDay.PlusDays(30)), TimeUnit.Week, DateTimeZone.Utc, counting).ConfigureAwait(false);
        }),
        new("erased-is-gone", "A history that outlives its customer is the customer's still.", async t =>
        {
            Interaction other = t.Purchase("b", 5, customer: "eve");
            await t.Append(t.Purchase("a", 0), other).ConfigureAwait(false);
            await t.GivesThoseOf("before an erasure", t.Purchase("a", 0), other).ConfigureAwait(false);
            await t.Store.Interactions.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.GivesThoseOf("after an erasure", other).ConfigureAwait(false);
        }),
        new("seen-at-once", "A purchase that was taken in is in the next answer.", async t =>
        {
            var all = new List<Interaction>();
            for (int i = 0; i < 5; i++)
            {
                all.Add(t.Purchase(FormattableString.Invariant($"p{i}"), i * 10));
                await t.Append(all[^1]).ConfigureAwait(false);
                await t.GivesThoseOf("right after a purchase", all).ConfigureAwait(false);
            }
        }),
        new("cancelled-gives-nothing", "Who has given up waiting gets no answer, and the database is spared.", async t =>
        {
            using var source = new CancellationTokenSource();
            await source.CancelAsync().ConfigureAwait(false);
            await Expect.Throws<OperationCanceledException>(
                async () => await t.Store.Histories.ReadAsync(HistoryTrials.Window, TimeUnit.Week, DateTimeZone.Utc, source.Token).ConfigureAwait(false),
                "from a token that was cancelled beforehand").ConfigureAwait(false);
        }),
    ];
}
