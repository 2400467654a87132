using System.Security.Cryptography;
using System.Text;

namespace Crm.Core.Cli.Report;

/// <summary>How customers are shown in a report: by their ids or by codes in their place, with names only where they were asked for.</summary>
internal sealed class ShownIdentity
{
    private const int CodeLength = 12;

    private readonly byte[]? _key;

    private ShownIdentity(byte[]? key, IReadOnlyDictionary<CustomerId, string> names)
    {
        _key = key;
        Names = names;
    }

    /// <summary>Gets the ids as they are, without names.</summary>
    internal static ShownIdentity Plain { get; } = new(null, new Dictionary<CustomerId, string>());

    /// <summary>Gets whether codes stand in the place of ids.</summary>
    internal bool IsHashed => _key is not null;

    /// <summary>Gets the names that are known.</summary>
    internal IReadOnlyDictionary<CustomerId, string> Names { get; }

    /// <summary>Codes in the place of ids. A key makes them the same in every report; without one they are of this report alone.</summary>
    /// <remarks>
    /// The code is the beginning of an HMAC-SHA256. A hash without a key would hide nothing: ids are few and easily all tried.
    /// </remarks>
    internal static ShownIdentity Hashed(string? key) =>
        new(string.IsNullOrEmpty(key) ? RandomNumberGenerator.GetBytes(32) : Encoding.UTF8.GetBytes(key), Plain.Names);

    internal ShownIdentity WithNames(IReadOnlyDictionary<CustomerId, string> names) => new(_key, names);

    /// <summary>What stands for a customer.</summary>
    internal string Of(CustomerId id) => _key is null
        ? id.ToString()
        : Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id.ToString())))[..CodeLength];
}
