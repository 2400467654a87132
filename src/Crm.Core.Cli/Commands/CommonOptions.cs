using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Crm.Core.LifetimeValue;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Commands;

/// <summary>Arguments and options that commands share, with one reading and one wording each.</summary>
internal static class CommonOptions
{
    private static readonly string[] _units = ["day", "week", "month", "year"];

    internal static Argument<string> Transactions() => new("TRANSACTIONS")
    {
        Description = "CSV file of purchases with customer_id, date and, optionally, amount (plain or gzip; - for standard input).",
    };

    internal static Argument<string> Summary() => new("SUMMARY")
    {
        Description = "CSV file of histories with frequency, recency, age (or x, t_x, T) and, optionally, customer_id, mean_spend, customers (- for standard input).",
    };

    internal static Argument<string> Model(params string[] names) => OneOf("MODEL", "model", names);

    /// <summary>An argument that is one of a few words.</summary>
    internal static Argument<string> OneOf(string name, string what, params string[] words)
    {
        var argument = new Argument<string>(name) { Description = "One of " + string.Join(", ", words) + ".", HelpName = name };
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result =>
        {
            string? given = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
            if (given is not null && !words.Contains(given, StringComparer.Ordinal))
            {
                result.AddError($"There is no {what} '{given}'. There are {string.Join(", ", words)}.{Nearest.Words(given, words)}");
            }
        });
        return argument;
    }

    internal static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Say nothing on standard error but what went wrong.", Recursive = true };

    internal static Option<bool> Json() => new("--json") { Description = "Write the answer as one JSON document on standard output." };

    /// <summary>An option with a few values, the first of which counts unless another is given.</summary>
    internal static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !values.Contains(result.Tokens[0].Value, StringComparer.Ordinal))
            {
                result.AddError($"{name} was '{result.Tokens[0].Value}'; accepted: {string.Join(" or ", values)}.{Nearest.Words(result.Tokens[0].Value, values)}");
            }
        });
        return option;
    }

    internal static Option<string> OnBadRow() => Choice(
        "--on-bad-row", "What becomes of rows at fault: stop names them and ends, skip leaves them out and counts them by reason.", "stop", "skip");

    internal static bool Skips(ParseResult parsed, Option<string> onBadRow) => parsed.GetValue(onBadRow) == "skip";

    internal static Option<string> Output(string what, bool required = true)
    {
        var option = new Option<string>("--output", "-o") { Description = what, Required = required };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("-o is blank. Name where to write.");
            }
        });
        return option;
    }

    /// <summary>Refuses - where an answer is more than one file.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    internal static void RefuseStandardOutput(string? folder)
    {
        if (folder == "-")
        {
            throw new UsageException("-o - names standard output, and the answer is three files. Name a folder, or use --json for one document.");
        }
    }

    internal static Option<string> File(string name, string description)
    {
        var option = new Option<string>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError($"{name} is blank. Name the file.");
            }
        });
        return option;
    }

    internal static Option<int?> Top() => new("--top")
    {
        Description = "How many offers of each ranking, the best first; all unless given.",
        CustomParser = result => Parsed<int?>(
            result,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 ? (true, number) : (false, null),
            "a whole number, 1 or more"),
    };

    internal static Option<Channel?> Channel() => new("--channel")
    {
        Description = "Channel through which the offers come, such as store: its rows count, and for offers that have none those without a channel.",
        CustomParser = result => Parsed<Channel?>(
            result,
            text => Core.Channel.TryOf(text.Trim(), out var channel) && !text.Any(c => c == ';' || char.IsControl(c)) ? (true, channel) : (false, null),
            "the name of a channel, of 1 to 128 characters without semicolons"),
    };

    internal static Option<double?> Minimum() => new("--minimum")
    {
        Description = "Least benefit: offers below it are left out.",
        CustomParser = result => Parsed<double?>(
            result,
            text => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) ? (true, number) : (false, null),
            "a number with a decimal point, such as 12.5 or -3"),
    };

    internal static Option<int> Whole(string name, string description, int unlessGiven, int least, int most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => unlessGiven,
        CustomParser = result => Parsed(
            result,
            text => (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most, number),
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least:N0} to {most:N0}")),
    };

    internal static Option<string> CustomerColumn() =>
        new("--customer-column") { Description = "Name of the column with the customer's id.", DefaultValueFactory = _ => "customer_id" };

    internal static Option<string> DateColumn() =>
        new("--date-column") { Description = "Name of the column with the date.", DefaultValueFactory = _ => "date" };

    internal static Option<string> AmountColumn() =>
        new("--amount-column") { Description = "Name of the column with the amount.", DefaultValueFactory = _ => "amount" };

    internal static Option<string?> DateFormat() => new("--date-format") { Description = "How days are written, where not as in ISO 8601: dd/MM/yyyy." };

    internal static Option<TimeUnit> TransactionUnit() => WithWords(_units, new Option<TimeUnit>("--unit")
    {
        Description = "Unit of time of the model: day, week, month, year.",
        DefaultValueFactory = _ => TimeUnit.Week,
        CustomParser = result => Parsed(result, ParseNamedUnit, "a time unit: day, week, month or year", _units),
    });

    internal static Option<TimeUnit?> SummaryUnit() => WithWords(_units, new Option<TimeUnit?>("--unit")
    {
        Description = "Unit of time of the file, where its first line does not name it: day, week, month, year.",
        CustomParser = result => Parsed<TimeUnit?>(
            result, text => ParseNamedUnit(text) is (true, var unit) ? (true, unit) : (false, null), "a time unit: day, week, month or year", _units),
    });

    internal static Option<LocalDate?> Day(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parsed<LocalDate?>(
            result, text => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? (true, day) : (false, null), "a day such as 1997-09-30"),
    };

    internal static Option<DateTimeZone?> Zone() => WithWords(() => DateTimeZoneProviders.Tzdb.Ids, new Option<DateTimeZone?>("--zone")
    {
        Description = "Time zone that says on which day a moment lies, such as Europe/Berlin; UTC unless the file names one.",
        CustomParser = result => Parsed(result, text =>
        {
            DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
            return (zone is not null, zone);
        }, "a time zone of the IANA database, such as Europe/Berlin", DateTimeZoneProviders.Tzdb.Ids),
    });

    internal static Option<Currency?> Currency() => new("--currency")
    {
        Description = "Currency of the amounts, such as USD; none unless the file names one.",
        CustomParser = result => Parsed<Currency?>(
            result, text => Core.Currency.TryOf(text, out var currency) ? (true, currency) : (false, null), "a code of ISO 4217, such as USD"),
    };

    internal static Option<double> Margin() => new("--margin")
    {
        Description = "Share of spend that is profit, 0.30 or 30%; without it the values are of revenue.",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Parsed(result, ParseMargin, "a fraction from 0 to 1, or a percentage: 0.30 or 30%"),
    };

    internal static Option<double> Level() => new("--level")
    {
        Description = "Probability of the intervals, 0.90 or 90%.",
        DefaultValueFactory = _ => 0.90,
        CustomParser = result => Parsed(
            result,
            text => ParseShare(text) is (true, var level) && level is >= 0.01 and <= 0.999 ? (true, level) : (false, 0),
            "a fraction from 0.01 to 0.999, or a percentage: 0.90 or 90%"),
    };

    internal static Option<ParameterPrior?> Prior() => WithWords(["weak"], new Option<ParameterPrior?>("--prior")
    {
        Description = "Fit under a prior instead of by maximum likelihood: weak, or a standard deviation of the logarithms of the parameters.",
        CustomParser = result => Parsed(
            result,
            text => text == "weak" ? (true, ParameterPrior.Weak)
                : ParseNumber(text) is (true, var deviation) && deviation is >= 0.01 and <= 10 ? (true, ParameterPrior.Of(deviation)) : (false, null),
            "weak, or a standard deviation from 0.01 to 10",
            ["weak"]),
    });

    internal static Option<DiscountRate?> Discount() => new("--discount")
    {
        Description = "Effective discount rate: 10%/y, 1%/m.",
        CustomParser = result => Parsed<DiscountRate?>(
            result, text => ParseDiscount(text) is (true, var rate) ? (true, rate) : (false, null), "an effective rate from 0% to 1000% per y, m, w or d, or a fraction from 0 to 1: 10%/y"),
    };

    internal static Option<double?> Delta() => new("--delta")
    {
        Description = "Raw continuous discount rate per unit of time of the data, instead of --discount.",
        CustomParser = result => Parsed<double?>(
            result, text => ParseNumber(text) is (true, var number) && number >= 0 ? (true, number) : (false, null), "a number, 0 or more"),
    };

    internal static Option<Horizon?> Horizon(string description) => new("--horizon")
    {
        Description = description,
        CustomParser = result => Parsed<Horizon?>(
            result, text => Core.Horizon.TryParse(text, out var horizon) ? (true, horizon) : (false, null), "a length in plain digits such as 39w, 12m, 2y, 90d (1000w and not 1e3w), or unlimited", ["unlimited"]),
    };

    /// <summary>A horizon written as a bare number counts in this unit.</summary>
    internal static Horizon InUnit(Horizon horizon, TimeUnit unit) =>
        horizon.IsLimited && !horizon.Unit.IsNamed ? Core.Horizon.Of(horizon.Length, unit) : horizon;

    private static (bool Good, TimeUnit Unit) ParseNamedUnit(string text) => (TimeUnit.TryOf(text, out TimeUnit unit) && unit.IsNamed, unit);

    internal static (bool Good, double Number) ParseNumber(string text) =>
        (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number), number);

    private static (bool Good, double Margin) ParseMargin(string text)
    {
        var (good, margin) = ParseShare(text);
        return (good && margin <= 1, margin);
    }

    private static (bool Good, double Share) ParseShare(string text)
    {
        bool percent = text.EndsWith('%');
        var (good, number) = ParseNumber(percent ? text[..^1] : text);
        return (good, percent ? number / 100 : number);
    }

    private static (bool Good, DiscountRate Rate) ParseDiscount(string text)
    {
        string[] parts = text.Split('/');
        var (good, rate) = ParseShare(parts[0]);
        TimeUnit unit = (parts.Length == 1 ? "y" : parts[1]) switch
        {
            "y" or "year" => TimeUnit.Year,
            "m" or "month" => TimeUnit.Month,
            "w" or "week" => TimeUnit.Week,
            "d" or "day" => TimeUnit.Day,
            _ => TimeUnit.Unnamed,
        };

        // A bare 10 is more likely meant for 10 % than for 1,000 %, so what is more than all needs its sign.
        bool accepted = good && parts.Length <= 2 && unit.IsNamed && rate <= (parts[0].EndsWith('%') ? 10 : 1);
        return (accepted, !accepted ? default : DiscountRate.Effective(rate, unit));
    }

    // The words are offered by the completion of shells; the help says them in the description.
    private static Option<T> WithWords<T>(IEnumerable<string> words, Option<T> option) => WithWords(() => words, option);

    // Asked for only by who completes a line: the names of all time zones are a file of their own.
    private static Option<T> WithWords<T>(Func<IEnumerable<string>> words, Option<T> option)
    {
        option.CompletionSources.Add(_ => words());
        option.HelpName = option.Name.TrimStart('-');
        return option;
    }

    internal static T? Parsed<T>(ArgumentResult result, Func<string, (bool Good, T? Value)> parse, string accepted, IEnumerable<string>? words = null)
    {
        string text = result.Tokens[^1].Value;
        var (good, value) = parse(text);
        if (!good)
        {
            result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value ?? "The option"} was '{text}'; accepted: {accepted}.{Nearest.Words(text, words ?? [])}");
        }

        return value;
    }
}
