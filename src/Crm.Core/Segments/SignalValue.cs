using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>What a signal says of a customer: a number (yes and no are 1 and 0, a day the days since 1970), a text, or why nothing is known.</summary>
internal readonly record struct SignalValue
{
    private SignalValue(AttributeKind kind, double number, string? text, string? whyUnknown) => (Kind, Number, Text, WhyUnknown) = (kind, number, text, whyUnknown);

    /// <summary>Gets the type; money is a number of its currency.</summary>
    internal AttributeKind Kind { get; }

    /// <summary>NaN where it is no number.</summary>
    internal double Number { get; }

    internal string? Text { get; }

    /// <summary>In words without the value; null where it is known.</summary>
    internal string? WhyUnknown { get; }

    internal bool IsKnown => WhyUnknown is null;

    internal static SignalValue Of(double number) => double.IsFinite(number) ? new(AttributeKind.Number, number, null, null) : Unknown("it is not known");

    internal static SignalValue Of(bool flag) => new(AttributeKind.Flag, flag ? 1 : 0, null, null);

    internal static SignalValue Of(string? text) => text is null ? Unknown("it is not known") : new(AttributeKind.Text, double.NaN, text, null);

    internal static SignalValue OfDay(int day) => new(AttributeKind.Day, day, null, null);

    internal static SignalValue Unknown(string why) => new(AttributeKind.Text, double.NaN, null, why);

    /// <summary>The value where it is of the type its signal has; of another it is as good as not known, and never converted.</summary>
    internal SignalValue As(SignalType type) => !IsKnown || Kind == (type.Kind == AttributeKind.Money ? AttributeKind.Number : type.Kind) ? this
        : Unknown($"what is stated is not {type.InWords()}");

    /// <summary>The one crossing from exact sums to numbers: equal sums give equal numbers, however they were added up.</summary>
    internal static double NumberOf(decimal sum) => (double)(sum / 1.0000000000000000000000000000m);
}
