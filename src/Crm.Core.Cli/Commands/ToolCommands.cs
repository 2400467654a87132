using System.CommandLine;

namespace Crm.Core.Cli.Commands;

/// <summary>The commands of the tool, in the order of its help.</summary>
internal static class ToolCommands
{
    /// <summary>Every command: its name, and what makes it.</summary>
    internal static IReadOnlyList<(string Name, Func<Terminal, CancellationToken, Command> Create)> All { get; } =
    [
        ("demo", DemoCommand.Create),
        ("analyze", AnalyzeCommand.Create),
        ("summarize", SummarizeCommand.Create),
        ("fit", FitCommand.Create),
        ("predict", PredictCommand.Create),
        ("segment", SegmentCommand.Create),
        ("pyramid", PyramidCommand.Create),
        ("compare", CompareCommand.Create),
        ("score", ScoreCommand.Create),
        ("completion", (terminal, _) => CompletionCommand.Create(terminal)),
    ];

    /// <summary>
    /// The commands that a command line can speak of: the one it names first, or all. Making all of them takes longer than many a command.
    /// </summary>
    internal static IEnumerable<Command> For(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        string? first = args.FirstOrDefault(arg => !arg.StartsWith('-'));
        var named = All.Where(command => command.Name == first).ToArray();
        return (named.Length > 0 ? named : All).Select(command => command.Create(terminal, cancellationToken));
    }
}
