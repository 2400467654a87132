using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>How an order stands; <see cref="Interaction.Thread"/> says which, and the last step counts.</summary>
/// <remarks>Its purchases are interactions of their own. An order with a promised day is a promise until it is delivered or cancelled. Immutable and thread-safe.</remarks>
public sealed record OrderDetail : InteractionDetail
{
    private readonly Money? _amount;

    /// <summary>Gets the day that was promised; null where none was.</summary>
    public LocalDate? Promised { get; init; }

    /// <summary>Gets the day it is expected by what is known now; null where unknown.</summary>
    public LocalDate? Expected { get; init; }

    /// <summary>Gets the day it was delivered; null where it has not been.</summary>
    public LocalDate? Delivered { get; init; }

    /// <summary>Gets a value indicating whether it was cancelled.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Gets its worth; 0 or more. Null where unknown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Amount
    {
        get => _amount;
        init => _amount = DetailRules.NotNegative(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Order;

    /// <summary>Gets a value indicating whether nothing of it is still to come.</summary>
    [JsonIgnore]
    public bool IsDone => Delivered is not null || IsCancelled;
}
