using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>How a lead or an opportunity stands; <see cref="Interaction.Thread"/> says which, and the last step counts.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record OpportunityDetail : InteractionDetail
{
    private readonly Money? _amount;
    private readonly double? _probability;
    private readonly ProductId _product;

    /// <summary>Gets how far it has come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required OpportunityStage Stage { get; init; }

    /// <summary>Gets what it may bring; 0 or more. Null where nobody guessed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Amount
    {
        get => _amount;
        init => _amount = DetailRules.NotNegative(value);
    }

    /// <summary>Gets how probable it is, from 0 to 1; null where nobody guessed. 0 is kept as 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 1.</exception>
    public double? Probability
    {
        get => _probability;
        init => _probability = value is { } share ? Guard.InRange(share, 0, 1, "", nameof(Probability)) : null;
    }

    /// <summary>Gets the day it is expected to be decided; null where unknown.</summary>
    public LocalDate? ExpectedClose { get; init; }

    /// <summary>Gets the product, none where unknown.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Opportunity;
}
