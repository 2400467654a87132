using Crm.Core.Cli;

namespace Crm.Core.Docs.Tests;

/// <summary>Every line of the pages that begins with crm does what the page says, on the files the pages speak of.</summary>
[Collection(nameof(OneAtATime))]
public sealed class CommandTests
{
    public static TheoryData<string> Pages => [.. Page.All.Where(page => Commands(page).Count > 0).Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_OfAPage_Succeed(string page)
    {
        using var folder = new SampleFolder();
        foreach (string[] words in Commands(Page.Named(page)))
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var terminal = new Terminal(output, error, () => File.OpenRead("purchases.csv"), outputIsTerminal: false, errorIsTerminal: false);
            int exitCode = CrmTool.Run(words, terminal, CancellationToken.None);
            Assert.True(exitCode == 0, $"{page}: crm {string.Join(' ', words)} ended with {exitCode}: {error}");
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/guide/choosing-a-model.md")]
    public void Commands_OfThesePages_AreFound(string page) => Assert.NotEmpty(Commands(Page.Named(page)));

    // Lines of one command each; pipes and redirections are the shell's, and what stands after them is not run.
    private static List<string[]> Commands(Page page) =>
    [
        .. page.Blocks("bash").SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Select(line => line.Split('#')[0].Split(['|', '>', '<'])[0].Trim())
            .Where(line => line.StartsWith("crm ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(word => word.Trim('"', '\'')).ToArray()),
    ];
}
