using Crm.Core.Hosting;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class InMemoryInteractionStoreTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly CustomerId _ada = CustomerId.Of("42");

    private static readonly Interaction _original = new()
    {
        Id = InteractionId.Of("1"),
        Customer = _ada,
        At = _noon,
        RecordedAt = _noon,
        Source = SourceId.Of("s"),
        Detail = new NoteDetail { Text = "wrong" },
    };

    private static readonly Interaction _correction = _original with
    {
        Id = InteractionId.Of("2"),
        RecordedAt = _noon + Duration.FromHours(1),
        Corrects = _original.Id,
        Detail = new NoteDetail { Text = "right" },
    };

    [Fact]
    public async Task ReadAsync_InHindsight_ShowsTheLastStateOfWhatWasCorrected()
    {
        var store = new InMemoryInteractionStore();
        await store.AppendAsync([_original, _correction], default);
        Assert.Equal([_correction], (await store.ReadAsync(new() { Customer = _ada, AsOf = AsOf.Hindsight(_noon) }, default)).Items);
        Assert.Equal([_original], (await store.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_noon) }, default)).Items);
    }

    [Fact]
    public async Task ReadAsync_AnIdThatCameAgainAfterAnErasure_CountsAsNew()
    {
        var store = new InMemoryInteractionStore();
        await store.AppendAsync([_original, _correction, _original with { Id = InteractionId.Of("3") }], default);
        await store.EraseAsync(_ada, default);
        await store.AppendAsync([_original], default);
        Assert.Equal([_original], (await store.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_noon + Duration.FromDays(1)) }, default)).Items);
    }
}
