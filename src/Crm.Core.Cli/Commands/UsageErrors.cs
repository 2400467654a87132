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
        foreach (string option in unknown)
        {
            yield return $"There is no option '{option}'.{Nearest.Words(option, OptionsOf(parsed))}";
        }

        // What the parser says of the same words, or for want of what they took the place of, only hides it.
        foreach (ParseError error in parsed.Errors)
        {
            if (unknown.Count == 0 || error.SymbolResult is OptionResult)
            {
                string? word = parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
                yield return word is null ? error.Message : error.Message + Nearest.Words(word, command.Subcommands.Select(sub => sub.Name));
            }
        }
    }

    // After -- everything is a file, and ./ before a name makes any name one.
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument && token.Value.TrimStart('-') is { Length: > 0 } name && name.Length < token.Value.Length && char.IsAsciiLetter(name[0]))
        .Select(token => token.Value.Split('=', ':')[0]);

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        IEnumerable<Option> recursive = parsed.RootCommandResult.Command.Options.Where(option => option.Recursive && !command.Options.Contains(option));
        return command.Options.Concat(recursive).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name));
    }
}
