namespace Crm.Core.Segments;

/// <summary>What a signal says of a customer: a number (yes and no are 1 and 0, a day the days since 1970), a text, or why nothing is known.</summary>
internal readonly record struct SignalValue
{
    private SignalValue(double number, string? text, string? whyUnknown) => (Number, Text, WhyUnknown) = (number, text, whyUnknown);

    /// <summary>NaN where it is no number.</summary>
    internal double Number { get; }

    internal string? Text { get; }

    /// <summary>In words without the value; null where it is known.</summary>
    internal string? WhyUnknown { get; }

    internal bool IsKnown => WhyUnknown is null;

    internal static SignalValue Of(double number) => double.IsNaN(number) ? Unknown("it is not known") : new(number, null, null);

    internal static SignalValue Of(bool flag) => new(flag ? 1 : 0, null, null);

    internal static SignalValue Of(string? text) => text is null ? Unknown("it is not known") : new(double.NaN, text, null);

    internal static SignalValue Unknown(string why) => new(double.NaN, null, why);

    /// <summary>The one crossing from exact sums to numbers: equal sums give equal numbers, however they were added up.</summary>
    internal static double NumberOf(decimal sum) => (double)(sum / 1.0000000000000000000000000000m);
}
