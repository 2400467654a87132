using System.CommandLine;
using Crm.Core.Cli.Files;
using NodaTime;

namespace Crm.Core.Cli.Commands;

/// <summary>The options of every command that reads transactions.</summary>
internal sealed class TransactionOptions
{
    private readonly Argument<string> _transactions = CommonOptions.Transactions();
    private readonly Option<TimeUnit> _unit = CommonOptions.TransactionUnit();
    private readonly Option<LocalDate?> _until = CommonOptions.Day("--until", "Last day that counts, inclusive; the last day of the file unless given.");
    private readonly Option<DateTimeZone?> _zone = CommonOptions.Zone();
    private readonly Option<Currency?> _currency = CommonOptions.Currency();
    private readonly Option<string> _customerColumn = CommonOptions.CustomerColumn();
    private readonly Option<string> _dateColumn = CommonOptions.DateColumn();
    private readonly Option<string> _amountColumn = CommonOptions.AmountColumn();
    private readonly Option<string?> _dateFormat = CommonOptions.DateFormat();

    private readonly Option<LocalDate?> _notBefore = CommonOptions.Day("--not-before", "First day that a date may be; 1970-01-02 unless given, since an earlier one is mostly a date that was never set.");
    private readonly Option<LocalDate?> _notAfter = CommonOptions.Day("--not-after", "Last day that a date may be; tomorrow unless given.");
    private readonly Option<bool> _decimalComma = new("--decimal-comma") { Description = "Amounts are written 12,50 and not 12.50." };
    private readonly Option<string> _duplicates = CommonOptions.Choice(
        "--duplicates", "What becomes of rows that repeat an earlier one in every field: keep counts each of them, drop leaves them out.", "keep", "drop");

    private readonly Option<string> _onBadRow = CommonOptions.OnBadRow();

    internal void AddTo(Command command)
    {
        command.Add(_transactions);
        command.Add(_until);
        AddFormatTo(command);
    }

    /// <summary>Adds how files of purchases are read, to a command that names them itself.</summary>
    internal void AddFormatTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_unit, _zone, _currency, _customerColumn, _dateColumn, _amountColumn, _dateFormat,
            _decimalComma, _notBefore, _notAfter, _duplicates, _onBadRow])
        {
            command.Add(option);
        }
    }

    internal (string Name, string? Path) Input(ParseResult parsed) => (_transactions.Name, parsed.GetValue(_transactions));

    internal string CustomerColumn(ParseResult parsed) => parsed.GetValue(_customerColumn)!;

    internal LocalDate? Until(ParseResult parsed) => parsed.GetValue(_until);

    internal TimeUnit Unit(ParseResult parsed) => parsed.GetValue(_unit);

    /// <summary>The unit that the user states, or null.</summary>
    internal TimeUnit? StatedUnit(ParseResult parsed) => parsed.GetResult(_unit) is { Implicit: false } ? parsed.GetValue(_unit) : null;

    internal TransactionLog Read(ParseResult parsed, Terminal terminal, Work progress, CancellationToken cancellationToken, TransactionEvents? events = null) =>
        TransactionsFile.Read(parsed.GetValue(_transactions)!, Format(parsed) with { Events = events }, terminal, progress, cancellationToken);

    internal TransactionLog Read(string file, ParseResult parsed, Terminal terminal, Work progress, CancellationToken cancellationToken) =>
        TransactionsFile.Read(file, Format(parsed), terminal, progress, cancellationToken);

    internal TransactionFormat Format(ParseResult parsed) => new()
    {
        CustomerColumn = parsed.GetValue(_customerColumn)!,
        DateColumn = parsed.GetValue(_dateColumn)!,
        AmountColumn = parsed.GetValue(_amountColumn)!,
        NeedsAmount = parsed.GetResult(_amountColumn) is { Implicit: false },
        DateFormat = parsed.GetValue(_dateFormat),
        NotBefore = parsed.GetValue(_notBefore),
        NotAfter = parsed.GetValue(_notAfter),
        HasDecimalComma = parsed.GetValue(_decimalComma),
        DropsDuplicates = parsed.GetValue(_duplicates) == "drop",
        SkipsBadRows = CommonOptions.Skips(parsed, _onBadRow),
        Unit = parsed.GetValue(_unit),
        Zone = parsed.GetValue(_zone),
        Currency = parsed.GetValue(_currency),
    };
}
