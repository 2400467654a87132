using System.CommandLine;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm completion</c>: the script by which a shell completes what is typed after crm.</summary>
/// <remarks>
/// The scripts ask the tool itself, through the directive <c>[suggest:POSITION]</c> of the parser, so that they never fall behind it. Options
/// are offered once a dash is typed: without one the shell completes names of files where no other word is expected.
/// </remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        # Completion of crm for bash. In ~/.bashrc: source <(crm completion bash)
        _crm_completion() {
            local first="${COMP_LINE%% *}" word="${COMP_WORDS[COMP_CWORD]}" found
            local at=$((COMP_POINT - ${#first} - 1))
            COMPREPLY=()
            while IFS= read -r found; do
                [[ "$found" == "$word"* && ( "$found" != -* || "$word" == -* ) ]] && COMPREPLY+=("$found")
            done < <("$first" "[suggest:$at]" "${COMP_LINE#* }" 2>/dev/null)
        }
        complete -o default -F _crm_completion crm
        """;

    private const string Zsh = """
        #compdef crm
        # Completion of crm for zsh. In ~/.zshrc, after compinit: source <(crm completion zsh)
        _crm() {
            local first="${BUFFER%% *}"
            local -a found
            found=("${(@f)$("$first" "[suggest:$((CURSOR - ${#first} - 1))]" "${BUFFER#* }" 2>/dev/null)}")
            found=("${(@)found:#}")
            [[ "$PREFIX" == -* ]] || found=("${(@)found:#-*}")
            compadd -- "${found[@]}" || _files
        }
        compdef _crm crm
        """;

    private const string PowerShell = """
        # Completion of crm for PowerShell. In $PROFILE: crm completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName crm -ScriptBlock {
            param($word, $commandAst, $cursor)
            $skip = $commandAst.CommandElements[0].Extent.Text.Length + 1
            $at = $cursor - $commandAst.Extent.StartOffset - $skip
            $line = $commandAst.ToString().PadRight($skip + $at).Substring($skip)
            crm "[suggest:$at]" $line 2>$null | Where-Object { $_ -like "$word*" -and ($word -like '-*' -or $_ -notlike '-*') } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    internal static Command Create(Terminal terminal)
    {
        Argument<string> shell = CommonOptions.OneOf("SHELL", "shell", "bash", "zsh", "powershell");
        var command = new Command("completion", "Print the script by which bash, zsh or PowerShell completes commands, options and their values.") { shell };
        command.SetAction(parsed =>
        {
            terminal.Output.WriteLine(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => PowerShell,
            });
            return ExitCode.Success;
        });
        return command;
    }
}
