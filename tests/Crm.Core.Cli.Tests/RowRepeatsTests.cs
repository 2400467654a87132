using System.Text;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Rows that come twice are found by their bits alone.</summary>
public sealed class RowRepeatsTests
{
    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(0xFFUL << 56)]
    [InlineData(0xFFFUL)]
    [InlineData(0)]
    public void HashRepeats_AnyHashes_AreThoseOfASet(ulong bitsKept)
    {
        foreach (int count in (int[])[0, 1, 2, 30_000])
        {
            var repeats = new HashRepeats();
            var seen = new HashSet<ulong>();
            long expected = 0;
            for (int i = 0; i < count; i++)
            {
                // Each third comes twice; 0 is among them.
                ulong hash = unchecked((ulong)(i - (i % 3 / 2)) * 0x9E37_79B9_7F4A_7C15) & bitsKept;
                repeats.Add(hash);
                expected += seen.Add(hash) ? 0 : 1;
            }

            Assert.Equal(expected, repeats.Count());
        }
    }

    // Fields of 0 to 39 bytes, many of them alike but for a byte, or for the place where one ends and the next begins.
    [Fact]
    public void RowHash_AnyRows_IsTheSameWhereTheRowsAre()
    {
        using var tool = new Tool();
        var lines = new StringBuilder("one,two\n");
        uint state = 7;
        for (int i = 0; i < 20_000; i++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            int cut = i % 41;
            char[] text = [.. Enumerable.Repeat('a', (int)((state >> 16) % 40))];
            if (text.Length > 0 && i % 3 > 0)
            {
                text[(state >> 24) % text.Length] = 'b';
            }

            lines.Append(text[..Math.Min(cut, text.Length)]).Append(',').Append(text[Math.Min(cut, text.Length)..]).Append('\n');
        }

        string path = tool.Bytes("rows.csv", Encoding.UTF8.GetBytes(lines.ToString()));
        using var file = InputFile.Open(path, new Terminal(TextWriter.Null, TextWriter.Null, () => Stream.Null, false, false));
        using var csv = CsvInput.Open(file);
        var texts = new Dictionary<UInt128, string>();
        var hashes = new Dictionary<string, UInt128>();
        var halves = new HashSet<ulong>();
        while (csv.Read())
        {
            UInt128 hash = RowHash.Of(csv);
            string row = csv.Text(0) + "," + csv.Text(1);
            Assert.Equal(hashes.TryAdd(row, hash), texts.TryAdd(hash, row));
            Assert.Equal(hash, hashes[row]);
            halves.Add(unchecked((ulong)hash));
        }

        Assert.True(hashes.Count > 2_000);
        Assert.Equal(hashes.Count, halves.Count);
    }
}
