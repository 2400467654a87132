using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Completion in a zsh on a terminal of its own, where somebody types and presses the tabulator.</summary>
public sealed class ZshCompletionTests
{
    // What the completion system would show is told instead: the words that it found to match, or that files are to be completed.
    private const string Setup = """
        PS1=''
        unset zle_bracketed_paste
        autoload -Uz compinit && compinit -u -D
        source <(crm completion zsh)
        compadd() {
            local -a hits
            builtin compadd -O hits "$@"
            (( $#hits )) && print -r -- "<${(j:,:)hits}>"
        }
        _files() { print -r -- "<files>" }
        bindkey '^I' complete-word
        print -r -- "<ready>"
        """;

    private const string Typing = """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "source '$1'"
        zpty -r shell shown '*<ready>*'
        zpty -n -w shell "$2"$'\t'
        zpty -r shell shown $'*<*>*'
        print -r -- "${${shown##*<}%%>*}"
        zpty -d shell
        """;

    [ZshTheory]
    [InlineData("crm fi", "fit")]
    [InlineData("crm fit p", "pareto-nbd")]
    [InlineData("crm analyze a.csv --on-bad-row s", "skip,stop")]
    [InlineData("crm analyze a.csv --zone Europe/Berl", "Europe/Berlin")]
    [InlineData("crm analyze ", "files")]
    [InlineData("crm analyze --not-", "--not-after,--not-before")]
    [InlineData("crm completion ", "bash,powershell,zsh")]
    public void Completion_InZsh_OffersWhatFits(string typed, string expected)
    {
        using var tool = new Tool();
        ToolRun run = ToolProcess.Zsh(tool.File("typing.zsh", Typing), tool.File("setup.zsh", Setup), typed);
        Assert.Equal("", run.Error);
        Assert.Equal(expected, run.Output.Trim());
    }
}
