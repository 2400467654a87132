using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Core;

/// <summary>Writes doubles so that they come back to the bit.</summary>
/// <remarks>The shortest form that .NET 10 writes does so but for a few powers of two: that of 2^−25 reads as its neighbour. Those get 17 digits.</remarks>
internal sealed class RoundTripNumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == value)
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteRawValue(value.ToString("E16", CultureInfo.InvariantCulture));
        }
    }
}
