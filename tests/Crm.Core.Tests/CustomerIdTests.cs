using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests;

// Examples of the documentation, and properties: the order is total and agrees with equality.
public sealed class CustomerIdTests
{
    private static Gen<string> Texts => Gen.OneOf(
        Gen.Elements("0", "00", "000", "1", "01", "9", "10", "010", "99999999999999999999", "a", "A", "b1", "b01", "é", "-1", "1a", " 1", "٣"),
        Gen.Choose(0, 2000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Elements("0", "1", "9", "a", "B", "_").NonEmptyListOf().Select(parts => string.Concat(parts.Take(40))));

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public void Of_AcceptedLength_KeepsTheText(int length)
    {
        string text = new('x', length);
        Assert.Equal(text, CustomerId.Of(text).ToString());
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("129", 129)]
    public void Of_OtherLength_IsRefusedByItsLengthAndNotItsText(string? text, int length)
    {
        string? given = length == 129 ? new('x', 129) : text;
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => CustomerId.Of(given!));
        Assert.Equal("text", refusal.ParamName);
        Assert.StartsWith($"A customer id has 1 to 128 characters; this one has {length}.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xx", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryOf_TooLong_GivesNone()
    {
        Assert.False(CustomerId.TryOf(new string('x', 129), out var id));
        Assert.Equal(CustomerId.None, id);
    }

    [Fact]
    public void None_IsTheDefaultValue() => Assert.Equal(default, CustomerId.None);

    [Fact]
    public void ToString_OfNone_SaysSo() => Assert.Equal("(none)", CustomerId.None.ToString());

    [Theory]
    [InlineData("9", "10")]
    [InlineData("10", "a")]
    [InlineData("1", "01")]
    [InlineData("01", "2")]
    [InlineData("0", "00")]
    [InlineData("99999999999999999999", "100000000000000000000")]
    [InlineData("9", "-1")]
    [InlineData("10", "1a")]
    [InlineData("B", "a")]
    public void CompareTo_FirstSortsBeforeSecond_IsNegative(string first, string second)
    {
        CustomerId left = CustomerId.Of(first);
        CustomerId right = CustomerId.Of(second);
        Assert.True(left < right && left <= right && right > left && right >= left && left != right);
    }

    [Fact]
    public void CompareTo_None_ComesBeforeAll() => Assert.True(CustomerId.None < CustomerId.Of("0"));

    [Fact]
    public void CompareTo_AnyTwo_IsZeroOnlyForEqualAndTurnsSign() => FixedSeed.ForAll(Texts.Two(), pair =>
    {
        CustomerId left = CustomerId.Of(pair.Item1);
        CustomerId right = CustomerId.Of(pair.Item2);
        Assert.Equal(left == right, left.CompareTo(right) == 0);
        Assert.Equal(pair.Item1 == pair.Item2, left == right);
        Assert.Equal(Math.Sign(left.CompareTo(right)), -Math.Sign(right.CompareTo(left)));
    }, 1000);

    [Fact]
    public void CompareTo_AnyThree_IsTransitive() => FixedSeed.ForAll(Texts.Three(), three =>
    {
        CustomerId[] sorted = [.. new[] { three.Item1, three.Item2, three.Item3 }.Select(CustomerId.Of).Order()];
        Assert.True(sorted[0] <= sorted[1] && sorted[1] <= sorted[2] && sorted[0] <= sorted[2]);
    }, 1000);
}
