using Ardalis.SmartEnum;

namespace Crm.Core.Segments;

/// <summary>How far a customer's loyalty goes, as their own doing shows it. Whoever has bought stands on a rung.</summary>
/// <remarks>
/// <para>
/// A closed set, ordered by value. Below the lowest rung stands who is no customer: has bought nothing, or has given all of it back. That is
/// no rung, and so null wherever a rung is asked for. What must be true for each rung is in <see cref="LadderDefinition"/>.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class LoyaltyRung : SmartEnum<LoyaltyRung>
{
    /// <summary>Someone who has bought, and has shown no more than that.</summary>
    public static readonly LoyaltyRung New = new("new", 1);

    /// <summary>Someone who came back soon, or who said that it was good.</summary>
    public static readonly LoyaltyRung Impressed = new("impressed", 2);

    /// <summary>Someone who buys in a rhythm of their own, and keeps it.</summary>
    public static readonly LoyaltyRung Regular = new("regular", 3);

    /// <summary>Someone who has been regular for long and does more than buy: recommends, likes, belongs.</summary>
    public static readonly LoyaltyRung TrueFan = new("true-fan", 4);

    private LoyaltyRung(string name, int value)
        : base(name, value)
    {
    }

    /// <summary>Gets all rungs, from the lowest to the highest.</summary>
    public static IReadOnlyList<LoyaltyRung> All { get; } = Array.AsReadOnly<LoyaltyRung>([New, Impressed, Regular, TrueFan]);

    internal static LoyaltyRung? OfCode(int code) => code == 0 ? null : All[code - 1];
}
