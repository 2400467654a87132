namespace Crm.Core.Pyramids;

/// <summary>What a base would bring if customers stood in other tiers.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record WhatIfResult
{
    /// <summary>Gets how many customers move.</summary>
    public required double Customers { get; init; }

    /// <summary>Gets the revenue.</summary>
    public required WhatIfFigure Revenue { get; init; }

    /// <summary>Gets the profit: all contributions less the fixed costs; null where contributions are not known.</summary>
    public required WhatIfFigure? Profit { get; init; }

    /// <summary>Gets the sum of lifetime values; null where they are not known.</summary>
    public required WhatIfFigure? LifetimeValue { get; init; }

    /// <summary>Gives the relative changes.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Customers:0.##} customers: revenue {Words(Revenue)}, profit {Words(Profit)}, lifetime value {Words(LifetimeValue)}");

    private static string Words(WhatIfFigure? figure) => figure is not { } known ? "not known"
        : known.RelativeChange is { } change ? FormattableString.Invariant($"{change:+0.0 %;-0.0 %;0.0 %}") : FormattableString.Invariant($"{known.Change:+0.##;-0.##;0}");
}
