namespace Crm.Core.Tests;

public sealed class ChannelTests
{
    public static TheoryData<string> Known => [.. Channel.Known.Select(channel => channel.ToString())];

    [Theory]
    [MemberData(nameof(Known))]
    public void Known_ByItsName_HasItsKindAndNoOther(string name)
    {
        Channel channel = Channel.Of(name);
        Assert.NotEqual(ChannelKind.Unstated, channel.Kind);
        Assert.Equal(name, channel.Medium);
        Assert.Equal(channel, Channel.Of(channel.Kind, name));
        Assert.Equal(channel, Channel.Of($"{channel.Kind.Name}:{name}"));
        ChannelKind other = channel.Kind == ChannelKind.Partner ? ChannelKind.Sent : ChannelKind.Partner;
        Assert.Equal("medium", Assert.Throws<ArgumentException>(() => Channel.Of(other, name)).ParamName);
    }

    [Theory]
    [InlineData("self-service:vending-machine", "self-service", "vending-machine")]
    [InlineData("partner:agent: north", "partner", "agent: north")]
    [InlineData("vending-machine", "unstated", "vending-machine")]
    [InlineData("unstated:x", "unstated", "unstated:x")]
    [InlineData("nonsense:x", "unstated", "nonsense:x")]
    [InlineData("partner:", "unstated", "partner:")]
    [InlineData(":x", "unstated", ":x")]
    [InlineData("Self-Service:x", "unstated", "Self-Service:x")]
    public void Of_AText_TellsKindAndMedium(string text, string kind, string medium)
    {
        Channel channel = Channel.Of(text);
        Assert.Equal((kind, medium, text), (channel.Kind.Name, channel.Medium, channel.ToString()));
    }

    [Fact]
    public void Of_KindAndMedium_ComesBackFromItsText()
    {
        foreach (ChannelKind kind in ChannelKind.All)
        {
            Channel channel = Channel.Of(kind, "drone");
            Assert.Equal((kind, "drone"), (channel.Kind, channel.Medium));
            Assert.Equal(channel, Channel.Of(channel.ToString()));
        }
    }

    [Fact]
    public void None_HasNoKindAndNoMedium()
    {
        Assert.Equal((ChannelKind.Unstated, "", "(none)"), (Channel.None.Kind, Channel.None.Medium, Channel.None.ToString()));
        Assert.Equal("medium", Assert.Throws<ArgumentOutOfRangeException>(() => Channel.Of(ChannelKind.Sent, "")).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Channel.Of(ChannelKind.Sent, new string('x', 124)));
    }
}
