using Ardalis.SmartEnum;

namespace Crm.Core.Segments;

/// <summary>What a customer may be beside the rung they stand on.</summary>
/// <remarks>A closed set. What must be true for each is in <see cref="LadderDefinition"/>. Immutable and thread-safe.</remarks>
public sealed class LoyaltyTrait : SmartEnum<LoyaltyTrait>
{
    /// <summary>Someone who brings others, who buy.</summary>
    public static readonly LoyaltyTrait Influencer = new("influencer", 1);

    /// <summary>Someone who buys what is reduced.</summary>
    public static readonly LoyaltyTrait BargainHunter = new("bargain-hunter", 2);

    private LoyaltyTrait(string name, int value)
        : base(name, value)
    {
    }

    /// <summary>Gets all traits.</summary>
    public static IReadOnlyList<LoyaltyTrait> All { get; } = Array.AsReadOnly<LoyaltyTrait>([Influencer, BargainHunter]);
}
