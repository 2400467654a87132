using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Histories;

// The table against a dictionary, with hashes that collide: by chance, in the low bits that choose the slot, and altogether.
public sealed class CustomerTableTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(0x7000_0003)]
    [InlineData(3)]
    [InlineData(0)]
    public void Find_AnyIds_IsThatOfADictionary(int bitsKept)
    {
        var texts =
            from beginning in Gen.Elements("", "é", "an id longer than fifteen ")
            from number in Gen.Choose(1, 60)
            select beginning + number;
        FixedSeed.ForAll(texts.ListOf(), list =>
        {
            var table = new CustomerTable();
            var expected = new Dictionary<string, int>();
            foreach (string text in list)
            {
                bool isShort = ShortId.TryOf(text, out ShortId key);
                int hash = ShortId.Hash(key, text) & bitsKept;
                int glanced = table.Glance(hash);
                Assert.Equal(expected.GetValueOrDefault(text, -1), table.Find(key, text, hash));
                Assert.True(!table.Is(glanced, key) || (isShort && glanced == expected[text]));
                if (expected.TryAdd(text, expected.Count))
                {
                    // Of every other short id only the key is known, as where it stood in a file.
                    CustomerId id = isShort && expected.Count % 2 == 0 ? CustomerId.None : CustomerId.Of(text);
                    Assert.Equal(expected[text], table.Add(key, id, hash));
                }
            }

            Assert.Equal(expected.Keys.Select(CustomerId.Of), Enumerable.Range(0, table.Count).Select(table.IdOf));
            Assert.Equal(expected.Count, table.Count);
        });
    }

    [Theory]
    [InlineData("an id longer than fifteen ")]
    [InlineData("C")]
    public void IdOf_ManyCustomers_IsThatOfEach(string beginning)
    {
        var table = new CustomerTable();
        for (int i = 0; i < 5_000; i++)
        {
            string text = $"{beginning}{i}";
            bool isShort = ShortId.TryOf(text, out ShortId key);
            Assert.Equal(i, table.Add(key, isShort ? CustomerId.None : CustomerId.Of(text), ShortId.Hash(key, text)));
        }

        Assert.All(Enumerable.Range(0, 5_000), i =>
        {
            string text = $"{beginning}{i}";
            _ = ShortId.TryOf(text, out ShortId key);
            Assert.Equal(i, table.Find(key, text, ShortId.Hash(key, text)));
            Assert.Equal(CustomerId.Of(text), table.IdOf(i));
        });
        Assert.Equal(beginning, table.Beginning().Text);
    }

    [Fact]
    public void IdOf_AnObject_KeepsItsText()
    {
        string text = new('7', 3);
        var table = new CustomerTable();
        Assert.True(ShortId.TryOf(text, out ShortId key));
        table.Add(key, CustomerId.Of(text), key.Hash());
        Assert.Same(text, table.IdOf(0).ToString());
    }
}
