using System.Text;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests;

public sealed class IdTextTests
{
    // Around the places where the order of UTF-16 units leaves that of UTF-8 bytes.
    private static readonly string[] _letters = ["a", "b", "\u007F", "\u0080", "é", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFF01", "\uFFFF", "\U00010000", "𝔘", "𝔙", "\U0010FFFF"];

    [Fact]
    public void CompareUtf8_OfAnyTexts_IsTheOrderOfTheirBytes() => FixedSeed.ForAll(
        from left in Gen.Elements(_letters).ArrayOf(4)
        from right in Gen.Elements(_letters).ArrayOf(4)
        from shared in Gen.Choose(0, 4)
        from lengths in Gen.Choose(0, 24)
        select (Left: string.Concat(left.Take(lengths / 5)), Right: string.Concat(left.Take(shared).Concat(right).Take(lengths % 5))),
        pair =>
        {
            int bytes = Encoding.UTF8.GetBytes(pair.Left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.Right));
            Assert.Equal(Math.Sign(bytes), Math.Sign(IdText.CompareUtf8(pair.Left, pair.Right)));
            Assert.Equal(-Math.Sign(bytes), Math.Sign(IdText.CompareUtf8(pair.Right, pair.Left)));
        },
        count: 2_000);

    [Fact]
    public void CompareUtf8_OfEveryTwoLetters_IsTheOrderOfTheirBytes() => Assert.All(
        from left in _letters from right in _letters select (left, right),
        pair => Assert.Equal(
            Math.Sign(Encoding.UTF8.GetBytes(pair.left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.right))), Math.Sign(IdText.CompareUtf8(pair.left, pair.right))));

    [Fact]
    public void TryOf_OfTheNewerIds_TakesWhatEveryStoreKeeps() => Assert.All(["a", "😀", "", null, "a\0", "\ud800"], text =>
    {
        bool accepted = text is "a" or "😀";
        Assert.Equal(accepted, InteractionId.TryOf(text, out _));
        Assert.Equal(accepted, SourceId.TryOf(text, out _));
        Assert.Equal(accepted, ThreadId.TryOf(text, out _));
        Assert.Equal(accepted, StaffId.TryOf(text, out _));
        Assert.Equal(accepted, MessageId.TryOf(text, out _));
        Assert.Equal(accepted, AttributeId.TryOf(text, out _));
        Assert.Equal(accepted, ProgrammeId.TryOf(text, out _));
        Assert.Equal(accepted, ConsentPurpose.TryOf(text, out _));
    });

    [Fact]
    public void Of_TextNoStoreKeeps_IsRefusedWithoutIt()
    {
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => InteractionId.Of("secret\0"));
        Assert.Contains("interaction id holds neither NUL nor half of a surrogate pair", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("has 1 to 128 characters; this one has 129", Assert.Throws<ArgumentOutOfRangeException>(() => InteractionId.Of(new string('\0', 129))).Message, StringComparison.Ordinal);
    }
}
