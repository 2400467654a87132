using System.CommandLine;
using System.CommandLine.Parsing;

namespace Crm.Core.Cli.Commands;

/// <summary>What is wrong with a command line, and what somebody who mistyped may have meant.</summary>
/// <remarks>The parser knows commands and options, and takes a mistyped option for a file where it expects one; hence a look of our own.</remarks>
internal static class UsageErrors
{
    internal static IEnumerable<string> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        var unknown = UnknownOptions(parsed).ToHashSet(StringComparer.Ordinal);

        // Of a command that there is not, nothing is known that the rest of the line could be held against.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var first, ..] && !unknown.Contains(NameOf(first)))
        {
            yield return $"There is no command '{first}'.{Nearest.Words(first, command.Subcommands.Select(sub => sub.Name))}";
            yield break;
        }

        foreach (string option in unknown)
        {
            yield return $"There is no option '{option}'.{Nearest.Words(option, OptionsOf(parsed))}";
        }

        // What the parser says of the same words, or for want of what they took the place of, only hides it.
        foreach (ParseError error in parsed.Errors)
        {
            if (unknown.Count == 0 || error.SymbolResult is OptionResult)
            {
                yield return error.Message;
            }
        }
    }

    // After -- everything is a file, and ./ before a name makes any name one.
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument && token.Value.TrimStart('-') is { Length: > 0 } name && name.Length < token.Value.Length && char.IsAsciiLetter(name[0]))
        .Select(token => NameOf(token.Value));

    private static string NameOf(string option) => option.Split('=', ':')[0];

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        IEnumerable<Option> recursive = parsed.RootCommandResult.Command.Options.Where(option => option.Recursive && !command.Options.Contains(option));
        return command.Options.Concat(recursive).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name));
    }
}
