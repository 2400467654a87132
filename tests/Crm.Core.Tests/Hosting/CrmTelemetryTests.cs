using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>What an operator's tools are told, and that nothing of it is of a person.</summary>
public sealed class CrmTelemetryTests
{
    private static readonly CustomerId _person = CustomerId.Of("ada-lovelace-1815");

    [Fact]
    public async Task Services_AtWork_TellWhatTheyDidAndNothingOfAPerson()
    {
        var told = new ConcurrentQueue<string>();
        using var marker = new Activity("test").Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CrmTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == marker.TraceId)
                {
                    told.Enqueue($"{activity.OperationName} {activity.Status} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))} [{string.Join(", ", activity.Events.Select(one => one.Name))}]");
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CrmTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };

        // Other tests are at work at once; they run in other traces.
        void Tell(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Activity.Current?.TraceId == marker.TraceId)
            {
                told.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
            }
        }

        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Tell(instrument, value.ToString(System.Globalization.CultureInfo.InvariantCulture), tags));
        meters.Start();
        await WorkAsync();
        Assert.Equal(
            [
                "crm.intake.interactions 1 crm.outcome=appended",
                "crm.intake.interactions 1 crm.outcome=known",
                "crm.intake.interactions 1 crm.outcome=refused",
                "crm.profile Unset  []",
                "crm.refresh Unset crm.new=True crm.customers=301 crm.interactions_read=INTERACTIONS [reading purchases, fitting mbg-nbd, fitting gamma-gamma, valuing customers, writing scores]",
                "crm.refresh Error error.type=System.ArgumentOutOfRangeException []",
                "crm.erasures 1 crm.complete=True",
                "crm.erasure Unset crm.complete=True []",
            ],
            told.Select(text => System.Text.RegularExpressions.Regex.Replace(text, "interactions_read=[0-9]+", "interactions_read=INTERACTIONS")));
        Assert.All(told, text => Assert.DoesNotContain("lovelace", text, StringComparison.Ordinal));
    }

    private static async Task WorkAsync()
    {
        var (customers, interactions, scores, models) = (new InMemoryCustomerStore(), new InMemoryInteractionStore(), new InMemoryScoreStore(), new InMemoryModelStore());
        var clock = new SetClock(Instant.FromUtc(2026, 1, 1, 3, 0));
        var intake = new InteractionIntake(
            IntakeSchema.Of(new IntakeSource { Source = SourceId.Of("till"), Kinds = [new(InteractionKind.Purchase)] }), interactions, customers, clock);
        Interaction purchase = ShopLog.Purchase("lovelace-1", _person.ToString(), new(2025, 12, 10), 9);
        await intake.AppendAsync([purchase]);
        await intake.AppendAsync([purchase]);
        await Assert.ThrowsAsync<RowFaultsException>(async () => await intake.AppendAsync([purchase with { Source = SourceId.Of("lovelace") }]));
        await interactions.AppendAsync(ShopLog.Purchases(300), default);
        await customers.SaveAsync([new(Customer.Person(_person), StoreVersion.None)], default);
        await new CustomerProfiles(customers, interactions, clock).FindAsync(_person);
        var refresh = new CrmRefresh(interactions, scores, models, null, clock, new() { Analysis = new() { Models = ["mbg-nbd"] } });
        await refresh.RunAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => refresh.RunThroughAsync(new(2030, 1, 1)));
        await new CustomerErasure([customers, interactions, scores, new StoredHistories(scores, models, interactions)]).EraseAsync(_person);
    }
}
