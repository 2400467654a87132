using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>Who was found by a contact point or another system's id: nobody, one customer, or several to choose from.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileMatch
{
    /// <summary>How many candidates are listed at most. A key that more share finds nobody in particular.</summary>
    public const int MostCandidates = 100;

    private readonly IReadOnlyList<ProfileCandidate> _candidates = ValueList<ProfileCandidate>.None;

    /// <summary>Gets the profile, where exactly one customer has the key; else null. Nobody is ever picked among several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CustomerProfile? Profile { get; init; }

    /// <summary>Gets who has the key or had it, as far as that is known from the point of view, in the order of ids; the first 100.</summary>
    /// <exception cref="ArgumentException">The list or one of its items is null.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ProfileCandidate> Candidates
    {
        get => _candidates;
        init => _candidates = ValueList<ProfileCandidate>.Of(value, nameof(Candidates));
    }

    /// <summary>Gets a value indicating whether more than those listed have the key or had it, as far as that is known from the point of view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool HasMore { get; init; }

    /// <summary>Gives the number of candidates.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Candidates.Count}{(HasMore ? " and more" : "")} candidates");
}
