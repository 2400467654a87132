using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>How a customer feels or thinks, of the attitudes of a kind that hold the latest: liking, feelings, reasons for and against, wish for closeness.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record AttitudeSignal : Signal
{
    private readonly ProductId _product;

    /// <summary>Gets the kind of attitude.</summary>
    public required AttitudeKind Kind { get; init; }

    /// <summary>Gets the product it is about; <see cref="ProductId.None"/> for the company as a whole.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <summary>Gets what is asked of it.</summary>
    public AttitudePart Part { get; init; }

    internal override SignalType? TypeIn(SignalSchema schema, out string? fault)
    {
        fault = null;
        return Part switch
        {
            AttitudePart.Strength => SignalType.Number(null, -1, 1),
            AttitudePart.Words => SignalType.Text,
            _ => SignalType.Flag,
        };
    }

    internal override SignalValue ValueOf(SegmentSubject subject)
    {
        if (subject.Customer is not { } customer)
        {
            return AttributeSignal.NotOnRecord;
        }

        Attitude? latest = customer.LatestOf<Attitude>(subject.AsOf, noted => noted.Kind == Kind && noted.Product == Product);
        return Part == AttitudePart.Noted ? SignalValue.Of(latest is not null)
            : latest is null ? SignalValue.Unknown("nothing is noted")
            : Part == AttitudePart.Words ? SignalValue.Of(latest.Words) : SignalValue.Of(latest.Strength ?? double.NaN);
    }

    private protected override string InWords()
    {
        string about = Product == ProductId.None ? Names.Of(Kind) : $"{Names.Of(Kind)} of {Product}";
        return Part switch
        {
            AttitudePart.Strength => about,
            AttitudePart.Words => $"words of {about}",
            _ => $"{about} noted",
        };
    }
}
