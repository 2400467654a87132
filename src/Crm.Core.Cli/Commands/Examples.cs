namespace Crm.Core.Cli.Commands;

/// <summary>Command lines that work as they stand, for the help of each command.</summary>
internal static class Examples
{
    internal const string Root = """
        Examples:
          crm demo                                           the whole flow, with no file needed
          crm analyze purchases.csv -o results               what every customer is worth, and why to trust it
          crm segment purchases.csv -o segments              who is alike, and who moved
          crm pyramid purchases.csv -o pyramid               where everybody stands, and what a move is worth
          crm score offers.csv --weights weights.json        which offer is worth most to whom
          crm completion bash                                completion for a shell (also zsh, powershell)

        Exit codes: 0 all went well; 1 the data or the fit is at fault, and the message says where; 2 the command line is wrong;
        130 stopped by Ctrl-C; 141 the reader of the output went away.
        NO_COLOR, FORCE_COLOR and TERM=dumb are honoured. Whatever is not the answer goes to standard error.
        """;

    internal static string Of(string command) => command switch
    {
        "demo" => """
            Examples:
              crm demo
              crm demo --customers 2000 --seed 7 -o demo         the files of an analysis, too
              crm demo --json                                    for machines
            """,
        "analyze" => """
            Examples:
              crm analyze purchases.csv -o results --currency EUR --margin 30%
              crm analyze orders.csv.gz -o results --customer-column client --date-column ordered_at --amount-column total --zone Europe/Berlin
              crm analyze export.csv -o results --date-format d/M/yyyy --decimal-comma --on-bad-row skip
              cat part-*.csv.gz | crm analyze - -o results --json
            """,
        "summarize" => """
            Examples:
              crm summarize purchases.csv -o histories.csv --until 2026-06-30
              crm summarize purchases.csv -o histories.csv --until 2026-03-31 --holdout-until 2026-06-30 --unit day
              crm summarize purchases.csv -o - | crm fit mbg-nbd -
            """,
        "fit" => """
            Examples:
              crm fit mbg-nbd histories.csv
              crm fit gamma-gamma histories.csv -o spend.json
              crm fit pareto-nbd histories.csv --prior weak --json
            """,
        "predict" => """
            Examples:
              crm predict mbg-nbd histories.csv --horizon 12m -o predictions.csv
              crm predict mbg-nbd histories.csv --horizon 39w --fit buying.json --fit spend.json --discount 10%/y --margin 30% -o -
            """,
        SegmentCommand.Name => SegmentCommand.Example,
        PyramidCommand.Name => PyramidCommand.Example,
        CompareCommand.Name => CompareCommand.Example,
        ScoreCommand.Name => ScoreCommand.Example,
        "completion" => """
            Examples:
              source <(crm completion bash)                                          in ~/.bashrc
              source <(crm completion zsh)                                           in ~/.zshrc, after compinit
              crm completion powershell | Out-String | Invoke-Expression             in $PROFILE
            """,
        _ => "",
    };
}
