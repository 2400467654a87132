using System.Text;
using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Histories;

// A short id stands for its text: both ways of making one give the same, and different texts give different ones.
public sealed class ShortIdTests
{
    [Fact]
    public void TryOf_AsciiOfAnyLength_IsTheTextUpToFifteenCharacters()
    {
        for (int length = 0; length <= 20; length++)
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('A' + i)));
            bool isShort = ShortId.TryOf(text, out ShortId ofText);
            Assert.Equal(length is >= 1 and <= ShortId.MostCharacters, isShort);
            Assert.Equal(isShort, ShortId.TryOf(Encoding.UTF8.GetBytes(text), out ShortId ofBytes));
            Assert.Equal(ofText, ofBytes);
            Assert.Equal(isShort ? length : 0, ofText.Length);
            Assert.Equal(isShort ? text : "(none)", isShort ? ofText.ToCustomer().ToString() : CustomerId.None.ToString());
        }
    }

    [Theory]
    [InlineData('\u0080')]
    [InlineData('é')]
    [InlineData('\u0141')]
    [InlineData('\uFF41')]
    public void TryOf_OneCharacterThatIsNotAscii_IsNone(char other)
    {
        for (int length = 1; length <= ShortId.MostCharacters; length++)
        {
            for (int place = 0; place < length; place++)
            {
                char[] text = [.. Enumerable.Repeat('a', length)];
                text[place] = other;
                Assert.False(ShortId.TryOf(text, out ShortId ofText));
                Assert.False(ShortId.TryOf(Encoding.UTF8.GetBytes(text), out ShortId ofBytes));
                Assert.Equal((default, default), (ofText, ofBytes));
            }
        }
    }

    [Fact]
    public void TryOf_AnyTwoTexts_AreTheSameWhereTheTextsAre()
    {
        var texts = Gen.ArrayOf(Gen.Elements('\0', 'a', 'b', '\u007F')).Where(text => text.Length is >= 1 and <= ShortId.MostCharacters);
        FixedSeed.ForAll(Gen.Two(texts), pair =>
        {
            var (left, right) = pair;
            Assert.True(ShortId.TryOf(left, out ShortId one) & ShortId.TryOf(right, out ShortId other));
            Assert.Equal(left.AsSpan().SequenceEqual(right), one == other);
            Assert.Equal(one == other, one.Hash() == other.Hash());
        }, 2_000);
    }

    // Ids that differ in their last digits only, as they mostly do, must not crowd the shards (by the high bits) or the tables (by the low ones).
    [Fact]
    public void Hash_NumbersInARow_SpreadOverHighAndLowBits()
    {
        const int Ids = 64_000;
        var high = new int[64];
        var low = new int[64];
        for (int i = 0; i < Ids; i++)
        {
            Assert.True(ShortId.TryOf($"C{i:0000000}", out ShortId id));
            high[id.Hash() >>> 26]++;
            low[id.Hash() & 63]++;
        }

        // 1,000 expected in each, with a standard deviation of 31.
        Assert.All(high.Concat(low), count => Assert.InRange(count, 750, 1_250));
    }
}
