using Ardalis.SmartEnum;

namespace Crm.Core.Customers;

/// <summary>How far someone has come with the company: from a name on a list to a customer, and out again.</summary>
/// <remarks>A closed set, ordered by value. Immutable and thread-safe.</remarks>
public sealed class LifecycleStage : SmartEnum<LifecycleStage>
{
    /// <summary>Someone who might have a need; nothing has been heard of them.</summary>
    public static readonly LifecycleStage Suspect = new("suspect", 0, hasBought: false, isActive: false);

    /// <summary>Someone who has shown interest and has not bought.</summary>
    public static readonly LifecycleStage Prospect = new("prospect", 1, hasBought: false, isActive: true);

    /// <summary>Someone who has bought once.</summary>
    public static readonly LifecycleStage FirstTime = new("first-time", 2, hasBought: true, isActive: true);

    /// <summary>Someone who has bought again.</summary>
    public static readonly LifecycleStage Repeat = new("repeat", 3, hasBought: true, isActive: true);

    /// <summary>Someone who has bought and has been silent for long.</summary>
    public static readonly LifecycleStage Dormant = new("dormant", 4, hasBought: true, isActive: false);

    /// <summary>Someone who has bought and has left.</summary>
    public static readonly LifecycleStage Lost = new("lost", 5, hasBought: true, isActive: false);

    private LifecycleStage(string name, int value, bool hasBought, bool isActive)
        : base(name, value)
    {
        HasBought = hasBought;
        IsActive = isActive;
    }

    /// <summary>Gets all stages, from the first to the last.</summary>
    public static IReadOnlyList<LifecycleStage> All { get; } = Array.AsReadOnly<LifecycleStage>([Suspect, Prospect, FirstTime, Repeat, Dormant, Lost]);

    /// <summary>Gets a value indicating whether someone in this stage has ever bought.</summary>
    public bool HasBought { get; }

    /// <summary>Gets a value indicating whether something is going on with someone in this stage.</summary>
    public bool IsActive { get; }
}
