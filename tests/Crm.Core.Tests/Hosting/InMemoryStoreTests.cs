using System.Text.Json;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>Faults the reference stores once had. Every promise of theirs is a rule of the conformance kit, which they pass in its tests.</summary>
public sealed class InMemoryStoreTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static readonly Interaction _wrong = new()
    {
        Id = InteractionId.Of("wrong"),
        Customer = CustomerId.Of("eve"),
        At = _noon,
        RecordedAt = _noon,
        Source = SourceId.Of("till"),
        Detail = new NoteDetail { Text = "" },
    };

    private static readonly Interaction _right = _wrong with { Id = InteractionId.Of("right"), Corrects = _wrong.Id, RecordedAt = _noon + Duration.FromHours(1) };

    private static readonly Interaction _other = _wrong with { Id = InteractionId.Of("other"), At = _noon + Duration.FromHours(2) };

    [Fact]
    public async Task Read_InHindsight_ShowsWhatWasCorrected()
    {
        var store = new InMemoryInteractionStore();
        await store.AppendAsync([_wrong, _right], default);
        Assert.Equal([_right], await Timeline(store, AsOf.Hindsight(_noon)));
    }

    [Fact]
    public async Task Read_AfterWhatCorrectedItWasErased_ShowsWhatCameAgain()
    {
        var store = new InMemoryInteractionStore();
        await store.AppendAsync([_wrong, _right with { Customer = CustomerId.Of("ada") }, _other], default);
        await store.EraseAsync(CustomerId.Of("ada"), default);
        await store.AppendAsync([_wrong], default);
        Assert.Equal([_other, _wrong], await Timeline(store, AsOf.At(_noon + Duration.FromDays(1))));
    }

    [Fact]
    public async Task ReadHeldData_OfAMentionWhoseIdHoldsQuotes_IsJson()
    {
        var store = new InMemoryInteractionStore();
        Interaction mention = _wrong with
        {
            Id = InteractionId.Of("a \"quoted\"\n\\ id"),
            Detail = new PurchaseDetail { Amount = Money.Of(1, Currency.Eur), ReferredBy = CustomerId.Of("ada") },
        };
        await store.AppendAsync([mention], default);
        HeldData held = await store.ReadHeldDataAsync(CustomerId.Of("ada"), default).SingleAsync();
        using JsonDocument json = JsonDocument.Parse(held.Json);
        Assert.Equal(mention.Id.ToString(), json.RootElement.GetString());
    }

    [Fact]
    public async Task Save_OfNothingInAList_IsRefusedByName()
    {
        var wrong = await Assert.ThrowsAsync<ArgumentException>(async () => await new InMemoryCustomerStore().SaveAsync([null!], default));
        Assert.Equal("changes", wrong.ParamName);
    }

    private static async Task<IReadOnlyList<Interaction>> Timeline(InMemoryInteractionStore store, AsOf asOf) =>
        (await store.ReadAsync(new() { Customer = _wrong.Customer, AsOf = asOf }, default)).Items;
}
