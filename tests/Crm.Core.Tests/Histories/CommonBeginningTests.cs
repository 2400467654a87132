using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Histories;

// Against the plain definition: as many characters as all have in common, numbers aside; whether they come as texts, as short ids, or in two parts.
public sealed class CommonBeginningTests
{
    [Fact]
    public void Add_AnyIds_IsTheBeginningOfAll()
    {
        var ids = from beginning in Gen.Elements("ab", "abc", "abcdefgh", "abcdefghi", "abcdefgh-longer-than-fifteen", "0", "1x", "é", "")
                  from number in Gen.Choose(0, 1_200)
                  select beginning + number;
        FixedSeed.ForAll(ids.ListOf(), list =>
        {
            string[] texts = [.. list.Where(id => !id.All(char.IsAsciiDigit))];
            int expected = texts.Length == 0 ? 0 : Enumerable.Range(0, texts.Min(text => text.Length) + 1).Last(length => texts.All(text => text[..length] == texts[0][..length]));
            var (whole, one, other) = (default(CommonBeginning), default(CommonBeginning), default(CommonBeginning));
            foreach (var (i, id) in list.Index())
            {
                Add(ref whole, id, i % 3 != 0);
                Add(ref i % 2 == 0 ? ref one : ref other, id, true);
            }

            one.Add(other);
            Assert.Equal((expected, expected), (whole.Length, one.Length));
            Assert.Equal(texts.Length == 0 ? "" : texts[0][..expected], whole.Text);
            Assert.Equal(whole.Text, one.Text);
        }, 2_000);
    }

    private static void Add(ref CommonBeginning to, string id, bool shortly)
    {
        if (shortly && ShortId.TryOf(id, out ShortId key))
        {
            to.Add(key);
        }
        else
        {
            to.Add(id);
        }
    }
}
