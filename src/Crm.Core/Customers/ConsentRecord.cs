using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>One decision of a person about being contacted or evaluated, with its proof.</summary>
/// <remarks>
/// Records are only ever added: a later one takes the place of an earlier one from its <see cref="FactDates.EffectiveFrom"/> on, and
/// the earlier stays as proof of what held before. Immutable and thread-safe.
/// </remarks>
public sealed record ConsentRecord : CustomerFact
{
    private readonly ConsentPurpose _purpose;
    private readonly Channel _channel;
    private readonly string _how = "";
    private readonly string? _wording;
    private readonly string? _evidence;

    /// <summary>Gets what it is about.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="ConsentPurpose.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ConsentPurpose Purpose
    {
        get => _purpose;
        init => _purpose = StoredText.Id(value, ConsentPurpose.None);
    }

    /// <summary>Gets the channel it is about; <see cref="Channel.None"/> for all.</summary>
    /// <exception cref="ArgumentException">The name cannot be stored as it is.</exception>
    public Channel Channel
    {
        get => _channel;
        init => _channel = StoredText.OptionalId(value);
    }

    /// <summary>Gets what was decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ConsentDecision Decision { get; init; }

    /// <summary>Gets how it was decided: "box ticked at checkout", "said on the phone"; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string How
    {
        get => _how;
        init => _how = StoredText.Line(value);
    }

    /// <summary>Gets the words the person saw or heard; null where there were none. Without them a consent is hard to prove.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? Wording
    {
        get => _wording;
        init => _wording = StoredText.BodyOrNull(value);
    }

    /// <summary>Gets where the proof lies: a recording, a confirmed link, a signed form; null for none.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Evidence
    {
        get => _evidence;
        init => _evidence = StoredText.LineOrNull(value);
    }

    [JsonIgnore]
    internal override bool BeginsWhenRecorded => true;

    internal bool IsAbout(ConsentPurpose purpose, Channel channel) => Purpose == purpose && (Channel == Channel.None || Channel == channel);
}
