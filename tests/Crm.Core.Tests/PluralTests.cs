using Crm.Core.Pyramids;

namespace Crm.Core.Tests;

/// <summary>Examples: the word that fits a count, by itself and in the sentences of the library.</summary>
public sealed class PluralTests
{
    [Theory]
    [InlineData(0, "weeks")]
    [InlineData(0.5, "weeks")]
    [InlineData(1, "week")]
    [InlineData(1.02, "weeks")]
    [InlineData(2, "weeks")]
    public void Of_ACount_IsTheWordThatFits(double count, string expected) => Assert.Equal(expected, Plural.Of(count, "week"));

    [Theory]
    [InlineData(0.6, "was")]
    [InlineData(1.4, "was")]
    [InlineData(1.6, "were")]
    public void OfRounded_ACountShownWhole_IsTheWordThatFitsWhatIsShown(double count, string expected) =>
        Assert.Equal(expected, Plural.OfRounded(count, "was", "were"));

    [Fact]
    public void Sentences_OfOne_AreInTheSingular()
    {
        Assert.Equal("1 week", Horizon.Weeks(1).ToString());
        Assert.Equal("0.5 years", Horizon.Years(0.5).ToString());
        var faults = Assert.Throws<RowFaultsException>(() => PyramidScheme.Curry.Rank([CustomerId.Of("a")], [double.NaN]));
        Assert.Contains("1 value is wrong: ", faults.Message, StringComparison.Ordinal);
    }
}
