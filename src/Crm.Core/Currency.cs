using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Crm.Core;

/// <summary>A currency of ISO 4217, by its code of three letters.</summary>
/// <remarks>
/// The default value is <see cref="None"/>, ISO 4217's own code for "no currency involved" (XXX): amounts whose currency
/// nobody has named. It mixes with no other. Immutable and thread-safe.
/// </remarks>
public readonly record struct Currency
{
    // Code and number of minor digits; metals, funds and test codes have none. ISO 4217 lists one and two, 2025.
    private const string Codes =
        "AED2 AFN2 ALL2 AMD2 ANG2 AOA2 ARS2 AUD2 AWG2 AZN2 BAM2 BBD2 BDT2 BGN2 BHD3 BIF0 " +
        "BMD2 BND2 BOB2 BOV2 BRL2 BSD2 BTN2 BWP2 BYN2 BZD2 CAD2 CDF2 CHE2 CHF2 CHW2 CLF4 " +
        "CLP0 CNY2 COP2 COU2 CRC2 CUP2 CVE2 CZK2 DJF0 DKK2 DOP2 DZD2 EGP2 ERN2 ETB2 EUR2 " +
        "FJD2 FKP2 GBP2 GEL2 GHS2 GIP2 GMD2 GNF0 GTQ2 GYD2 HKD2 HNL2 HTG2 HUF2 IDR2 ILS2 " +
        "INR2 IQD3 IRR2 ISK0 JMD2 JOD3 JPY0 KES2 KGS2 KHR2 KMF0 KPW2 KRW0 KWD3 KYD2 KZT2 " +
        "LAK2 LBP2 LKR2 LRD2 LSL2 LYD3 MAD2 MDL2 MGA2 MKD2 MMK2 MNT2 MOP2 MRU2 MUR2 MVR2 " +
        "MWK2 MXN2 MXV2 MYR2 MZN2 NAD2 NGN2 NIO2 NOK2 NPR2 NZD2 OMR3 PAB2 PEN2 PGK2 PHP2 " +
        "PKR2 PLN2 PYG0 QAR2 RON2 RSD2 RUB2 RWF0 SAR2 SBD2 SCR2 SDG2 SEK2 SGD2 SHP2 SLE2 " +
        "SOS2 SRD2 SSP2 STN2 SVC2 SYP2 SZL2 THB2 TJS2 TMT2 TND3 TOP2 TRY2 TTD2 TWD2 TZS2 " +
        "UAH2 UGX0 USD2 USN2 UYI0 UYU2 UYW4 UZS2 VED2 VES2 VND0 VUV0 WST2 XAF0 XAG0 XAU0 " +
        "XBA0 XBB0 XBC0 XBD0 XCD2 XCG2 XDR0 XOF0 XPD0 XPF0 XPT0 XSU0 XTS0 XUA0 XXX0 YER2 " +
        "ZAR2 ZMW2 ZWG2";

    private static readonly FrozenDictionary<string, int> _minorDigits = Codes.Split(' ')
        .ToFrozenDictionary(entry => entry[..3], entry => entry[3] - '0', StringComparer.Ordinal);

    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>Gets the absent currency (XXX), the default value.</summary>
    public static Currency None => default;

    /// <summary>Gets the United States dollar.</summary>
    public static Currency Usd { get; } = new("USD");

    /// <summary>Gets the euro.</summary>
    public static Currency Eur { get; } = new("EUR");

    /// <summary>Gets the pound sterling.</summary>
    public static Currency Gbp { get; } = new("GBP");

    /// <summary>Gets the code of three capital letters, XXX for <see cref="None"/>.</summary>
    public string Code => _code ?? "XXX";

    /// <summary>Gets how many decimal digits an amount has: 2 for USD, 0 for JPY, 3 for KWD.</summary>
    public int MinorDigits => _minorDigits[Code];

    /// <summary>Gives the currency of a code.</summary>
    /// <param name="code">Three letters of ISO 4217, in any case.</param>
    /// <returns>The currency.</returns>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not a code of ISO 4217.</exception>
    public static Currency Of(string code) => TryOf(code, out var currency)
        ? currency
        : throw new ArgumentException(
            $"A currency is a code of ISO 4217, such as USD, EUR or JPY; it was {Shown(code)}. Give the three-letter code.", nameof(code));

    /// <summary>Gives the currency of a code, if it is one.</summary>
    /// <param name="code">Three letters of ISO 4217, in any case.</param>
    /// <param name="currency">The currency, or <see cref="None"/>.</param>
    /// <returns>Whether the code is of ISO 4217.</returns>
    public static bool TryOf([NotNullWhen(true)] string? code, out Currency currency)
    {
        string? upper = code is not null && Ascii.IsValid(code) ? code.ToUpperInvariant() : null;
        bool known = upper is not null && _minorDigits.ContainsKey(upper);
        currency = known && upper != "XXX" ? new(upper!) : None;
        return known;
    }

    /// <summary>Gives the code.</summary>
    /// <returns>Three capital letters.</returns>
    public override string ToString() => Code;

    private static string Shown(string? code) => code switch
    {
        null => "null",
        { Length: <= 8 } => $"'{code}'",
        _ => $"'{code[..8]}…'",
    };
}
