using System.CommandLine;
using System.CommandLine.Parsing;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report;
using Crm.Core.Cli.Segmenting;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm segment</c>: who is alike, by rules, by RFM or by what the data show, and who moved.</summary>
internal static class SegmentCommand
{
    internal const string Name = "segment";

    internal const string Example = """
        Examples:
          crm segment purchases.csv -o segments                                  by recency, frequency and money
          crm segment purchases.csv --scheme segments/segments.json --json       scored at the points of that earlier answer
          crm segment purchases.csv --rules rules.json --currency EUR -o segments
          crm segment purchases.csv --rules rules.json --customers customers.csv --since 2026-03-31 --json
          crm segment purchases.csv --discover -o segments                       groups that the data show, or that there are none
        """;

    private const int DaysBack = 91;

    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        var transactions = new TransactionOptions();
        var value = new ValueOptions();
        Option<string> rules = CommonOptions.File("--rules", "JSON file of segments with their rules.");
        Option<string> customers = CommonOptions.File("--customers", "CSV file with customer_id and columns that rules may ask about.");
        Option<bool> rfm = new("--rfm") { Description = "By recency, frequency and money: what is done unless --rules or --discover is given." };
        Option<int> bins = CommonOptions.Whole("--bins", "How many scores of each RFM has.", 5, 2, 10);
        Option<string> scheme = CommonOptions.File(
            "--scheme", "JSON file of how RFM is scored, with points of your own or kept ones; the segments.json of an earlier run scores by the points of that run.");
        Option<bool> discover = new("--discover") { Description = "Look for segments in the data." };
        Option<int> seed = CommonOptions.Whole("--seed", "Any number, 0 or more; the same one finds the same segments.", 1, 0, int.MaxValue);
        Option<LocalDate?> since = CommonOptions.Day("--since", "Earlier day with which the base is compared; 91 days before the last unless given.");
        Option<ReportLocale?> locale = ReportOptions.Locale();
        Option<string> output = CommonOptions.Output("Folder for segments.csv, segments.json and segments.html; made if it is not there.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command(Name, "Who is alike: segments by rules, by recency, frequency and money, or by what the data show.")
        {
            rules, customers, rfm, bins, scheme, discover, seed, since, locale, output, json,
        };
        transactions.AddTo(command);
        value.AddTo(command);
        command.Validators.Add(result =>
        {
            int asked = (result.GetValue(rules) is null ? 0 : 1) + (result.GetValue(rfm) ? 1 : 0) + (result.GetValue(discover) ? 1 : 0);
            if (asked > 1)
            {
                result.AddError("--rules, --rfm and --discover are three ways to make segments. Give one of them.");
            }

            bool byRules = result.GetValue(rules) is not null;
            bool byRfm = !byRules && !result.GetValue(discover);
            RefuseUnless(byRules, result, customers, "--customers has columns for rules. Give --rules too, or leave it out.");
            RefuseUnless(byRfm, result, bins, "--bins says how many scores of RFM there are, and --rules and --discover have none. Leave it out.");
            RefuseUnless(byRfm, result, scheme, "--scheme says how RFM is scored, and --rules and --discover score nothing. Leave it out.");
            RefuseUnless(result.GetValue(scheme) is null, result, bins, "--scheme says how many scores there are, and so does --bins. Give one of them.");
            RefuseUnless(result.GetValue(discover), result, seed, "--seed is for --discover. Give --discover too, or leave it out.");
            RefuseUnless(result.GetValue(output) is not null, result, locale, "--locale says how the page writes numbers. Give -o too, or leave it out.");
            foreach (Option option in value.All)
            {
                RefuseUnless(byRules, result, option, $"{option.Name} is for rules about value. Give --rules too, or leave it out.");
            }

            if (result.GetValue(rules) == "-" || result.GetValue(customers) == "-" || result.GetValue(scheme) == "-")
            {
                result.AddError("--rules, --customers and --scheme are files of their own; standard input is for the transactions.");
            }
        });
        command.SetAction(parsed =>
        {
            ClvTerms terms = value.Terms(parsed, transactions.Unit(parsed));
            CommonOptions.RefuseStandardOutput(parsed.GetValue(output));
            if (parsed.GetValue(output) is { } target)
            {
                Overwriting.RefuseIn(target, SegmentFiles.Names, transactions.Input(parsed), (rules.Name, parsed.GetValue(rules)), (customers.Name, parsed.GetValue(customers)), (scheme.Name, parsed.GetValue(scheme)));
            }

            string? book = parsed.GetValue(rules) is { } file ? WholeText.Read(file, "rules") : null;
            RfmCut cut = RfmCut.Quantiles(parsed.GetValue(bins));
            RfmScheme scores = parsed.GetValue(scheme) is { } kept ? SchemeFile.Read(kept) : RfmScheme.Of(cut, cut, cut);
            var (measured, segmented) = terminal.During("reading", progress =>
            {
                TransactionEvents? events = book is null ? null : new();
                TransactionLog log = transactions.Read(parsed, terminal, progress, cancellationToken, events);
                progress.Report("summarising");
                PurchaseHistories now = log.Histories(transactions.Until(parsed), null, cancellationToken);
                var (day, before) = Earlier(log, now, parsed.GetValue(since), cancellationToken);
                progress.Report("segmenting");
                Segmented made = book is not null
                    ? RuleSegmenting.Of(parsed.GetValue(rules)!, book, log, events!, Attributes(parsed, customers, transactions, terminal, cancellationToken), (now, before, parsed.GetValue(since) is not null), terms, progress, cancellationToken)
                    : parsed.GetValue(discover)
                        ? DiscoverySegmenting.Of(new(now), before is null ? null : new(before), (ulong)parsed.GetValue(seed), progress, cancellationToken)
                        : RfmSegmenting.Of(new(now), before is null ? null : new(before), scores, parsed.GetValue(scheme), cancellationToken);
                return (SummaryDocument.Of(log, now), made with { Since = day });
            });
            var document = SegmentDocument.Of(measured, segmented, cancellationToken);
            if (parsed.GetValue(output) is { } folder)
            {
                var numbers = new ReportNumbers(parsed.GetValue(locale) ?? ReportLocale.OfEnvironment(Environment.GetEnvironmentVariable), measured.Currency);
                SegmentFiles.Write(folder, document, segmented, numbers, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
                terminal.NoteAll([.. measured.Skipped.Words(), .. document.CustomersFile?.Warning is { } warning ? (string[])[warning] : []]);
            }
            else
            {
                terminal.Screen.Write(SegmentTables.Of(document));
            }

            if (parsed.GetValue(output) is { } written)
            {
                terminal.Note($"Wrote {string.Join(", ", SegmentFiles.Names)} to {written}.");
            }

            return ExitCode.Success;
        });
        return command;
    }

    // What would have no effect is no slip to pass over.
    private static void RefuseUnless(bool hasEffect, CommandResult result, Option option, string why)
    {
        if (!hasEffect && result.GetResult(option) is { Implicit: false })
        {
            result.AddError(why);
        }
    }

    private static CustomerAttributes? Attributes(
        ParseResult parsed, Option<string> customers, TransactionOptions transactions, Terminal terminal, CancellationToken cancellationToken) =>
        parsed.GetValue(customers) is { } file ? CustomerAttributes.Read(file, transactions.CustomerColumn(parsed), terminal, cancellationToken) : null;

    /// <summary>The histories on the earlier day; null where nobody had bought by then and nobody asked for it.</summary>
    private static (LocalDate? Day, PurchaseHistories? Before) Earlier(TransactionLog log, PurchaseHistories now, LocalDate? asked, CancellationToken cancellationToken)
    {
        LocalDate last = now.Frame.Window!.Value.LastDay;
        if (asked is { } given && given >= last)
        {
            throw new InputException(FormattableString.Invariant($"{log.Name}: --since is {given:uuuu-MM-dd}; it must lie before the last day that counts, {last:uuuu-MM-dd}."));
        }

        LocalDate day = asked ?? last.PlusDays(-DaysBack);
        if (log.Builder.EarliestDay > day)
        {
            return asked is null ? (null, null) : throw new InputException(FormattableString.Invariant(
                $"{log.Name}: nobody had bought by {day:uuuu-MM-dd}, the day of --since; the first purchase is of {log.Builder.EarliestDay!.Value:uuuu-MM-dd}."));
        }

        PurchaseHistories before = log.Builder.Build(Window.Through(day), cancellationToken);
        return before.Count > 0 ? (day, before) : asked is null ? (null, null) : throw new InputException(FormattableString.Invariant(
            $"{log.Name}: nobody had bought by {day:uuuu-MM-dd}, the day of --since, what was not given back by then."));
    }
}
