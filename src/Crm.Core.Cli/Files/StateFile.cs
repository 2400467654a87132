using System.Globalization;
using Crm.Core.Histories;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Files;

/// <summary>The state that <c>crm summarize --state</c> keeps between two logs.</summary>
internal sealed class StateFile
{
    private const int Named = 5;

    private readonly string _path;
    private readonly HistoryState? _before;

    private StateFile(string path, HistoryState? before)
    {
        _path = path;
        _before = before;
    }

    /// <summary>Gets unit, zone and currency of the state; null where there is none yet.</summary>
    internal HistoryFrame? Frame => _before?.Frame;

    /// <summary>Loads a state, or begins one where there is no such file.</summary>
    /// <exception cref="InputException">The file is no state, or not whole.</exception>
    internal static StateFile Open(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return new(path, null);
        }

        using FileStream stream = InputFile.OpenFile(path);
        try
        {
            return new(path, HistoryState.Load(stream));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses what the user states where it is not what the state has.</summary>
    /// <exception cref="InputException">It is not; the message names both.</exception>
    internal void CheckUnit(TimeUnit stated)
    {
        if (_before is not null && _before.Frame.Unit != stated)
        {
            throw Disagree("time in the unit", _before.Frame.Unit, "--unit says", stated);
        }
    }

    /// <summary>Carries the state on by a log, or begins it.</summary>
    /// <param name="log">The log, read with its digest.</param>
    /// <param name="until">The last day that counts; null for the latest that is known.</param>
    /// <param name="readAgain">Reads what all of these customers ever did; null where nobody has said from what.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InputException">The log and the state do not go together, or customers have to be read again and cannot be.</exception>
    internal HistoryState With(
        TransactionLog log, LocalDate? until, Func<IReadOnlySet<CustomerId>, TransactionLog>? readAgain, CancellationToken cancellationToken)
    {
        if (_before is null)
        {
            return log.Builder.StateThrough(until ?? log.Builder.LatestDay!.Value, cancellationToken).WithDelivery(log.Digest!);
        }

        if (_before.HasDelivery(log.Digest))
        {
            throw new InputException($"{log.Name} has been added to {_path} before: it has the same content. A log counts once; give only what is new.");
        }

        CheckFrame(log);
        LocalDate lastDay = until ?? Later(_before.LastDay, log.Builder.LatestDay);
        if (lastDay < _before.LastDay)
        {
            throw new InputException(
                $"{_path} knows what happened through {Iso(_before.LastDay)}; --until is {Iso(lastDay)}. Give that day or a later one, or summarise the whole log without --state.");
        }

        var update = HistoryUpdate.Of(_before, log.Builder, lastDay, cancellationToken);
        return Next(update, log, readAgain, cancellationToken).WithDelivery(log.Digest!);
    }

    private HistoryState Next(
        HistoryUpdate update, TransactionLog log, Func<IReadOnlySet<CustomerId>, TransactionLog>? readAgain, CancellationToken cancellationToken)
    {
        if (update.CustomersToReread.Count == 0)
        {
            return update.Next(cancellationToken: cancellationToken);
        }

        if (readAgain is null)
        {
            throw new InputException(
                $"{log.Name}: {Who(update)} {Plural.Of(update.CustomersToReread.Count, "has", "have")} a return, or a purchase dated before what {_path} knows of them, so that all they did has to be read again. Give the whole log, this one included, by --source.");
        }

        TransactionLog source = readAgain(update.CustomersToReread.ToHashSet());
        try
        {
            return update.Next(source.Builder, cancellationToken);
        }
        catch (ArgumentException exception)
        {
            throw new InputException(
                $"{source.Name} does not hold all that {Who(update)} did. Give by --source the whole log: all that was added to {_path} before, and {log.Name}.", exception);
        }
    }

    private void CheckFrame(TransactionLog log)
    {
        HistoryFrame frame = _before!.Frame;
        if (!frame.Zone.Equals(log.Zone))
        {
            throw Disagree("days in the zone", frame.Zone.Id, $"{log.Name} is in", log.Zone.Id);
        }

        if (frame.Currency != log.Currency)
        {
            throw Disagree("amounts in the currency", frame.Currency, $"{log.Name} is in", log.Currency);
        }
    }

    private InputException Disagree(string what, object own, string who, object other) =>
        new($"{_path} counts {what} {own}, and {who} {other}. Use one, or begin a new state.");

    private static string Who(HistoryUpdate update)
    {
        int count = update.CustomersToReread.Count;
        string first = string.Join(", ", update.CustomersToReread.Take(Named).Select(id => $"'{Masked.Text(id.ToString())}'"));
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {Plural.Of(count, "customer")} ({first}{(count > Named ? ", …" : "")})");
    }

    private static LocalDate Later(LocalDate day, LocalDate? other) => other is { } that && that > day ? that : day;

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
