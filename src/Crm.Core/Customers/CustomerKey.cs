using System.Text;

namespace Crm.Core.Customers;

/// <summary>What a customer is found by: a contact point or another system's id, brought to one way of writing.</summary>
/// <remarks>
/// A store keeps the text of every key of a customer (<see cref="Customer.Keys"/>) in an index. E-mail: letters of one case, no space
/// around. Telephone: digits, "+" and the country code before them where it is known, with 00 as +, a trunk 0 in brackets left out. Postal: letters of one case, each run of white
/// space one space. Others as they are. Equality is ordinal; the text of <see cref="ToString"/> is personal data. The default value
/// finds nobody. Immutable and thread-safe.
/// </remarks>
public readonly record struct CustomerKey
{
    private readonly string? _text;

    private CustomerKey(string text) => _text = text;

    /// <summary>Gets the key that finds nobody, the default value.</summary>
    public static CustomerKey None => default;

    /// <summary>Makes the key of an e-mail address.</summary>
    /// <param name="address">The address, in any case.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public static CustomerKey Email(string address) => new("email:" + Line(address, nameof(address)).Trim().ToLowerInvariant());

    /// <summary>Makes the key of a telephone number: "+44 (0)20 7946-0958", "0044 20 79460958" and, of country 44, "020 7946 0958" are one.</summary>
    /// <param name="number">The number, written in any way.</param>
    /// <param name="countryCode">The country calling code a number without one belongs to, digits only: "44"; null where unknown.</param>
    /// <returns>The key; of a national number without country code only the digits count.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is; or the country code is not 1 to 3 digits.</exception>
    public static CustomerKey Phone(string number, string? countryCode = null)
    {
        CheckCountryCode(countryCode, nameof(countryCode));
        return new("phone:" + International(Line(number, nameof(number)), countryCode));
    }

    /// <summary>Makes the key of a postal address.</summary>
    /// <param name="address">The address; case, line breaks and runs of white space do not matter.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public static CustomerKey Postal(string address) => new("postal:" + string.Join(
        ' ', Line(address, nameof(address)).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Makes the key of an account in a messaging service.</summary>
    /// <param name="account">The account, with its service before it, as it was given.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public static CustomerKey Message(string account) => new("message:" + Line(account, nameof(account)).Trim());

    /// <summary>Makes the key of another system's id.</summary>
    /// <param name="system">The system.</param>
    /// <param name="id">Its id, compared ordinally.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The system is none, or the text is null, empty, too long, or cannot be stored as it is.</exception>
    public static CustomerKey External(SourceId system, string id) =>
        // The length parts the two without doubt, whatever characters they hold.
        new(FormattableString.Invariant($"id:{StoredText.Id(system, SourceId.None, nameof(system)).ToString().Length}:{system}:{Line(id, nameof(id))}"));

    /// <summary>Makes the key of a member's number in a programme.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="number">The number, compared ordinally.</param>
    /// <returns>The key; no id of a system is equal to it.</returns>
    /// <exception cref="ArgumentException">The programme is none, or the text is null, empty, too long, or cannot be stored as it is.</exception>
    public static CustomerKey Member(ProgrammeId programme, string number) =>
        new(FormattableString.Invariant($"member:{StoredText.Id(programme, ProgrammeId.None, nameof(programme)).ToString().Length}:{programme}:{Line(number, nameof(number))}"));

    /// <summary>Gives the text a store keeps and compares. It is personal data.</summary>
    /// <returns>The text; empty for <see cref="None"/>.</returns>
    public override string ToString() => _text ?? "";

    internal static string? CheckCountryCode(string? code, string name) => code is null || (code.Length is >= 1 and <= 3 && code.All(char.IsAsciiDigit))
        ? code
        : throw new ArgumentException("A country calling code is 1 to 3 digits, without '+' and zeros before it: \"44\".", name);

    private static string Line(string? text, string name) => StoredText.Line(text, name);

    private static string International(string number, string? countryCode)
    {
        string trimmed = AsciiDigits(number.Trim());

        // "(+44) 20", "tel:+44-20": what stands before the number is no part of it.
        int start = trimmed.TakeWhile(c => c != '+' && !char.IsAsciiDigit(c)).Count();
        trimmed = start < trimmed.Length ? trimmed[start..] : trimmed;
        bool isInternational = trimmed.StartsWith('+') || trimmed.StartsWith("00", StringComparison.Ordinal);

        // "+44 (0)20": the bracketed zero is dialled inside the country only.
        string digits = Digits(isInternational ? trimmed.Replace("(0)", "", StringComparison.Ordinal) : trimmed);
        if (isInternational)
        {
            return "+" + (trimmed.StartsWith('+') ? digits : digits[2..]);
        }

        // Italy and the states inside it keep the zero.
        bool dropsZero = digits.StartsWith('0') && countryCode is not ("39" or "378" or "379");
        return countryCode is null ? digits : "+" + countryCode + (dropsZero ? digits[1..] : digits);
    }

    private static string Digits(string text)
    {
        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length > 0 ? digits : text; // a number in letters only is found as it is written
    }

    // Numbers are typed in Arabic-Indic and full-width digits too, and full-width signs with them.
    private static string AsciiDigits(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            ascii.Append(char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c switch { '\uFF0B' => '+', '\uFF08' => '(', '\uFF09' => ')', _ => c });
        }

        return ascii.ToString();
    }
}
