using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>A stage of the lifecycle the customer came to, from the first day it holds.</summary>
/// <remarks>The latest one that holds counts. Immutable and thread-safe.</remarks>
public sealed record StageReached : CustomerFact
{
    private readonly LifecycleStage _stage = LifecycleStage.Suspect;

    /// <summary>Gets the stage.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required LifecycleStage Stage
    {
        get => _stage;
        init => _stage = value ?? throw new ArgumentNullException(nameof(Stage));
    }

    [JsonIgnore]
    internal override bool BeginsWhenRecorded => true;
}
