namespace Crm.Core.Tests;

public sealed class ValueListTests
{
    [Fact]
    public void Of_Items_CopiesThem()
    {
        string[] items = ["a", "b"];
        var list = ValueList<string>.Of(items, "items");
        items[0] = "x";
        Assert.Equal(["a", "b"], list);
        Assert.Same(list, ValueList<string>.Of(list, "items"));
        Assert.Throws<NotSupportedException>(() => ((IList<string>)list).Add("c"));
    }

    [Fact]
    public void Of_NothingOrNull_IsRefusedByName()
    {
        Assert.Equal("items", Assert.Throws<ArgumentNullException>(() => ValueList<string>.Of(null!, "items")).ParamName);
        Assert.Equal("items", Assert.Throws<ArgumentException>(() => ValueList<string>.Of(["a", null!], "items")).ParamName);
        Assert.Same(ValueList<string>.None, ValueList<string>.Of([], "items"));
    }

    [Fact]
    public void Equals_OfTheSameItemsInTheSameOrder_AndNoOthers()
    {
        var list = ValueList<int>.Of([1, 2], "items");
        Assert.True(list.Equals(ValueList<int>.Of([1, 2], "items")));
        Assert.Equal(list.GetHashCode(), ValueList<int>.Of([1, 2], "items").GetHashCode());
        Assert.False(list.Equals(ValueList<int>.Of([2, 1], "items")));
        Assert.False(list.Equals(ValueList<int>.Of([1], "items")));
        Assert.False(list.Equals((object)new[] { 1, 2 }));
        Assert.False(list.Equals(null));
    }
}
