namespace Crm.Core.Tests;

public sealed class StoredTextTests
{
    // Attributes are written as UTF-8, which has no halves of pairs: these stand in the code.
    [Fact]
    public void IsStorable_OfAText_IsThatItHasNoNulAndOnlyWholePairs()
    {
        Assert.All(["", "plain", "😀 𝔘 \uE000\uFFFF", "\u0001\u001F\u007F"], text => Assert.True(StoredText.IsStorable(text)));
        Assert.All(
            ["a\0b", "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d\ud83d\ude00", "😀\ude00", "😀\ud83d"],
            text => Assert.False(StoredText.IsStorable(text)));
    }

    [Fact]
    public void Line_OfTooFewOrTooMany_IsRefusedByItsLength()
    {
        Assert.Equal(new string('x', 1_000), StoredText.Line(new string('x', 1_000), "Name"));
        Assert.Contains("Name has 1 to 1000 characters; this one has 1001.", Refused(() => StoredText.Line(new string('x', 1_001), "Name")).Message, StringComparison.Ordinal);
        Assert.Contains("this one has 0.", Refused(() => StoredText.Line("", "Name")).Message, StringComparison.Ordinal);
        Assert.Equal("Name", Assert.Throws<ArgumentNullException>(() => StoredText.Line(null, "Name")).ParamName);
        Assert.Null(StoredText.LineOrNull(null, "Name"));
        Assert.Equal("Name", Refused(() => StoredText.LineOrNull("", "Name")).ParamName);
    }

    [Fact]
    public void Body_MayBeEmpty_AndLong()
    {
        Assert.Equal("", StoredText.Body("", "Text"));
        Assert.Equal(65_536, StoredText.Body(new string('x', 65_536), "Text").Length);
        Assert.Contains("0 to 65536 characters; this one has 65537", Refused(() => StoredText.Body(new string('x', 65_537), "Text")).Message, StringComparison.Ordinal);
        Assert.Null(StoredText.BodyOrNull(null, "Text"));
    }

    [Fact]
    public void Line_NoStoreKeeps_IsRefusedWithoutItsText()
    {
        var wrong = Assert.Throws<ArgumentException>(() => StoredText.Line("secret\0", "Name"));
        Assert.Equal("Name", wrong.ParamName);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Id_ThatIsNone_IsRefused()
    {
        Assert.Equal("Who", Assert.Throws<ArgumentException>(() => StoredText.Id(CustomerId.None, CustomerId.None, "Who")).ParamName);
        Assert.Equal(CustomerId.None, StoredText.OptionalId(CustomerId.None, "Who"));
        Assert.Equal("Who", Assert.Throws<ArgumentException>(() => StoredText.OptionalId(CustomerId.Of("\ud800"), "Who")).ParamName);
    }

    private static ArgumentOutOfRangeException Refused(Action call) => Assert.Throws<ArgumentOutOfRangeException>(call);
}
