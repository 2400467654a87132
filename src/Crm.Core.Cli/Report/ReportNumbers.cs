namespace Crm.Core.Cli.Report;

/// <summary>Figures as the reader of a report wants them: in the locale, rounded to what is of use, with the currency.</summary>
internal sealed class ReportNumbers(ReportLocale locale, string currency)
{
    private const string None = "\u2013";

    // Written out, no reader counts its digits.
    private const double TooLong = 1e15;

    internal ReportLocale Locale => locale;

    /// <summary>Gets the currency with a space before it, or nothing where nobody named it.</summary>
    internal string Unit { get; } = currency == Currency.None.Code ? "" : "\u00A0" + currency;

    internal string Count(long count) => count.ToString("N0", locale.Numbers);

    /// <summary>So many of a thing: "1 customer", "1,500 customers".</summary>
    internal string Counted(long count, string one) => $"{Count(count)} {Plural.Of(count, one)}";

    internal string Number(double? value, int digits = 0) => value is not { } number ? None
        : Math.Abs(number) < TooLong ? number.ToString(Format('N', digits), locale.Numbers)
        : number.ToString("0.###E0", locale.Numbers);

    internal string Percent(double? share, int digits = 1) => share?.ToString(Format('P', digits), locale.Numbers).Replace(' ', '\u00A0') ?? None;

    /// <summary>A share with its sign, for what is more or less than something.</summary>
    internal string Signed(double? share) => share is { } miss ? (Math.Round(miss, 3) > 0 ? "+" : "") + Percent(miss) : None;

    /// <summary>An amount with its currency: whole from a thousand on, with cents below.</summary>
    internal string Money(double? amount) => amount is null ? None : Plain(amount.Value) + Unit;

    internal string Plain(double amount) => Number(amount, Math.Abs(amount) >= 1_000 ? 0 : 2);

    /// <summary>Short, for the ticks of a chart: 1,500 or 20k or 3.5M.</summary>
    internal string Short(double value) => Math.Abs(value) switch
    {
        >= 1e15 => value.ToString("0.#E0", locale.Numbers),
        >= 1e9 => Trimmed(value / 1e9) + "bn",
        >= 1e6 => Trimmed(value / 1e6) + "M",
        >= 1e4 => Trimmed(value / 1e3) + "k",
        >= 1e3 => Count((long)Math.Round(value)),
        > 0 and < 1e-6 => value.ToString("0.#E0", locale.Numbers),
        > 0 and < 1e-2 => value.ToString("0.#######", locale.Numbers),
        _ => Trimmed(value),
    };

    /// <summary>The interval of a forecast in figures: "1,050 to 1,210".</summary>
    internal string Range(double low, double high, bool inMoney) =>
        inMoney ? $"{Plain(low)} to {Plain(high)}{Unit}" : $"{Number(low)} to {Number(high)}";

    internal string Level(double level) => Share(level);

    /// <summary>A share as it was given, with no more digits than it has: 30 %, 12.5 %.</summary>
    internal string Share(double share) => (100 * share).ToString("0.###", locale.Numbers) + "\u00A0%";

    private string Trimmed(double value) => value.ToString("0.###", locale.Numbers);

    private static string Format(char kind, int digits) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}{digits}");
}
