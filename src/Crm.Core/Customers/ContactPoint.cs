using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Customers;

/// <summary>Where a customer can be reached.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ContactPoint : CustomerFact
{
    private readonly string _text = "";
    private readonly string? _label;
    private readonly string? _countryCode;

    /// <summary>Gets what kind it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ContactKind Kind { get; init; }

    /// <summary>Gets the address or number as it was given; 1 to 1,000 characters. Lines of a postal address are parted by line feeds.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text
    {
        get => _text;
        init => _text = StoredText.Line(value);
    }

    /// <summary>Gets the country calling code, digits only, that a telephone number without one belongs to: "44"; null where unknown.</summary>
    /// <exception cref="ArgumentException">The code is not 1 to 3 digits.</exception>
    public string? CountryCode
    {
        get => _countryCode;
        init => _countryCode = CustomerKey.CheckCountryCode(value, nameof(CountryCode));
    }

    /// <summary>Gets what it is for: "work", "delivery", "emergency"; null where nobody said.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Label
    {
        get => _label;
        init => _label = StoredText.LineOrNull(value);
    }

    /// <summary>Gets when the customer was last shown to be reached there (a confirmed link, an answered call, delivered post); null for never.</summary>
    public Instant? VerifiedAt { get; init; }

    /// <summary>Gets when it last failed (bounced, number not in use, returned to sender); null for never.</summary>
    public Instant? FailedAt { get; init; }

    /// <summary>Gets a value indicating whether the last thing known of it is that it works.</summary>
    [JsonIgnore]
    public bool IsVerified => VerifiedAt is { } verified && (FailedAt is not { } failed || failed < verified);

    /// <summary>Gets the key the customer is found by, the same for all ways of writing one address or number.</summary>
    [JsonIgnore]
    public CustomerKey Key => Kind switch
    {
        ContactKind.Email => CustomerKey.Email(Text),
        ContactKind.Phone => CustomerKey.Phone(Text, CountryCode),
        ContactKind.Postal => CustomerKey.Postal(Text),
        _ => CustomerKey.Message(Text),
    };

    /// <summary>Gives an address for e-mail.</summary>
    /// <param name="address">The address as it was given.</param>
    /// <param name="dates">Its source and dates.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is; or the dates are wrong.</exception>
    public static ContactPoint Email(string address, FactDates dates) => new() { Kind = ContactKind.Email, Text = address, Dates = dates };

    /// <summary>Gives a telephone or fax number.</summary>
    /// <param name="number">The number as it was given.</param>
    /// <param name="dates">Its source and dates.</param>
    /// <param name="countryCode">The country calling code a number without one belongs to, digits only: "44"; null where unknown.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is; or the dates are wrong.</exception>
    public static ContactPoint Phone(string number, FactDates dates, string? countryCode = null) =>
        new() { Kind = ContactKind.Phone, Text = number, CountryCode = countryCode, Dates = dates };

    /// <summary>Gives a postal address.</summary>
    /// <param name="address">The lines of the address, parted by line feeds.</param>
    /// <param name="dates">Its source and dates.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is; or the dates are wrong.</exception>
    public static ContactPoint Postal(string address, FactDates dates) => new() { Kind = ContactKind.Postal, Text = address, Dates = dates };

    /// <summary>Gives an account in a messaging service.</summary>
    /// <param name="account">The account, with its service before it: "signal:+442079460958".</param>
    /// <param name="dates">Its source and dates.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is; or the dates are wrong.</exception>
    public static ContactPoint Message(string account, FactDates dates) => new() { Kind = ContactKind.Message, Text = account, Dates = dates };
}
