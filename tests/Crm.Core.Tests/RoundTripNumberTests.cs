using System.Globalization;
using System.Text.Json;
using Crm.Core.Hosting;

namespace Crm.Core.Tests;

/// <summary>Numbers in JSON come back to the bit, those of which the shortest text is wrong among them.</summary>
public sealed class RoundTripNumberTests
{
    // All powers of two, and their neighbours: where the spacing of doubles changes, shortest texts go wrong.
    [Fact]
    public void Options_OfEveryDocument_BringBackThePowersOfTwo()
    {
        JsonSerializerOptions options = JsonValues.Options();
        options.TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver();
        int wrong = 0;
        for (int power = -1_074; power <= 1_023; power++)
        {
            foreach (double value in new[] { Math.ScaleB(1, power), Math.ScaleB(1.5, power), -Math.ScaleB(1, power), Math.BitIncrement(Math.ScaleB(1, power)), Math.BitDecrement(Math.ScaleB(1, power)) })
            {
                Assert.Equal(value, JsonSerializer.Deserialize<double>(JsonSerializer.Serialize(value, options), options));
                wrong += double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == value ? 0 : 1;
            }
        }

        // If it is mended one day, the converter can go.
        Assert.True(wrong > 0 || Environment.Version.Major > 10, "The shortest texts of .NET are right by now: the converter is not needed any more.");
    }

    [Fact]
    public void Score_WithANumberWhoseShortestTextIsWrong_ComesBack()
    {
        CustomerScore score = new() { Customer = CustomerId.Of("ada"), Occasions = 1, LastPurchase = new(2026, 1, 1), Spent = 0, ProbabilityAlive = Math.ScaleB(1, -25), Value = 1, Tier = Crm.Core.Pyramids.Tier.Top };
        Assert.Equal(score.ProbabilityAlive, ScoreJson.ReadScore(ScoreJson.Write(score)).ProbabilityAlive);
    }
}
