using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Numerics;

public sealed class RadixSortTests
{
    [Fact]
    public void Sort_AnyKeys_IsThatOfTheRuntimeAndKeepsTheOrderOfEqualOnes()
    {
        // Few values, so that keys are equal; and bytes here and there, so that an odd and an even number of digits move.
        var keys = from value in Gen.Choose(0, 5) from shift in Gen.Elements(0, 7, 8, 31, 56, 61) select (ulong)value << shift;
        FixedSeed.ForAll(keys.ListOf(), list =>
        {
            ulong[] found = [.. list];
            int[] items = [.. Enumerable.Range(0, found.Length)];
            RadixSort.Sort(found, items, new ulong[found.Length], new int[found.Length]);
            Assert.Equal(list.Order(), found);
            Assert.Equal(Enumerable.Range(0, list.Count).OrderBy(item => list[item]), items);
        }, 1_000);
    }

    // So many that digits are wide: keys made of characters, of which some are the same in all, keys that differ in the first and the last bit, and keys that do not differ.
    [Theory]
    [InlineData(0x0F0F_000F_000F_0F00)]
    [InlineData(0x8000_0000_0000_0001)]
    [InlineData(0)]
    public void Sort_ManyKeysOfSomeBits_IsStable(ulong bits)
    {
        ulong[] keys = [.. Enumerable.Range(0, 50_000).Select(i => (unchecked((ulong)(i + 1) * 0x9E37_79B9_7F4A_7C15) & bits) | 0x10)];
        ulong[] found = [.. keys];
        int[] items = [.. Enumerable.Range(0, keys.Length)];
        RadixSort.Sort(found, items, new ulong[keys.Length], new int[keys.Length]);
        Assert.Equal(keys.Order(), found);
        Assert.Equal(Enumerable.Range(0, keys.Length).OrderBy(item => keys[item]), items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100_000)]
    public void Sort_KeysOfAllBits_IsThatOfTheRuntime(int count)
    {
        ulong[] expected = [.. Enumerable.Range(0, count).Select(i => unchecked((ulong)(i + 1) * 0x9E37_79B9_7F4A_7C15))];
        ulong[] found = [.. expected];
        int[] places = [.. Enumerable.Range(0, count)];
        int[] items = [.. places];
        Array.Sort(expected, places);
        RadixSort.Sort(found, items, new ulong[count], new int[count]);
        Assert.Equal(expected, found);
        Assert.Equal(places, items);
    }
}
