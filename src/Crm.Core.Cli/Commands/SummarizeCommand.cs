using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm summarize</c>: transactions to one history for each customer.</summary>
internal static class SummarizeCommand
{
    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        var transactions = new TransactionOptions();
        var states = new StateOptions(transactions);
        Option<LocalDate?> holdoutUntil = CommonOptions.Day("--holdout-until", "Last day of a test period after --until; its purchases are counted apart.");
        Option<string> output = CommonOptions.Output("File to write, - for standard output.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("summarize", "Turn transactions into one history for each customer: frequency, recency, age, mean spend.")
        {
            holdoutUntil, output, json,
        };
        transactions.AddTo(command);
        states.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            if (path == "-" && parsed.GetValue(json))
            {
                throw new UsageException("Both the table and the JSON document would go to standard output. Give -o a file, or leave --json out.");
            }

            if (parsed.GetValue(holdoutUntil) is not null && transactions.Until(parsed) is null)
            {
                throw new UsageException("--holdout-until needs --until: the last day that the model may know.");
            }

            Overwriting.Refuse(path, transactions.Input(parsed));
            states.Check(parsed, parsed.GetValue(holdoutUntil) is not null, path);
            var (log, histories, state) = terminal.During("reading", progress =>
            {
                if (states.Path(parsed) is not null)
                {
                    var (news, next) = states.Read(parsed, terminal, progress, cancellationToken);
                    return (news, news.NotEmpty(next.ToHistories(cancellationToken), next.LastDay), next);
                }

                TransactionLog read = transactions.Read(parsed, terminal, progress, cancellationToken);
                progress.Report("summarising");
                return (read, read.Histories(transactions.Until(parsed), parsed.GetValue(holdoutUntil), cancellationToken), (HistoryState?)null);
            });
            Write(path, terminal, histories, states.Path(parsed), state);
            var document = SummaryDocument.Of(log, histories);
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
            }
            else if (path != "-")
            {
                terminal.Screen.Write(Tables.Of(document));
            }

            if (path == "-" || parsed.GetValue(json))
            {
                terminal.NoteAll(log.Skipped.Words());
            }

            return ExitCode.Success;
        });
        return command;
    }

    // Summary and state get their names together or not at all. The state is the last: a log that it has is refused, so that a summary without
    // its state can be made again, and a state without its summary could not.
    private static void Write(string path, Terminal terminal, PurchaseHistories histories, string? statePath, HistoryState? state)
    {
        if (state is null)
        {
            OutputFiles.WriteOne(path, terminal, writer => SummaryFile.Write(writer, histories));
            return;
        }

        using var files = new OutputFiles(isSynced: true);
        bool isFile = path != "-" && !OutputFiles.IsDevice(path);
        if (isFile)
        {
            files.Write(path, writer => SummaryFile.Write(writer, histories));
        }

        files.WriteBytes(statePath!, state.Save);
        if (!isFile)
        {
            OutputFiles.WriteOne(path, terminal, writer => SummaryFile.Write(writer, histories));
        }

        try
        {
            files.Commit();
        }
        catch (InputException exception) when (!isFile)
        {
            throw new InputException($"{exception.Message} The summary went to {(path == "-" ? "standard output" : path)} all the same; give the log again, since the state does not have it.", exception);
        }
    }
}
