using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>An account of the customer whose purchases are another person's since a date, with those purchases.</summary>
/// <remarks>
/// Purchases tell their source and not their account: those from the account's system on or after the date are the other's. Where the
/// customer keeps another account in that system nobody can tell whose they are, and <see cref="IsCertain"/> says so. Of several accounts
/// moved in one system the one moved last by then counts. Compared by value. Immutable and thread-safe.
/// </remarks>
public sealed record MovedAccount
{
    private readonly IReadOnlyList<Money> _amounts = ValueList<Money>.None;

    /// <summary>Gets the system the account is in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId System { get; init; }

    /// <summary>Gets the account, as that system calls it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Account { get; init; }

    /// <summary>Gets whose purchases they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId To { get; init; }

    /// <summary>Gets since when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Since { get; init; }

    /// <summary>Gets a value indicating whether the customer keeps no other account in that system.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsCertain { get; init; }

    /// <summary>Gets how many purchases in the customer's timeline are the other's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Purchases { get; init; }

    /// <summary>Gets what was paid for them, one amount a currency in the order of codes; returns are not taken off.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<Money> Amounts
    {
        get => _amounts;
        init => _amounts = ValueList<Money>.Of(value, nameof(Amounts));
    }

    /// <summary>Gives the system, the other's id and the moment, not the account.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"account of {System}, moved to {To} at {Since}");
}
