namespace Crm.Core.Pyramids;

/// <summary>A layer of the customer pyramid.</summary>
/// <remarks>An open set: the named values are the usual ones, and a scheme may have its own. Equality is ordinal. Immutable and thread-safe.</remarks>
public readonly record struct Tier
{
    internal const int MostCharacters = 40;

    private readonly string? _name;

    private Tier(string name) => _name = name;

    /// <summary>Gets the first 1 % of active customers in Curry's pyramid.</summary>
    public static Tier Top { get; } = new("top");

    /// <summary>Gets the next 4 % of active customers in Curry's pyramid.</summary>
    public static Tier Large { get; } = new("large");

    /// <summary>Gets the next 15 % of active customers in Curry's pyramid.</summary>
    public static Tier Medium { get; } = new("medium");

    /// <summary>Gets the last 80 % of active customers in Curry's pyramid.</summary>
    public static Tier Small { get; } = new("small");

    /// <summary>Gets the customers who are not active: below every tier that is ranked by value.</summary>
    public static Tier Inactive { get; } = new("inactive");

    /// <summary>Gets those who have shown interest and have not bought: below the inactive.</summary>
    public static Tier Prospect { get; } = new("prospect");

    /// <summary>Gets those who could buy, and of whom nothing has been heard: below the prospects.</summary>
    public static Tier Suspect { get; } = new("suspect");

    /// <summary>Gets the most profitable customers, in the pyramid of Zeithaml, Rust and Lemon.</summary>
    public static Tier Platinum { get; } = new("platinum");

    /// <summary>Gets customers of less profit, who want discounts and buy elsewhere too.</summary>
    public static Tier Gold { get; } = new("gold");

    /// <summary>Gets customers who give the volume, and too little each for special treatment.</summary>
    public static Tier Iron { get; } = new("iron");

    /// <summary>Gets customers who cost the company money.</summary>
    public static Tier Lead { get; } = new("lead");

    /// <summary>Gets the name, "(none)" for the default value.</summary>
    public string Name => _name ?? "(none)";

    /// <summary>Makes a tier of a name.</summary>
    /// <param name="name">1 to 40 characters.</param>
    /// <returns>The tier.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, blank or longer than 40 characters.</exception>
    public static Tier Of(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= MostCharacters
        ? new(name)
        : throw new ArgumentException("A tier has a name of 1 to 40 characters.", nameof(name));

    /// <summary>Gives the name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
