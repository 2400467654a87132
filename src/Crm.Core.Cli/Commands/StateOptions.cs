using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Histories;

namespace Crm.Core.Cli.Commands;

/// <summary>The options of <c>crm summarize</c> that go on from what an earlier run has kept.</summary>
internal sealed class StateOptions(TransactionOptions transactions)
{
    private readonly Option<string> _state = CommonOptions.File(
        "--state", "File that keeps what was summarised so far: made by the first run, then carried on by logs that hold only what is new.");

    private readonly Option<string> _source = CommonOptions.File(
        "--source", "The whole log, with --state: read again for the customers who have returns or purchases dated before what is known.");

    internal void AddTo(Command command)
    {
        command.Add(_state);
        command.Add(_source);
    }

    /// <summary>Where the state is kept, or null.</summary>
    internal string? Path(ParseResult parsed) => parsed.GetValue(_state);

    /// <summary>Refuses what makes no sense together.</summary>
    /// <exception cref="UsageException">It does not; the message says what to do.</exception>
    internal void Check(ParseResult parsed, bool withHoldout, string output)
    {
        string? state = Path(parsed);
        string? source = parsed.GetValue(_source);
        var input = transactions.Input(parsed);
        if (state is null && source is not null)
        {
            throw new UsageException("--source is read again for a state. Name it by --state, or leave --source out.");
        }

        if (state is null)
        {
            return;
        }

        if (withHoldout)
        {
            throw new UsageException("A state knows no test period. Leave --holdout-until or --state out.");
        }

        if (source == "-" && input.Path == "-")
        {
            throw new UsageException("Standard input can be read once. Give TRANSACTIONS or --source a file.");
        }

        if (state == "-" || OutputFiles.IsDevice(state))
        {
            throw new UsageException("--state is read and written. Give it a file.");
        }

        Overwriting.Refuse(output, ("--source", source), ("--state", state));
        Overwriting.RefuseOption("--state", state, input, ("--source", source));
    }

    /// <summary>Reads the log and carries the state on by it.</summary>
    /// <exception cref="InputException">A file is at fault, or they do not go together.</exception>
    internal (TransactionLog Log, HistoryState State) Read(ParseResult parsed, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        var file = StateFile.Open(Path(parsed)!);
        if (transactions.StatedUnit(parsed) is { } stated)
        {
            file.CheckUnit(stated);
        }

        TransactionFormat format = transactions.Format(parsed);
        if (file.Frame is { } frame)
        {
            format = format with { Unit = frame.Unit, ZoneUnlessNamed = frame.Zone, CurrencyUnlessNamed = frame.Currency, MayBeEmpty = true };
        }

        TransactionLog log = TransactionsFile.Read(
            transactions.Input(parsed).Path!, format with { WithDigest = true }, terminal, progress, cancellationToken);
        progress.Report("summarising");
        HistoryState state = file.With(
            log,
            transactions.Until(parsed),
            parsed.GetValue(_source) is { } source
                ? only => TransactionsFile.Read(source, format with { Only = only }, terminal, progress, cancellationToken)
                : null,
            cancellationToken);
        return (log, state);
    }
}
