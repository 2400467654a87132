using System.Globalization;

namespace Crm.Core.Docs.Tests;

/// <summary>The C# in the pages under docs compiles without a warning, runs, and prints what it says.</summary>
/// <remarks>The lines of the README are tested with the library, since they stand amid a host's own.</remarks>
[Collection(nameof(OneAtATime))]
public sealed class CodeTests
{
    public static TheoryData<string> Pages => [.. Page.All.Where(page => page.Name != "README.md" && page.Blocks("csharp").Count > 0).Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_OfAPage_CompilesRunsAndPrintsWhatItSays(string page)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var program = new PageProgram(Page.Named(page));
        Assert.Empty(program.Compile(out byte[] assembly));
        using var folder = new SampleFolder();
        IReadOnlyList<string> printed = PageProgram.Run(assembly);
        int at = 0;
        foreach (string promised in program.Promised)
        {
            int found = printed.Skip(at).ToList().IndexOf(promised);
            Assert.True(found >= 0, $"{page} promises '{promised}' after line {at} of what it printed:\n{string.Join('\n', printed)}");
            at += found + 1;
        }
    }

    [Theory]
    [InlineData("docs/guide/getting-started.md")]
    [InlineData("docs/guide/concepts.md")]
    [InlineData("docs/guide/choosing-a-model.md")]
    [InlineData("docs/models/clv.md")]
    public void Code_OfThesePages_IsFound(string page) => Assert.NotEmpty(Page.Named(page).Blocks("csharp"));
}
