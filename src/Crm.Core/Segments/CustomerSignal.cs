using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>The kind of customer, the stage of the lifecycle, or whether they resell.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record CustomerSignal : Signal
{
    /// <summary>Gets which.</summary>
    public required CustomerPart Part { get; init; }

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        fault = null;
        return Part switch
        {
            CustomerPart.Kind => SignalType.Texts([.. Enum.GetValues<CustomerKind>().Select(kind => Names.Of(kind))]),
            CustomerPart.Stage => SignalType.Texts([.. LifecycleStage.All.Select(stage => stage.Name)]),
            _ => SignalType.Flag,
        };
    }

    internal override SignalValue ValueOf(SegmentSubject subject) => subject.Customer is not { } customer ? AttributeSignal.NotOnRecord : Part switch
    {
        CustomerPart.Kind => SignalValue.Of(Names.Of(customer.Kind)),
        CustomerPart.Stage => customer.LatestOf<StageReached>(subject.AsOf) is { } reached ? SignalValue.Of(reached.Stage.Name) : SignalValue.Unknown("no stage is stated"),
        _ => SignalValue.Of(customer.FactsOf<ResellerStatus>(subject.AsOf).Any()),
    };

    private protected override string InWords() => Part switch
    {
        CustomerPart.Kind => "kind of customer",
        CustomerPart.Stage => "stage",
        _ => "reseller",
    };
}
